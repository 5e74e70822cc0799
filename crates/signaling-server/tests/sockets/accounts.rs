//! Accounts and sessions over HTTP, with every refusal.

use std::time::Duration;

use protocol::ErrorCode;
use protocol::http::{IceServers, SessionInfo, SignedIn};
use signaling_server::config::{AttemptRates, Config, IceSettings};

use crate::client::{Client, Raw, hello};
use crate::http::{request, signed};
use crate::server::{PASSWORD, TestServer};

#[tokio::test]
async fn account_is_created_once_and_needs_its_password() {
    let server = TestServer::start().await;
    let made = server.post("/api/accounts", " Ann ", PASSWORD).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.json::<SignedIn>().name.as_str(), "Ann");
    let taken = server.post("/api/accounts", "ANN", "another password").await;
    assert_eq!((taken.status, taken.code()), (409, ErrorCode::UserNameTaken));
    let signed_in = server.post("/api/sessions", "ann", PASSWORD).await;
    assert_eq!(
        (signed_in.status, signed_in.json::<SignedIn>().name.as_str()),
        (200, "Ann")
    );
    for (name, password) in [
        ("Ann", "wrong horse"),
        ("Bea", PASSWORD),
        ("", PASSWORD),
        ("Ann", &"x".repeat(300)),
    ] {
        let refused = server.post("/api/sessions", name, password).await;
        assert_eq!(
            (refused.status, refused.code()),
            (401, ErrorCode::WrongCredentials),
            "{name}"
        );
    }
}

#[tokio::test]
async fn invalid_names_and_passwords_are_refused() {
    let server = TestServer::start().await;
    for name in ["", "a\nb", "<b>", &"a".repeat(33)] {
        let refused = server.post("/api/accounts", name, PASSWORD).await;
        assert_eq!(
            (refused.status, refused.code()),
            (400, ErrorCode::InvalidUserName),
            "{name}"
        );
    }
    for password in ["", "seven77", &"x".repeat(257)] {
        let refused = server.post("/api/accounts", "Ann", password).await;
        assert_eq!(
            (refused.status, refused.code()),
            (400, ErrorCode::InvalidPassword),
            "{password}"
        );
    }
}

#[tokio::test]
async fn invalid_bodies_and_unknown_addresses_are_refused() {
    let server = TestServer::start().await;
    let large = format!(
        r#"{{"name":"Ann","password":"{PASSWORD}","x":"{}"}}"#,
        "x".repeat(5000)
    );
    for body in ["", "name=Ann", r#"{"name":"Ann"}"#, &large] {
        let refused = request(server.address, "POST", "/api/accounts", &[], body).await;
        assert_eq!(
            (refused.status, refused.code()),
            (400, ErrorCode::MalformedRequest),
            "{body:.20}"
        );
    }
    let refused = request(server.address, "GET", "/api/elsewhere", &[], "").await;
    assert_eq!((refused.status, refused.code()), (404, ErrorCode::NotFound));
    let refused = request(server.address, "PUT", "/api/accounts", &[], "").await;
    assert_eq!((refused.status, refused.code()), (405, ErrorCode::NotFound));
    let refused = request(server.address, "GET", "/api/socket", &[], "").await;
    assert_eq!(
        (refused.status, refused.code()),
        (400, ErrorCode::MalformedRequest)
    );
    assert_eq!(
        request(server.address, "GET", "/api/health", &[], "").await.body,
        "ok"
    );
}

