//! The base path of all of the server's addresses, for a proxy that serves other things on the same host.

use std::str::FromStr;
use std::sync::Arc;

use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// A base path without its trailing slash; empty at the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BasePath(Arc<str>);

/// The text is not a valid base path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a base path looks like /meet/: it begins with a slash, and has letters, digits, -, _, . and ~ between slashes"
)]
pub struct BasePathError;

impl FromStr for BasePath {
    type Err = BasePathError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "/" {
            return Ok(Self::default());
        }
        let path = text.strip_prefix('/').ok_or(BasePathError)?;
        let path = path.strip_suffix('/').unwrap_or(path);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
        let is_segment = |part: &str| !matches!(part, "" | "." | "..") && part.chars().all(is_plain);
        if path.split('/').all(is_segment) {
            Ok(Self(format!("/{path}").into()))
        } else {
            Err(BasePathError)
        }
    }
}

impl BasePath {
    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the path of the home page, with a trailing slash.
    pub fn home(&self) -> String {
        format!("{}/", self.0)
    }

    /// Removes the base path from a URI. A URI without it stays as it is: some proxies remove the path
    /// themselves, and operators query the server directly.
    pub fn strip(&self, uri: &mut Uri) {
        let stripped = uri
            .path_and_query()
            .and_then(|whole| whole.as_str().strip_prefix(&*self.0))
            .and_then(|rest| match rest.chars().next() {
                Some('/') => rest.parse::<PathAndQuery>().ok(),
                None | Some('?') => format!("/{rest}").parse().ok(),
                Some(_) => None,
            });
        if let (Some(stripped), false) = (stripped, self.is_root()) {
            let mut parts = uri.clone().into_parts();
            parts.path_and_query = Some(stripped);
            if let Ok(within) = Uri::from_parts(parts) {
                *uri = within;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_segments_are_parsed() {
        for (text, home) in [
            ("/", "/"),
            ("/meet", "/meet/"),
            ("/meet/", "/meet/"),
            ("/a/b-c/", "/a/b-c/"),
        ] {
            let base: BasePath = text.parse().expect(text);
            assert_eq!(base.home(), home);
        }
        for text in [
            "",
            "meet",
            "//",
            "/a//b",
            "/a/../b",
            "/a b",
            "/%2e",
            "/a?b",
            "/a\"b",
            "/caf\u{e9}",
        ] {
            assert_eq!(text.parse::<BasePath>(), Err(BasePathError), "{text}");
        }
    }

    #[test]
    fn strip_removes_the_base_path() {
        for (base, address, within) in [
            ("/meet", "/meet/room/tea?invite=a", "/room/tea?invite=a"),
            ("/meet", "/meet", "/"),
            ("/meet", "/meet?x", "/?x"),
            ("/meet", "/meeting", "/meeting"),
            ("/meet", "/room/tea", "/room/tea"),
            ("/", "/meet/room/tea", "/meet/room/tea"),
        ] {
            let mut uri: Uri = address.parse().expect("an address");
            base.parse::<BasePath>().expect("a base path").strip(&mut uri);
            assert_eq!(uri.to_string(), within, "{base} {address}");
        }
    }
}
