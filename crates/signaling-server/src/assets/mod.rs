//! The app, as trunk built it: compressed when the server was built, and served as it lies in the program.
//!
//! `build/` makes the table and the content security policy. A server that was built without the app says so.

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
    /// Its address, with the slash in front.
    path: &'static str,
    /// Its type, as in `Content-Type`.
    mime: &'static str,
    /// A strong entity tag of the plain file, without the quotes.
    tag: &'static str,
    /// Whether its name changes with its content.
    immutable: bool,
    /// The file as it is.
    plain: &'static [u8],
    /// Compressed, where that makes it smaller.
    brotli: Option<&'static [u8]>,
    /// Compressed, where that makes it smaller.
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The files as one server serves them.
#[derive(Clone, Copy, Debug)]
pub struct Files {
    files: &'static [Asset],
    /// The app's page, if there is an app.
    page: Option<Asset>,
}

/// What `index.html` has where it names the path that everything else is found under.
const BASE: &str = "<base href=\"/\">";

impl Files {
    /// The files, with a page that finds them under a base path.
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

/// The page for another base path. It is kept as the other files are, for as long as the program runs.
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

/// Answers every address that is not the API's.
pub async fn serve(State(files): State<Files>, request: Request) -> Response<Body> {
    answer(&files, request.method(), request.uri().path(), request.headers())
}

/// Puts on every answer what keeps a page from doing, and from being used for, what Confab never does.
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

/// What a call needs, for this page alone; the rest of what is asked for by pages that spy, for nobody. The choice of a
/// speaker is every page's own by itself, and Chromium warns of its name.
const PERMISSIONS_POLICY: &str = "camera=(self), microphone=(self), display-capture=(self), \
    fullscreen=(self), autoplay=(self), geolocation=(), payment=(), usb=()";

#[cfg(test)]
mod tests {
    use super::policy;

    #[test]
    fn inline_scripts_and_styles_are_allowed_by_their_hashes_alone() {
        let page = "<script src=\"app.js\"></script><script type=\"module\">alert('Hello, world.');</script>\
                    <style>p{}</style>";
        let policy = policy::of(page);
        // The example of the CSP3 standard, §8.2.
        let script =
            "script-src 'self' 'wasm-unsafe-eval' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=';";
        assert!(policy.contains(script), "{policy}");
        assert!(policy.contains("style-src 'self' 'sha256-"), "{policy}");
    }
}
