//! The path that all of the server's addresses stand under, where a proxy serves other things on the same host.

use std::str::FromStr;
use std::sync::Arc;

use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// A base path without the slash at its end; empty where the server has its host to itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BasePath(Arc<str>);

/// Why a text is not a base path.
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
    /// Whether the server has its host to itself.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The address of the lobby, with the slash at its end.
    pub fn home(&self) -> String {
        format!("{}/", self.0)
    }

    /// Takes the base path off an address. One without it stays as it is: some proxies take it off themselves, and who
    /// looks after the server asks it directly.
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
    fn a_base_path_is_one_or_more_plain_segments() {
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
    fn an_address_under_the_base_path_is_what_follows_it() {
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
