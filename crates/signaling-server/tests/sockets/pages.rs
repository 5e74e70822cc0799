//! The headers of every response. How files are chosen is tested next to the code that does it.

use protocol::ErrorCode;

use crate::http::{exchange, request};
use crate::server::TestServer;

#[tokio::test]
async fn every_response_has_the_security_headers() {
    let server = TestServer::start().await;
    for path in [
        "/",
        "/room/class-3",
        "/missing.js",
        "/config.json",
        "/api/health",
        "/api/elsewhere",
    ] {
        let answer = request(server.address, "GET", path, &[], "").await;
        let policy = answer.header("content-security-policy").unwrap_or_default();
        for rule in [
            "default-src 'self'",
            "'wasm-unsafe-eval'",
            "object-src 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(
            policy.matches("unsafe").count() == 1 && !policy.contains("http"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        for alone in ["cross-origin-opener-policy", "cross-origin-resource-policy"] {
            assert_eq!(answer.header(alone), Some("same-origin"));
        }
        let permissions = answer.header("permissions-policy").unwrap_or_default();
        for device in ["camera=(self)", "microphone=(self)", "display-capture=(self)"] {
            assert!(permissions.contains(device), "{permissions}");
        }
    }
}

#[tokio::test]
async fn config_json_names_the_server() {
    let server = TestServer::start().await;
    let answer = request(server.address, "GET", "/config.json", &[], "").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("application/json"))
    );
    assert!(answer.json::<serde_json::Value>().get("server").is_some());
}

#[tokio::test]
async fn request_without_exactly_one_host_is_refused() {
    let server = TestServer::start().await;
    let host = format!("host: {}\r\n", server.address);
    let cases = [
        (String::new(), true),
        (host.repeat(2), true),
        (format!("{host}host: evil.example\r\n"), true),
        ("host: a.example/b\r\n".to_owned(), true),
        ("host: ann@a.example\r\n".to_owned(), true),
        ("host:\r\n".to_owned(), true),
        (host, false),
    ];
    for (hosts, refused) in cases {
        for path in ["/", "/api/health", "/healthz"] {
            let text = format!("GET {path} HTTP/1.1\r\n{hosts}connection: close\r\n\r\n");
            let answer = exchange(server.address, &text).await;
            assert_eq!(answer.status == 400, refused, "{path} {hosts:?}");
            if refused {
                assert_eq!(answer.code(), ErrorCode::MalformedRequest);
                assert!(answer.header("content-security-policy").is_some());
            }
        }
    }
    let old = exchange(server.address, "GET /api/health HTTP/1.0\r\n\r\n").await;
    assert_eq!(old.status, 200, "HTTP/1.0 allows requests without a host");
}
