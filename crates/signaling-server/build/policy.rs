//! The Content-Security-Policy (W3C CSP3): allows what index.html loads and runs, and nothing else.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Returns the policy for a page. Inline scripts and styles are allowed by their hashes, one by one.
///
/// `'self'` in `connect-src` also covers WebSockets of the same host.
pub fn of(index: &str) -> String {
    let scripts = hashes(index, "script");
    let styles = hashes(index, "style");
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         connect-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; \
         base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// Returns the hash sources of all inline elements with this name, each after a space.
fn hashes(html: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut hashes = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(&open) {
        rest = &rest[at + open.len()..];
        let Some((attributes, after)) = rest.split_once('>') else {
            break;
        };
        let Some((content, after)) = after.split_once(&close) else {
            break;
        };
        rest = after;
        if !attributes.contains("src=") && !content.is_empty() {
            let hash = STANDARD.encode(Sha256::digest(content.as_bytes()));
            let _ = write!(hashes, " 'sha256-{hash}'");
        }
    }
    hashes
}
