//! Equivalent spellings of rooms and passwords, including passwords stored by an older version.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, SaltString};
use protocol::{Access, ClientMessage, ErrorCode, Hello, RoomSettings, ServerMessage};

use crate::client::{Client, Raw, hello};
use crate::http::signed_with;
use crate::program::{confab, run};
use crate::server::{PASSWORD, TestServer};

/// Stores a hash of the text as typed, which the server itself would not.
fn keep_as_typed(server: &TestServer, update: &str, password: &str) {
    let salt = SaltString::encode_b64(b"sixteen bytes...").expect("a salt");
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    let database = rusqlite::Connection::open(format!("{}/confab.sqlite", server.data()));
    let changed = database
        .expect("opened")
        .execute(update, [hash.expect("a hash").to_string()]);
    assert_eq!(changed.expect("written"), 1);
}

#[tokio::test]
async fn rooms_that_look_alike_are_one() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    for (typed, name) in [
        ("CAFE\u{301}", "café"),
        ("３班", "3班"),
        ("İstanbul", "istanbul"),
        ("class  3", "class-3"),
    ] {
        let client = Client::enter(server.address, &token, typed).await;
        assert_eq!(client.welcome.room.as_str(), name);
    }
}

#[tokio::test]
async fn room_passwords_match_with_pasted_whitespace() {
    let server = TestServer::start().await;
    let owner = server.account("Owner").await;
    let mut owner = Client::enter(server.address, &owner, "den").await;
    let ann = server.account("Ann").await;
    let with = |password: &str| Hello {
        password: Some(password.to_owned()),
        ..hello(&ann, "den")
    };
    let settings = RoomSettings {
        access: Access::Password,
        ..RoomSettings::default()
    }
    .into();
    let password = Some(" cafe\u{301} noir\r\n".to_owned());
    owner.say(ClientMessage::ChangeRoom { settings, password }).await;
    owner
        .expect(|said| matches!(said, ServerMessage::RoomChanged { .. }).then_some(()))
        .await;
    for typed in ["café noir", "café noir ", "\tcafe\u{301}\u{a0}noir\n"] {
        let inside = Client::greet(server.address, with(typed)).await;
        drop(inside);
    }
    let refused = Raw::refused(server.address, with("Café noir")).await;
    assert_eq!(refused, Some(ErrorCode::WrongRoomPassword));
    keep_as_typed(
        &server,
        "UPDATE room_rules SET password = ?1",
        "cafe\u{301} noir ",
    );
    Client::greet(server.address, with("cafe\u{301} noir ")).await;
    let refused = Raw::refused(server.address, with("cafe\u{301} noir")).await;
    assert_eq!(refused, Some(ErrorCode::WrongRoomPassword));
}

#[tokio::test]
async fn account_passwords_match_in_each_normal_form() {
    let server = TestServer::start().await;
    let made = server.post("/api/accounts", "Ann", "cafe\u{301} noir\r\n").await;
    assert_eq!(made.status, 201, "{}", made.body);
    for (typed, status) in [
        ("café noir", 200),
        ("cafe\u{301}\u{a0}noir\n", 200),
        ("café noir ", 401),
        ("Café noir", 401),
    ] {
        let answer = server.post("/api/sessions", "Ann", typed).await;
        assert_eq!(answer.status, status, "{typed:?}");
    }
    let none = server.post("/api/accounts", "Bea", "a bell\u{7} in it").await;
    assert_eq!(none.code(), ErrorCode::InvalidPassword);
}

#[tokio::test]
async fn account_passwords_from_an_older_version_match() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    keep_as_typed(&server, "UPDATE accounts SET password = ?1", "cafe\u{301} noir\n");
    let old = server.post("/api/sessions", "Ann", "cafe\u{301} noir\n").await;
    assert_eq!(old.status, 200);
    let body = serde_json::json!({"current": "cafe\u{301} noir\n", "new": PASSWORD}).to_string();
    let changed = signed_with(server.address, "POST", "/api/account/password", &token.0, &body).await;
    assert_eq!(changed.status, 204);
    assert_eq!(server.post("/api/sessions", "Ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn passwords_set_by_an_operator_are_read_alike() {
    let server = TestServer::start().await;
    let data = server.data();
    let lines = tempfile::TempDir::new().expect("a folder");
    for (line, code) in [("short\n", 1), ("cafe\u{301} noir\n", 0)] {
        let file = lines.path().join("password");
        std::fs::write(&file, line).expect("written");
        let line = std::fs::File::open(&file).expect("opened");
        let arguments = ["admin", "--data", &data, "user", "add", "Ann", "--password-stdin"];
        let (output, errors) = run(confab(&arguments).stdin(line)).await;
        assert_eq!(output.status.code(), Some(code), "{errors}");
    }
    assert_eq!(
        server.post("/api/sessions", "Ann", "caf\u{e9} noir").await.status,
        200
    );
}

#[tokio::test]
async fn changed_account_passwords_match_in_each_normal_form() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    let body = serde_json::json!({"current": PASSWORD, "new": "cafe\u{301} noir\n"}).to_string();
    let changed = signed_with(server.address, "POST", "/api/account/password", &token.0, &body).await;
    assert_eq!(changed.status, 204);
    assert_eq!(
        server.post("/api/sessions", "Ann", "caf\u{e9} noir").await.status,
        200
    );
}
