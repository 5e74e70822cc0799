//! Maps a path to a response: which file, in which encoding, and how long it may be cached.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use percent_encoding::percent_decode_str;
use protocol::RoomName;

use super::{Asset, Files};

pub(super) const INDEX: &str = "/index.html";
/// Path of the app's configuration, and its content here: an empty URL means the server that serves the app.
const CONFIG: (&str, &str) = ("/config.json", "{\"server\": \"\"}\n");
const NO_APP: &str = "This Confab server was built without the app: there was no dist/index.html when it was \
    compiled.\nBuild the app first (trunk build --release), or use `make run`, which does both.\n";

/// Answers a request for a file or a page.
pub(super) fn answer(files: &Files, method: &Method, path: &str, headers: &HeaderMap) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        let allow = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allow, "Only GET and HEAD here.\n").into_response();
    }
    let with_body = method == Method::GET;
    if let Some(asset) = find(files.files, path).filter(|asset| asset.path != INDEX) {
        return send(asset, headers, with_body);
    }
    if path == CONFIG.0 {
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-cache"),
        ];
        let body = if with_body { CONFIG.1 } else { "" };
        return (headers, body).into_response();
    }
    let Some(index) = &files.page else {
        return (StatusCode::NOT_FOUND, NO_APP).into_response();
    };
    // Every page of the app is index.html, which shows "not found" for other paths.
    if is_page(path) {
        return send(index, headers, with_body);
    }
    let names_file = path.rsplit('/').next().unwrap_or_default().contains('.');
    if names_file && !takes_pages(headers) {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    }
    let mut response = send(index, headers, with_body);
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// Whether the app has a page at this path: home, a test page, or a room with a valid name.
fn is_page(path: &str) -> bool {
    let path = match path.trim_end_matches('/') {
        "" | INDEX | "/check/connection" | "/check/set-up" => return true,
        path => path,
    };
    let name = path.strip_prefix("/room/").map(percent_decode_str);
    name.is_some_and(|name| RoomName::parse(&name.decode_utf8_lossy()).is_ok())
}

/// Whether a browser navigates to the path, rather than a page requesting a file.
fn takes_pages(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter();
    accepted
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("text/html"))
}

pub(super) fn find<'a>(assets: &'a [Asset], path: &str) -> Option<&'a Asset> {
    assets
        .binary_search_by(|asset| asset.path.cmp(path))
        .ok()
        .and_then(|at| assets.get(at))
}

/// Sends a file in the best encoding that the client accepts.
fn send(asset: &Asset, headers: &HeaderMap, with_body: bool) -> Response<Body> {
    let (bytes, encoding) = choose(asset, headers);
    // Each encoding is a different representation, with its own entity tag.
    let tag = format!(
        "\"{}{}\"",
        asset.tag,
        encoding.map(|name| format!("-{name}")).unwrap_or_default()
    );
    let unchanged = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim().trim_start_matches("W/") == tag);
    let mut response = match (unchanged, with_body) {
        (true, _) => StatusCode::NOT_MODIFIED.into_response(),
        (false, true) => Body::from(bytes).into_response(),
        (false, false) => Response::new(Body::empty()),
    };
    let answer = response.headers_mut();
    let keep = if asset.immutable {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        answer.insert(header::ETAG, tag);
    }
    if !unchanged {
        answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.mime));
        answer.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        if let Some(encoding) = encoding {
            answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
    }
    response
}

fn choose(asset: &Asset, headers: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
    match (asset.brotli, asset.gzip) {
        (Some(bytes), _) if takes(headers, "br") => (bytes, Some("br")),
        (_, Some(bytes)) if takes(headers, "gzip") => (bytes, Some("gzip")),
        _ => (asset.plain, None),
    }
}

