//! Health and metrics, for operators.

use protocol::{ClientMessage, ErrorCode};
use tokio::net::TcpListener;

use crate::http::{request, signed};
use crate::server::{PASSWORD, TestServer};

#[tokio::test]
async fn health_endpoints_answer_ok() {
    let server = TestServer::start().await;
    for path in ["/healthz", "/healthz/live", "/healthz/ready", "/api/health"] {
        let answer = request(server.address, "GET", path, &[], "").await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "ok"), "{path}");
    }
}

#[tokio::test]
async fn metrics_need_the_token() {
    let server = TestServer::start().await;
    let hidden = signed(server.address, "GET", "/metrics", "secret").await;
    assert_eq!((hidden.status, hidden.code()), (404, ErrorCode::NotFound));

    let server = TestServer::with(|config| config.metrics_token = Some("secret".to_owned())).await;
    for refused in [
        request(server.address, "GET", "/metrics", &[], "").await,
        signed(server.address, "GET", "/metrics", "secrets").await,
    ] {
        assert_eq!((refused.status, refused.code()), (401, ErrorCode::NotSignedIn));
    }
    let figures = signed(server.address, "GET", "/metrics", "secret").await;
    assert_eq!(figures.status, 200);
    assert_eq!(
        figures.header("content-type"),
        Some("application/openmetrics-text; version=1.0.0; charset=utf-8")
    );
}

#[tokio::test]
async fn metrics_count_by_outcome_and_code_and_name_no_one() {
    let server = TestServer::with(|config| config.metrics_token = Some("secret".to_owned())).await;
    let mut clients = server.lobby(2).await;
    let mut bea = clients.pop().expect("two");
    let mut ann = clients.pop().expect("two");
    let epoch = ann.link(&mut bea).await;
    ann.say(crate::lobby::signal(bea.id(), epoch)).await;
    let refused = ann.refusal(ClientMessage::Invite { to: bea.id() }).await;
    assert_eq!(refused.0, ErrorCode::AlreadyLinked);
    server.post("/api/sessions", "Ann", PASSWORD).await;
    let figures = signed(server.address, "GET", "/metrics", "secret").await.body;
    for line in [
        "confab_sockets 2",
        "confab_rooms 1",
        "confab_seats 2",
        "confab_links 1",
        "confab_invitations_ringing 0",
        "confab_signals_relayed_total 1",
        "confab_invitations_ended_total{outcome=\"accepted\"} 1",
        "confab_refusals_total{code=\"already-linked\"} 1",
        "confab_refusals_total{code=\"wrong-credentials\"} 1",
        "confab_password_seconds_count 3",
        "# TYPE confab_message_seconds histogram",
    ] {
        assert!(figures.lines().any(|found| found == line), "{line}\n{figures}");
    }
    assert!(
        !figures.contains("127.0.0.1") && !figures.contains("lobby"),
        "{figures}"
    );
}

#[tokio::test]
async fn metrics_port_has_metrics_and_nothing_of_the_app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let watched = listener.local_addr().expect("an address");
    let server = TestServer::watched(listener).await;
    let figures = request(watched, "GET", "/metrics", &[], "").await;
    assert!(figures.status == 200 && figures.body.contains("confab_sockets 0"));
    assert_eq!(request(watched, "GET", "/healthz", &[], "").await.body, "ok");
    for path in ["/", "/api/session"] {
        assert_eq!(
            request(watched, "GET", path, &[], "").await.code(),
            ErrorCode::NotFound
        );
    }
    server.stop().await;
}
