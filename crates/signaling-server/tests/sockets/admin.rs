//! `confab admin`, with and without a running server.

use protocol::ErrorCode;
use protocol::http::{Registration, SignedIn};
use tempfile::TempDir;

use crate::client::{Client, text_of};
use crate::http::request;
use crate::program::{assert_one_clear_line, confab, run};
use crate::server::{PASSWORD, TestServer};

/// Runs a command that must succeed; returns its output.
async fn admin(data: &str, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["admin", "--data", data]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let (output, errors) = run(&mut confab(&all)).await;
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout).expect("text")
}

fn password_in(printed: &str) -> String {
    let (_, password) = printed.split_once("Its password is ").expect(printed);
    password.trim().to_owned()
}

#[tokio::test]
async fn accounts_are_managed_while_the_server_runs() {
    let server = TestServer::with(|config| config.accounts.registration = Registration::Closed).await;
    let data = server.data();
    let made = admin(&data, &["user", "add", "Ann"]).await;
    let password = password_in(&made);
    let signed_in = server.post("/api/sessions", "Ann", &password).await;
    let token = signed_in.json::<SignedIn>().token.expect("a token");
    let page = Client::enter(server.address, &token, "lobby").await;
    assert_eq!(admin(&data, &["user", "list"]).await, "enabled\tAnn\n");

    admin(&data, &["user", "disable", "ann"]).await;
    assert_eq!(page.bye().await, Some(ErrorCode::SessionEnded));
    let refused = server.post("/api/sessions", "Ann", &password).await;
    assert_eq!(
        (refused.status, refused.code()),
        (403, ErrorCode::AccountDisabled)
    );
    let guessed = server.post("/api/sessions", "Ann", PASSWORD).await;
    assert_eq!(guessed.code(), ErrorCode::WrongCredentials, "not revealed");
    assert_eq!(admin(&data, &["user", "list"]).await, "disabled\tAnn\n");

    admin(&data, &["user", "enable", "Ann"]).await;
    let reset = password_in(&admin(&data, &["user", "reset-password", "Ann"]).await);
    let old = server.post("/api/sessions", "Ann", &password).await;
    assert_eq!(old.code(), ErrorCode::WrongCredentials);
    assert_eq!(server.post("/api/sessions", "Ann", &reset).await.status, 200);
}

#[tokio::test]
async fn invite_code_is_limited_by_its_uses() {
    let server = TestServer::with(|config| config.accounts.registration = Registration::Invite).await;
    let data = server.data();
    let code = admin(&data, &["code", "new", "--uses", "2"])
        .await
        .trim()
        .to_uppercase();
    let join = |name: &str, code: &str| {
        let body = format!(r#"{{"name":"{name}","password":"{PASSWORD}","invite_code":"{code}"}}"#);
        let to = server.address;
        async move { request(to, "POST", "/api/accounts", &[], &body).await }
    };
    assert_eq!(
        join("Ann", "0000-0000-0000").await.code(),
        ErrorCode::InvalidInviteCode
    );
    for (name, status) in [("Ann", 201), ("Ann", 409), ("Bea", 201), ("Cem", 403)] {
        assert_eq!(join(name, &code).await.status, status, "{name}");
    }
    admin(&data, &["code", "new"]).await;
    let list = admin(&data, &["code", "list"]).await;
    let (number, rest) = list.split_once('\t').expect(&list);
    assert_eq!(rest, "uses left: 1\tdays left: 7\n");
    admin(&data, &["code", "revoke", number]).await;
    assert_eq!(admin(&data, &["code", "list"]).await, "");
}

#[tokio::test]
async fn backup_of_a_running_server_is_complete() {
    let server = TestServer::start().await;
    let token = server.account("Ann").await;
    let mut ann = Client::enter(server.address, &token, "lobby").await;
    ann.chat("hello", "n1").await;
    let said = ann.line().await;
    let folder = TempDir::new().expect("a folder");
    let copy = folder.path().join("confab.sqlite");
    let copy = copy.to_str().expect("a path");
    admin(&server.data(), &["backup", copy]).await;
    let again = ["admin", "--data", &server.data(), "backup", copy];
    assert_one_clear_line(&mut confab(&again), &["cannot write the copy", "not exist yet"]).await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(copy).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let restored = TestServer::with(|config| config.data = folder.path().to_owned()).await;
    let back = Client::enter(restored.address, &token, "lobby").await;
    let kept: Vec<_> = back
        .welcome
        .messages
        .iter()
        .filter_map(|message| Some((message.clone(), text_of(message)?)))
        .collect();
    assert_eq!(kept, [said]);
}

#[tokio::test]
async fn errors_are_one_clear_line() {
    let server = TestServer::start().await;
    server.account("Ann").await;
    let data = server.data();
    for (arguments, words) in [
        (&["user", "disable", "Bea"][..], "no account named \"Bea\""),
        (&["user", "add", "ANN"], "Choose another name"),
        (&["user", "add", "<b>"], "letters and digits"),
        (&["code", "revoke", "7"], "no code with number 7"),
    ] {
        let all: Vec<&str> = ["admin", "--data", &data]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        assert_one_clear_line(&mut confab(&all), &[words]).await;
    }
    let nowhere = ["admin", "--data", "/nowhere", "user", "list"];
    assert_one_clear_line(&mut confab(&nowhere), &["no database in /nowhere", "--data"]).await;
}