#[tokio::test]
async fn sign_out_ends_only_its_own_session_and_sockets() {
    let server = TestServer::start().await;
    let first = server.account("Ann").await;
    let second = server
        .post("/api/sessions", "Ann", PASSWORD)
        .await
        .json::<SignedIn>()
        .token
        .expect("a token");
    let told = signed(server.address, "GET", "/api/session", &first.0).await;
    assert_eq!(
        (told.status, told.json::<SessionInfo>().name.as_str()),
        (200, "Ann")
    );
    let page = Client::enter(server.address, &first, "lobby").await;
    let mut other = Client::enter(server.address, &second, "elsewhere").await;
    assert_eq!(
        signed(server.address, "DELETE", "/api/session", &first.0)
            .await
            .status,
        204
    );
    assert_eq!(page.bye().await, Some(ErrorCode::SessionEnded));
    other.forget().await;
    assert_eq!(
        Raw::refused(server.address, hello(&first, "lobby")).await,
        Some(ErrorCode::NotSignedIn)
    );
    for (method, path) in [
        ("GET", "/api/session"),
        ("DELETE", "/api/session"),
        ("GET", "/api/ice-servers"),
    ] {
        for token in [first.0.as_str(), "", "nonsense"] {
            let refused = signed(server.address, method, path, token).await;
            assert_eq!(
                (refused.status, refused.code()),
                (401, ErrorCode::NotSignedIn),
                "{method} {path}"
            );
        }
        assert_eq!(
            request(server.address, method, path, &[], "").await.code(),
            ErrorCode::NotSignedIn
        );
    }
    assert_eq!(
        signed(server.address, "GET", "/api/session", &second.0)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn after_ten_failures_an_account_gets_retry_after() {
    let server = TestServer::with(|config| config.accounts.attempts = AttemptRates::default()).await;
    server.account("Ann").await;
    for _ in 0..10 {
        let refused = server.post("/api/sessions", "Ann", "wrong horse").await;
        assert_eq!(refused.code(), ErrorCode::WrongCredentials);
    }
    let refused = server.post("/api/sessions", "ANN", PASSWORD).await;
    assert_eq!(
        (refused.status, refused.code()),
        (429, ErrorCode::TooManyAttempts)
    );
    let wait: u64 = refused
        .header("retry-after")
        .and_then(|value| value.parse().ok())
        .expect("seconds");
    assert!((1..=90).contains(&wait), "{wait}");
    let other = server.post("/api/sessions", "Bea", PASSWORD).await;
    assert_eq!(
        other.code(),
        ErrorCode::WrongCredentials,
        "another account may still be tried"
    );
}

#[tokio::test]
async fn concurrent_sign_ins_are_refused_only_if_they_fail() {
    let server = TestServer::with(|config| config.accounts.attempts = AttemptRates::default()).await;
    server.account("Ann").await;
    let at_once = |password| {
        let asking = (0..12).map(|_| server.post("/api/sessions", "Ann", password));
        futures_util::future::join_all(asking.collect::<Vec<_>>())
    };
    let right: Vec<u16> = at_once(PASSWORD)
        .await
        .iter()
        .map(|answer| answer.status)
        .collect();
    assert_eq!(right, [200; 12]);
    let wrong: Vec<ErrorCode> = at_once("wrong horse")
        .await
        .iter()
        .map(|answer| answer.code())
        .collect();
    let told_wrong = wrong.iter().filter(|code| **code == ErrorCode::WrongCredentials);
    assert_eq!(told_wrong.count(), 10, "{wrong:?}");
}

#[tokio::test]
async fn address_limit_believes_only_trusted_proxies() {
    let few = |config: &mut Config| {
        let hour = Duration::from_secs(3600);
        config.accounts.attempts = AttemptRates::within(100, 2, 100, 100, hour);
    };
    let forwarded = |server: &TestServer, from: &'static str| {
        let address = server.address;
        async move {
            request(
                address,
                "POST",
                "/api/sessions",
                &[("x-forwarded-for", from)],
                r#"{"name":"A","password":"x"}"#,
            )
            .await
            .code()
        }
    };
    let server = TestServer::with(few).await;
    assert_eq!(forwarded(&server, "192.0.2.1").await, ErrorCode::WrongCredentials);
    assert_eq!(forwarded(&server, "192.0.2.2").await, ErrorCode::WrongCredentials);
    assert_eq!(forwarded(&server, "192.0.2.3").await, ErrorCode::TooManyAttempts);

    let server = TestServer::with(|config| {
        few(config);
        config.trusted_proxies = vec!["127.0.0.1".parse().expect("an address")];
    })
    .await;
    for _ in 0..2 {
        assert_eq!(forwarded(&server, "192.0.2.1").await, ErrorCode::WrongCredentials);
    }
    assert_eq!(forwarded(&server, "192.0.2.1").await, ErrorCode::TooManyAttempts);
    assert_eq!(forwarded(&server, "192.0.2.2").await, ErrorCode::WrongCredentials);
}

#[tokio::test]
async fn unknown_name_costs_a_password_check_like_a_known_one() {
    let server = TestServer::with(|config| config.metrics_token = Some("secret".to_owned())).await;
    server.account("Ann").await;
    let mut before = password_checks(&server).await;
    // The answers must take equally long, and the check is what takes the time.
    for name in ["Ann", "Bea"] {
        let refused = server.post("/api/sessions", name, "wrong horse").await;
        assert_eq!(refused.code(), ErrorCode::WrongCredentials);
        let after = password_checks(&server).await;
        assert_eq!(after, before + 1, "{name}");
        before = after;
    }
}

/// Number of password hashes that the server has computed.
async fn password_checks(server: &TestServer) -> u64 {
    let figures = signed(server.address, "GET", "/metrics", "secret").await.body;
    let count = figures
        .lines()
        .find_map(|line| line.strip_prefix("confab_password_seconds_count "))
        .expect("a count");
    count.parse().expect("a number")
}

#[tokio::test]
async fn excess_password_checks_are_refused_as_busy() {
    let server = TestServer::start().await;
    server.account("Ann").await;
    let asking = (0..200).map(|_| server.post("/api/sessions", "Ann", "wrong horse"));
    let answers = futures_util::future::join_all(asking).await;
    let busy = answers
        .iter()
        .filter(|answer| answer.code() == ErrorCode::ServerBusy)
        .count();
    let done = answers
        .iter()
        .filter(|answer| answer.code() == ErrorCode::WrongCredentials)
        .count();
    assert!(
        busy > 0 && done > 0 && busy + done == answers.len(),
        "{busy} busy, {done} done"
    );
    let refused = answers
        .iter()
        .find(|answer| answer.status == 503)
        .expect("a busy one");
    assert_eq!(refused.header("retry-after"), Some("1"));
}

#[tokio::test]
async fn ice_servers_carry_expiring_credentials_if_configured() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    let given = signed(server.address, "GET", "/api/ice-servers", &token.0)
        .await
        .json::<IceServers>();
    assert!(given.ice_servers.is_empty() && given.expires_in_seconds.is_none());

    let server = TestServer::with(|config| {
        config.ice = IceSettings {
            stun: vec!["stun:stun.example.org".to_owned()],
            turn: vec!["turn:turn.example.org".to_owned()],
            turn_secret: "secret".to_owned(),
            turn_ttl: Duration::from_secs(600),
        };
    })
    .await;
    let token = server.account("Ann").await;
    let given = signed(server.address, "GET", "/api/ice-servers", &token.0)
        .await
        .json::<IceServers>();
    assert_eq!(
        (given.ice_servers.len(), given.expires_in_seconds),
        (2, Some(600))
    );
    assert!(
        given.ice_servers[1]
            .username
            .as_ref()
            .is_some_and(|name| name.ends_with(":1"))
    );
}

