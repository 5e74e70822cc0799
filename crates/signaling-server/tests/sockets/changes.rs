//! Account changes by signed-in users, and who may create accounts.

use protocol::http::{Registration, ServerInfo, SignedIn};
use protocol::{ErrorCode, SessionToken};

use crate::client::{Client, Raw, hello};
use crate::http::{Answer, request, signed, signed_with};
use crate::server::{PASSWORD, TestServer};

const NEW: &str = "another horse";

async fn session(server: &TestServer, name: &str) -> SessionToken {
    let answer = server.post("/api/sessions", name, PASSWORD).await;
    answer.json::<SignedIn>().token.expect("a token")
}

async fn change_password(server: &TestServer, token: &SessionToken, current: &str, new: &str) -> Answer {
    let body = format!(r#"{{"current":"{current}","new":"{new}"}}"#);
    signed_with(server.address, "POST", "/api/account/password", &token.0, &body).await
}

#[tokio::test]
async fn sign_out_everywhere_ends_all_sessions_and_sockets() {
    let server = TestServer::start().await;
    let (first, other) = (server.account("Ann").await, server.account("Bea").await);
    let second = session(&server, "Ann").await;
    let here = Client::enter(server.address, &first, "one").await;
    let there = Client::enter(server.address, &second, "two").await;
    let done = signed(server.address, "DELETE", "/api/sessions", &second.0).await;
    assert_eq!(done.status, 204);
    assert_eq!(here.bye().await, Some(ErrorCode::SessionEnded));
    assert_eq!(there.bye().await, Some(ErrorCode::SessionEnded));
    for token in [&first, &second] {
        let told = signed(server.address, "GET", "/api/session", &token.0).await;
        assert_eq!(told.code(), ErrorCode::NotSignedIn);
    }
    let told = signed(server.address, "GET", "/api/session", &other.0).await;
    assert_eq!(told.status, 200);
}

#[tokio::test]
async fn password_change_ends_only_the_other_sessions() {
    let server = TestServer::start().await;
    let first = server.account("Ann").await;
    let second = session(&server, "Ann").await;
    let mut here = Client::enter(server.address, &first, "one").await;
    let there = Client::enter(server.address, &second, "two").await;
    let refused = change_password(&server, &first, "wrong horse", NEW).await;
    assert_eq!(
        (refused.status, refused.code()),
        (401, ErrorCode::WrongCredentials)
    );
    let refused = change_password(&server, &first, PASSWORD, "short").await;
    assert_eq!(
        (refused.status, refused.code()),
        (400, ErrorCode::InvalidPassword)
    );
    assert_eq!(change_password(&server, &first, PASSWORD, NEW).await.status, 204);
    assert_eq!(there.bye().await, Some(ErrorCode::SessionEnded));
    here.forget().await;
    let old = server.post("/api/sessions", "Ann", PASSWORD).await;
    assert_eq!(old.code(), ErrorCode::WrongCredentials);
    assert_eq!(server.post("/api/sessions", "Ann", NEW).await.status, 200);
}

#[tokio::test]
async fn deleting_needs_the_password_and_frees_the_name() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    let page = Client::enter(server.address, &token, "lobby").await;
    let end = |password: &str| {
        let (body, token) = (format!(r#"{{"password":"{password}"}}"#), token.0.clone());
        let to = server.address;
        async move { signed_with(to, "POST", "/api/account/end", &token, &body).await }
    };
    assert_eq!(end("wrong horse").await.code(), ErrorCode::WrongCredentials);
    assert_eq!(end(PASSWORD).await.status, 204);
    assert_eq!(page.bye().await, Some(ErrorCode::SessionEnded));
    assert_eq!(
        Raw::refused(server.address, hello(&token, "lobby")).await,
        Some(ErrorCode::NotSignedIn)
    );
    let gone = server.post("/api/sessions", "Ann", PASSWORD).await;
    assert_eq!(gone.code(), ErrorCode::WrongCredentials);
    server.account("Ann").await;
    let kept = server.post("/api/accounts", "deleted-1", PASSWORD).await;
    assert_eq!(kept.code(), ErrorCode::UserNameTaken);
}

#[tokio::test]
async fn lookalike_names_are_refused_but_marks_are_allowed() {
    let server = TestServer::start().await;
    server.account("paul").await;
    for (name, status, code) in [
        ("pauI", 409, ErrorCode::UserNameTaken),
        ("ＰＡＵＬ", 409, ErrorCode::UserNameTaken),
        ("раul", 400, ErrorCode::InvalidUserName),
        ("pa\u{200b}ul", 400, ErrorCode::InvalidUserName),
        ("\u{202e}luap", 400, ErrorCode::InvalidUserName),
    ] {
        let refused = server.post("/api/accounts", name, PASSWORD).await;
        assert_eq!((refused.status, refused.code()), (status, code), "{name:?}");
    }
    for (name, shown) in [
        ("हिन्दी", "हिन्दी"),
        ("ไก่ต้ม", "ไก่ต้ม"),
        ("Jose\u{301}", "José"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("O’Brien", "O'Brien"),
        ("王　小明", "王 小明"),
        ("علی\u{200c}رضا", "علی\u{200c}رضا"),
        ("ශ්\u{200d}රියානි", "ශ්\u{200d}රියානි"),
        ("Ann\u{a0}Lee", "Ann Lee"),
    ] {
        let made = server.post("/api/accounts", name, PASSWORD).await;
        assert_eq!((made.status, made.json::<SignedIn>().name.as_str()), (201, shown));
        assert_eq!(server.post("/api/sessions", name, PASSWORD).await.status, 200);
    }
}

#[tokio::test]
async fn registration_mode_is_published_and_enforced() {
    for (registration, code) in [
        (Registration::Closed, ErrorCode::RegistrationClosed),
        (Registration::Invite, ErrorCode::InvalidInviteCode),
    ] {
        let server = TestServer::with(|config| config.accounts.registration = registration).await;
        let told = request(server.address, "GET", "/api/server", &[], "").await;
        assert_eq!(told.json::<ServerInfo>().registration, registration);
        let refused = server.post("/api/accounts", "Ann", PASSWORD).await;
        assert_eq!((refused.status, refused.code()), (403, code));
    }
}
