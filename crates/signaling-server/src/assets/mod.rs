//! The app as trunk built it, compressed at build time and embedded in the program.
//!
//! `build/` generates the table and the Content-Security-Policy. A server built without the app answers so.

mod answer;
#[cfg(test)]
#[path = "../../build/policy.rs"]
mod policy;

use std::io::Write;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response, header};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::base_path::BasePath;
use answer::answer;

/// One file of the app.
#[derive(Clone, Copy, Debug)]
struct Asset {
    /// Path, with a leading slash.
    path: &'static str,
    /// Media type, as in `Content-Type`.
    mime: &'static str,
    /// Strong entity tag of the uncompressed file, without quotes.
    tag: &'static str,
    /// Whether the name changes with the content, so that the file may be cached forever.
    immutable: bool,
    /// The uncompressed file.
    plain: &'static [u8],
    /// Brotli form, if that is smaller.
    brotli: Option<&'static [u8]>,
    /// Gzip form, if that is smaller.
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The files as one server serves them.
#[derive(Clone, Copy, Debug)]
pub struct Files {
    files: &'static [Asset],
    /// The app's index.html, unless the server was built without the app.
    page: Option<Asset>,
}

/// The element of `index.html` with the base of all relative URLs.
const BASE: &str = "<base href=\"/\">";

impl Files {
    /// Returns the files, with the page adapted to a base path.
    pub fn under(base: &BasePath) -> Self {
        Self::of(ASSETS, base)
    }

    fn of(files: &'static [Asset], base: &BasePath) -> Self {
        let page = answer::find(files, answer::INDEX).map(|page| {
            if base.is_root() {
                *page
            } else {
                moved(page, &base.home())
            }
        });
        Self { files, page }
    }
}

/// Returns the page for another base path. Like the other files, it is kept for as long as the program runs.
fn moved(page: &Asset, home: &str) -> Asset {
    let text = String::from_utf8_lossy(page.plain).replace(BASE, &format!("<base href=\"{home}\">"));
    let gzip = compressed(text.as_bytes()).map(|bytes| &*bytes.leak());
    let tag = format!("{}{}", page.tag, home.replace('/', "-"));
    Asset {
        tag: tag.leak(),
        plain: text.into_bytes().leak(),
        brotli: None,
        gzip,
        ..*page
    }
}

fn compressed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes).ok()?;
    writer.finish().ok()
}

/// Answers every request that is not for the API.
pub async fn serve(State(files): State<Files>, request: Request) -> Response<Body> {
    answer(&files, request.method(), request.uri().path(), request.headers())
}

/// Sets headers on every response that deny what Confab never does, to the page itself and to other sites.
pub async fn protect(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CONTENT_SECURITY_POLICY),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        "cross-origin-opener-policy",
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    headers.insert("permissions-policy", HeaderValue::from_static(PERMISSIONS_POLICY));
    response
}

/// Allows this page what a call needs, and denies to all the features that tracking pages ask for. Choosing a
/// speaker is allowed to every page by default, and Chromium warns about the name of that feature.
const PERMISSIONS_POLICY: &str = "camera=(self), microphone=(self), display-capture=(self), \
    fullscreen=(self), autoplay=(self), geolocation=(), payment=(), usb=()";

#[cfg(test)]
mod tests {
    use super::policy;

    #[test]
    fn inline_scripts_and_styles_are_allowed_by_hash_only() {
        let page = "<script src=\"app.js\"></script><script type=\"module\">alert('Hello, world.');</script>\
                    <style>p{}</style>";
        let policy = policy::of(page);
        // The example of CSP3 §8.2.
        let script =
            "script-src 'self' 'wasm-unsafe-eval' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=';";
        assert!(policy.contains(script), "{policy}");
        assert!(policy.contains("style-src 'self' 'sha256-"), "{policy}");
    }
}