#[tokio::test]
async fn other_origin_is_refused_unless_allowed() {
    let server = TestServer::with(|config| {
        config.allowed_origins = vec!["https://rooms.example.org".parse().expect("an origin")];
    })
    .await;
    let own = format!("http://{}", server.address);
    for (origin, allowed) in [
        ("https://evil.example", false),
        ("null", false),
        ("https://rooms.example.org", true),
        (own.as_str(), true),
    ] {
        let answer = request(server.address, "GET", "/api/session", &[("origin", origin)], "").await;
        let expected = if allowed {
            ErrorCode::NotSignedIn
        } else {
            ErrorCode::OriginNotAllowed
        };
        assert_eq!(answer.code(), expected, "{origin}");
        assert_eq!(
            Raw::open_from(server.address, Some(origin)).await.is_ok(),
            allowed,
            "{origin}"
        );
    }
    let foreign = [
        ("origin", "https://rooms.example.org"),
        ("access-control-request-method", "DELETE"),
        ("access-control-request-headers", "authorization"),
    ];
    let asked = request(server.address, "OPTIONS", "/api/session", &foreign, "").await;
    assert_eq!(asked.status, 204);
    assert_eq!(
        asked.header("access-control-allow-origin"),
        Some("https://rooms.example.org")
    );
    assert!(
        asked
            .header("access-control-allow-methods")
            .is_some_and(|methods| methods.contains("DELETE"))
    );
    assert!(
        asked
            .header("access-control-allow-headers")
            .is_some_and(|names| names.contains("authorization") && names.contains("confab-user"))
    );
}
