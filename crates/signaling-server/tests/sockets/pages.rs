//! What every answer carries, whatever was asked. How files are chosen is tested beside the code that does it.

use crate::http::request;
use crate::server::TestServer;

#[tokio::test]
async fn every_answer_keeps_the_page_from_what_it_never_does() {
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
async fn the_app_is_told_where_its_server_is() {
    let server = TestServer::start().await;
    let answer = request(server.address, "GET", "/config.json", &[], "").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("application/json"))
    );
    assert!(answer.json::<serde_json::Value>().get("server").is_some());
}