/// Whether `Accept-Encoding` accepts an encoding (RFC 9110 §12.5.3): names it, and not with weight 0.
fn takes(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|item| {
            let (name, weight) = item.split_once(';').unwrap_or((item, ""));
            let weight = weight
                .trim()
                .strip_prefix("q=")
                .map_or(Ok(1.0), str::parse::<f32>);
            name.trim().eq_ignore_ascii_case(encoding) && weight.is_ok_and(|weight| weight > 0.0)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base_path::BasePath;

    const APP: &[Asset] = &[
        Asset {
            path: "/app-0123456789abcdef_bg.wasm",
            mime: "application/wasm",
            tag: "w",
            immutable: true,
            plain: b"\0asm plain",
            brotli: Some(b"brotli"),
            gzip: Some(b"gzip"),
        },
        Asset {
            path: INDEX,
            mime: "text/html; charset=utf-8",
            tag: "i",
            immutable: false,
            plain: b"<!doctype html><base href=\"/\">",
            brotli: None,
            gzip: None,
        },
    ];

    fn files(base: &str) -> Files {
        Files::of(APP, &base.parse().expect("a base path"))
    }

    fn get(path: &str, headers: &[(header::HeaderName, &'static str)]) -> Response<Body> {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect();
        answer(&files("/"), &Method::GET, path, &headers)
    }

    fn header_of(response: &Response<Body>, name: header::HeaderName) -> Option<&str> {
        response.headers().get(name).and_then(|value| value.to_str().ok())
    }

    #[test]
    fn hashed_file_is_cached_and_sent_in_the_best_encoding() {
        let wasm = APP[0].path;
        for (accept, encoding, length) in [
            ("gzip, deflate, br", Some("br"), "6"),
            ("gzip;q=0.5, br;q=0", Some("gzip"), "4"),
            ("deflate", None, "10"),
        ] {
            let response = get(wasm, &[(header::ACCEPT_ENCODING, accept)]);
            assert_eq!(
                header_of(&response, header::CONTENT_ENCODING),
                encoding,
                "{accept}"
            );
            assert_eq!(header_of(&response, header::CONTENT_LENGTH), Some(length));
            assert_eq!(
                header_of(&response, header::CONTENT_TYPE),
                Some("application/wasm")
            );
            let keep = Some("public, max-age=31536000, immutable");
            assert_eq!(header_of(&response, header::CACHE_CONTROL), keep);
            assert_eq!(header_of(&response, header::VARY), Some("accept-encoding"));
        }
    }

    #[test]
    fn pages_are_the_index_and_revalidated() {
        for path in [
            "/",
            "/index.html",
            "/room/class-3",
            "/room/class-3/",
            "/room/Caf%C3%A9",
            "/check/set-up",
        ] {
            let response = get(path, &[]);
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            assert_eq!(header_of(&response, header::CACHE_CONTROL), Some("no-cache"));
            assert_eq!(header_of(&response, header::ETAG), Some("\"i\""));
        }
        let again = get("/", &[(header::IF_NONE_MATCH, "\"x\", W/\"i\"")]);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn missing_file_is_404_and_post_is_405() {
        assert_eq!(
            get("/old-0123456789abcdef.js", &[]).status(),
            StatusCode::NOT_FOUND
        );
        let post = answer(&files("/"), &Method::POST, "/", &HeaderMap::new());
        assert_eq!(post.status(), StatusCode::METHOD_NOT_ALLOWED);
        let head = answer(&files("/"), &Method::HEAD, APP[0].path, &HeaderMap::new());
        assert_eq!(head.status(), StatusCode::OK);
        assert_eq!(header_of(&head, header::CONTENT_LENGTH), Some("10"));
    }

    #[test]
    fn every_lab_is_a_page() {
        for lab in call_core::Lab::ALL {
            assert!(is_page(lab.path()), "{}", lab.path());
        }
    }

    #[test]
    fn unknown_page_is_404_with_the_index() {
        for path in ["/nothing", "/room/r1.", "/room/", "/room/a/b", "/rooms", "/check"] {
            let response = get(path, &[(header::ACCEPT, "text/html,*/*;q=0.8")]);
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
            let kind = header_of(&response, header::CONTENT_TYPE);
            assert_eq!(kind, Some("text/html; charset=utf-8"), "{path}");
        }
        let file = get("/old.js", &[(header::ACCEPT, "*/*")]);
        assert_ne!(
            header_of(&file, header::CONTENT_TYPE),
            Some("text/html; charset=utf-8")
        );
        let seen = get("/old.html", &[(header::ACCEPT, "text/html")]);
        assert_eq!(header_of(&seen, header::ETAG), Some("\"i\""));
    }

    #[tokio::test]
    async fn page_under_a_base_path_has_its_own_tag() {
        for accept in ["identity", "gzip, br"] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accept))]);
            let response = answer(&files("/meet/"), &Method::GET, "/room/tea", &headers);
            assert_eq!(response.status(), StatusCode::OK);
            assert_ne!(header_of(&response, header::ETAG), Some("\"i\""));
            let compressed = header_of(&response, header::CONTENT_ENCODING) == Some("gzip");
            assert_eq!(compressed, accept != "identity");
            if !compressed {
                let body = axum::body::to_bytes(response.into_body(), 1000).await;
                assert_eq!(
                    &body.expect("a body")[..],
                    b"<!doctype html><base href=\"/meet/\">"
                );
            }
        }
    }

    #[test]
    fn config_json_is_served() {
        let response = get("/config.json", &[]);
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(
            header_of(&response, header::CONTENT_TYPE),
            Some("application/json")
        );
    }

    #[test]
    fn pages_are_404_without_the_app() {
        let none = Files::of(&[], &BasePath::default());
        let response = answer(&none, &Method::GET, "/", &HeaderMap::new());
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }
}
