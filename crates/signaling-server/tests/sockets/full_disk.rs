//! A full disk: writes are refused, acknowledged data stays, and the server goes on.
//!
//! The system's limit on the size of files stands for the disk: a write beyond it fails as on a full one, and
//! it can be lifted while the program runs.

use std::path::Path;
use std::process::Stdio;

use protocol::http::SignedIn;
use protocol::{ChatEntry, ClientMessage, ErrorCode, Nonce, ServerMessage, Subject};
use tempfile::TempDir;
use tokio::process::Command;

use crate::client::{Client, text_of};
use crate::http::{request, signed};
use crate::program::ready;

/// The largest file, in KiB: the tables, and some minutes of chat.
const BOUND: &str = "600";
const ANN: &str = r#"{"name":"Ann","password":"correct horse"}"#;
const BEA: &str = r#"{"name":"Bea","password":"correct horse"}"#;

/// Returns the program with that limit. A write beyond it is an error, and does not kill the program.
fn bounded(data: &Path) -> Command {
    let mut command = Command::new("bash");
    let start = format!("trap '' XFSZ; ulimit -S -f {BOUND}; exec \"$0\" \"$@\"");
    command.args(["-c", &start, env!("CARGO_BIN_EXE_confab")]);
    command
        .args(["--listen", "127.0.0.1:0", "--log", "off"])
        .args(["--metrics-token", "secret", "--data"])
        .arg(data);
    command.stdout(Stdio::piped()).kill_on_drop(true);
    command
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn writes_are_refused_and_acknowledged_data_stays() {
    let folder = TempDir::new().expect("a folder");
    let mut child = bounded(folder.path()).spawn().expect("it starts");
    let address = ready(&mut child).await;
    let made = request(address, "POST", "/api/accounts", &[], ANN).await;
    let token = made.json::<SignedIn>().token.expect("a token");
    let mut ann = Client::enter(address, &token, "lobby").await;

    let text = "x".repeat(4000);
    let mut acknowledged = Vec::new();
    let refused = loop {
        let nonce = acknowledged.len().to_string();
        ann.chat(&text, &nonce).await;
        let answer = ann.expect(|said| match said {
            ServerMessage::Chat { message } if text_of(message).is_some() => Some(Ok(message.clone())),
            ServerMessage::Error { code, subject } => Some(Err((*code, subject.clone()))),
            _ => None,
        });
        match answer.await {
            Ok(message) => acknowledged.push(message),
            // Faster than the rate limit: sent again.
            Err((ErrorCode::RateLimited, _)) => {}
            Err(refused) => break (refused, nonce),
        }
    };
    let ((code, subject), nonce) = refused;
    assert_eq!(
        (code, subject),
        (ErrorCode::Internal, Some(Subject::Nonce(Nonce(nonce.clone()))))
    );
    assert!(!acknowledged.is_empty());
    let figures = signed(address, "GET", "/metrics", "secret").await.body;
    let refusals = "confab_refusals_total{code=\"internal\"} 1\n";
    assert!(figures.contains(refusals), "{figures}");
    let refused = request(address, "POST", "/api/accounts", &[], BEA).await;
    assert_eq!((refused.status, refused.code()), (500, ErrorCode::Internal));
    assert_eq!(request(address, "GET", "/healthz/live", &[], "").await.body, "ok");
    assert_eq!(signed(address, "GET", "/api/session", &token.0).await.status, 200);

    let id = child.id().expect("it runs").to_string();
    let lifted = Command::new("prlimit")
        .args(["--pid", &id, "--fsize=unlimited"])
        .status()
        .await;
    assert!(lifted.expect("prlimit of util-linux").success());
    assert_eq!(
        request(address, "POST", "/api/accounts", &[], BEA).await.status,
        201
    );
    ann.chat("there is room again", &nonce).await;
    let (last, _) = ann.line().await;
    acknowledged.push(last);

    child.kill().await.expect("killed");
    let mut child = bounded(folder.path());
    let mut child = child.spawn().expect("it starts again");
    let address = ready(&mut child).await;
    let mut back = Client::enter(address, &token, "lobby").await;
    let mut kept = back.welcome.messages.clone();
    let mut complete = back.welcome.history_complete;
    while !complete {
        let before = kept.first().expect("a page").id;
        back.say(ClientMessage::FetchHistory { before }).await;
        let (page, last) = back
            .expect(|said| match said {
                ServerMessage::History { messages, complete } => Some((messages.clone(), *complete)),
                _ => None,
            })
            .await;
        kept.splice(0..0, page);
        complete = last;
    }
    kept.retain(|message| matches!(message.entry, ChatEntry::Text { .. }));
    assert_eq!(kept, acknowledged);
}
