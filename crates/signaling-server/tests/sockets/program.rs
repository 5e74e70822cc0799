//! The program itself: what it prints, how it ends, and what survives when it is killed.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Output, Stdio};

use protocol::http::{Credentials, SignedIn};
use protocol::{ClientMessage, ServerMessage, SessionToken};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::client::{Client, text_of};
use crate::http::{request, signed};
use crate::server::{PASSWORD, PATIENCE};

pub fn confab(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_confab"));
    command.args(arguments).kill_on_drop(true);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CONFAB_")) {
        command.env_remove(name);
    }
    command
}

/// Starts the program on a folder and waits until it is ready.
async fn start(data: &Path) -> (Child, SocketAddr) {
    start_with(data, "127.0.0.1:0", &[]).await
}

/// The same, at an address and with other settings.
pub async fn start_with(data: &Path, listen: &str, settings: &[&str]) -> (Child, SocketAddr) {
    let data = data.to_str().expect("a path");
    let mut child = confab(&["--listen", listen, "--data", data, "--log", "warn"])
        .args(settings)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let address = ready(&mut child).await;
    (child, address)
}

/// Waits until the program prints that it is ready, and returns its address.
pub async fn ready(child: &mut Child) -> SocketAddr {
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let line = tokio::time::timeout(PATIENCE, lines.next_line())
        .await
        .expect("in time")
        .expect("readable");
    let line = line.expect("a line");
    let port = line
        .strip_prefix("Confab is ready: open http")
        .map(|rest| rest.trim_start_matches('s'))
        .and_then(|rest| rest.strip_prefix("://localhost:"))
        .expect(&line);
    SocketAddr::from(([127, 0, 0, 1], port.parse().expect("a port")))
}

/// Runs the program to its end. Returns its output, and the text on standard error.
pub async fn run(command: &mut Command) -> (Output, String) {
    let ending = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output();
    let output = tokio::time::timeout(PATIENCE, ending)
        .await
        .expect("it ends")
        .expect("it starts");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    (output, errors)
}

pub async fn assert_one_clear_line(command: &mut Command, words: &[&str]) {
    let (output, errors) = run(command).await;
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(!errors.contains("panicked"), "{errors}");
    for word in words {
        assert!(errors.contains(word), "{word} in {errors}");
    }
}

#[tokio::test]
async fn acknowledged_data_survives_a_kill() {
    let folder = TempDir::new().expect("a folder");
    let (mut child, address) = start(folder.path()).await;
    let credentials = Credentials {
        name: "Ann".to_owned(),
        password: PASSWORD.to_owned(),
    };
    let body = serde_json::to_string(&credentials).expect("JSON");
    let made = request(address, "POST", "/api/accounts", &[], &body).await;
    let token = made.json::<SignedIn>().token.expect("a token");
    let mut ann = Client::enter(address, &token, "lobby").await;
    for n in 0..20 {
        ann.chat(&n.to_string(), &n.to_string()).await;
    }
    let mut heard = Vec::new();
    for _ in 0..20 {
        heard.push(ann.line().await);
    }
    child.kill().await.expect("killed");

    let (_child, address) = start(folder.path()).await;
    assert_eq!(signed(address, "GET", "/api/session", &token.0).await.status, 200);
    assert_eq!(
        request(address, "POST", "/api/sessions", &[], &body).await.status,
        200
    );
    let back = Client::enter(address, &token, "lobby").await;
    let kept: Vec<_> = back
        .welcome
        .messages
        .iter()
        .filter_map(|message| Some((message.clone(), text_of(message)?)))
        .collect();
    assert_eq!(kept, heard);
    assert!(back.id() > ann.id(), "ids are never used again");
}

/// Creates an account. Returns its token.
pub async fn account(address: SocketAddr, name: &str) -> SessionToken {
    let credentials = Credentials {
        name: name.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let body = serde_json::to_string(&credentials).expect("JSON");
    let made = request(address, "POST", "/api/accounts", &[], &body).await;
    made.json::<SignedIn>().token.expect("a token")
}

/// Kills the program the moment the last client was notified of the link: what a client knows is restored.
#[tokio::test]
async fn calls_survive_a_kill() {
    let folder = TempDir::new().expect("a folder");
    let (mut child, address) = start(folder.path()).await;
    let (mut ann, mut bea) = (
        Client::enter(address, &account(address, "Ann").await, "lobby").await,
        Client::enter(address, &account(address, "Bea").await, "lobby").await,
    );
    for kill in 0..3 {
        let epoch = if kill == 0 {
            ann.link(&mut bea).await
        } else {
            let (peer, epoch) = (bea.id(), ann.welcome.links[0].epoch);
            ann.say(ClientMessage::RestartLink { peer, epoch }).await;
            loop {
                let (_, opened) = ann.opened().await;
                if opened > epoch {
                    break opened;
                }
            }
        };
        child.kill().await.expect("killed");
        let (again, address) = start(folder.path()).await;
        child = again;
        let (before, key) = (ann.id(), ann.welcome.seat.clone());
        ann = Client::come_back(address, &ann.token, &key).await;
        assert!(ann.welcome.resumed, "kill {kill}");
        assert_eq!(ann.id(), before);
        let links: Vec<_> = ann.welcome.links.iter().map(|l| (l.peer, l.epoch)).collect();
        assert_eq!(links, [(bea.id(), epoch)]);
        let away = ann.welcome.participants.iter().filter(|p| p.away);
        assert_eq!(away.map(|p| p.id).collect::<Vec<_>>(), [bea.id()]);
        let key = bea.welcome.seat.clone();
        bea = Client::come_back(address, &bea.token, &key).await;
        assert!(bea.welcome.resumed);
        assert_eq!(ann.opened().await, (bea.id(), epoch));
        // A stolen disk does not reveal the key of a seat.
        let files = std::fs::read_dir(folder.path()).expect("a folder");
        let disk: Vec<String> = files
            .map(|file| {
                let read = std::fs::read(file.expect("a file").path()).expect("read");
                String::from_utf8_lossy(&read).into_owned()
            })
            .collect();
        assert!(disk.iter().all(|text| !text.contains(&key.0)));
        assert!(disk.iter().any(|text| text.contains("\"conference\":[")));
    }
    // No one was announced as having left.
    let said = ann.forget().await;
    assert!(
        !said
            .iter()
            .any(|said| matches!(said, ServerMessage::ParticipantLeft { .. })),
        "{said:?}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn sigterm_stops_it_cleanly() {
    let folder = TempDir::new().expect("a folder");
    let (mut child, address) = start(folder.path()).await;
    let mut raw = crate::client::Raw::open(address).await;
    let id = child.id().expect("it runs").to_string();
    let asked = Command::new("kill")
        .args(["-TERM", &id])
        .status()
        .await
        .expect("asked");
    assert!(asked.success());
    assert_eq!(raw.bye().await, Some(protocol::ErrorCode::ShuttingDown));
    let ended = tokio::time::timeout(PATIENCE, child.wait())
        .await
        .expect("in time")
        .expect("ended");
    assert_eq!(ended.code(), Some(0));
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .expect("the folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    assert!(
        !left.iter().any(|name| name.ends_with("-wal")),
        "the database was closed: {left:?}"
    );
}

#[tokio::test]
async fn startup_errors_are_one_clear_line() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().join("data");
    let data = data.to_str().expect("a path");
    let (_child, address) = start(Path::new(data)).await;
    let taken = address.to_string();
    assert_one_clear_line(
        &mut confab(&["--listen", &taken, "--data", data]),
        &["in use", "--listen"],
    )
    .await;
    assert_one_clear_line(
        &mut confab(&["--listen", "127.0.0.1:0", "--data", data]),
        &["in use by another Confab", "--data"],
    )
    .await;
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("written");
    let inside = file.join("data");
    let inside = inside.to_str().expect("a path");
    assert_one_clear_line(
        &mut confab(&["--listen", "127.0.0.1:0", "--data", inside]),
        &["cannot write to the data folder", "--data"],
    )
    .await;
}

#[tokio::test]
async fn json_log_names_no_user() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().to_str().expect("a path");
    let mut command = confab(&["--listen", "127.0.0.1:0", "--data", data, "--log-format", "json"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let address = ready(&mut child).await;
    let body = r#"{"name": "Ann", "password": "a wrong password"}"#;
    assert_eq!(
        request(address, "POST", "/api/sessions", &[], body).await.status,
        401
    );
    let id = child.id().expect("it runs").to_string();
    let asked = Command::new("kill").args(["-TERM", &id]).status();
    assert!(asked.await.expect("asked").success());
    let ended = tokio::time::timeout(PATIENCE, child.wait_with_output())
        .await
        .expect("in time");
    let log = String::from_utf8(ended.expect("ended").stderr).expect("text");
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect();
    assert!(lines.iter().any(|line| line["message"] == "stopping"), "{log}");
    assert!(
        !log.contains("127.0.0.1") && !log.contains("Ann") && !log.contains("password"),
        "{log}"
    );
}

#[tokio::test]
async fn mistakes_in_the_settings_are_named() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("confab.toml");
    let path = file.to_str().expect("a path");
    std::fs::write(&file, "lisen = \"127.0.0.1:0\"\n").expect("written");
    assert_one_clear_line(&mut confab(&["--config", path]), &[path, "unknown field `lisen`"]).await;
    assert_one_clear_line(
        &mut confab(&["--config", "/nowhere/confab.toml"]),
        &["cannot read the settings file"],
    )
    .await;
    assert_one_clear_line(
        confab(&[]).env("CONFAB_TURN", "turn:turn.example.org"),
        &["turn-secret", "a TURN server needs the secret"],
    )
    .await;
    assert_one_clear_line(
        &mut confab(&["--stun", "stun:127.0.0.1:9149?transport=udp"]),
        &["stun", "stun:127.0.0.1:9149?transport=udp", "no ?transport"],
    )
    .await;
}

#[tokio::test]
async fn help_names_flags_and_variables() {
    let (output, _) = run(&mut confab(&["--help"])).await;
    let help = String::from_utf8_lossy(&output.stdout).into_owned();
    for (flag, variable) in [
        ("--config", "CONFAB_CONFIG"),
        ("--listen", "CONFAB_LISTEN"),
        ("--data", "CONFAB_DATA"),
        ("--allowed-origins", "CONFAB_ALLOWED_ORIGINS"),
        ("--trusted-proxies", "CONFAB_TRUSTED_PROXIES"),
        ("--stun", "CONFAB_STUN"),
        ("--turn", "CONFAB_TURN"),
        ("--turn-secret", "CONFAB_TURN_SECRET"),
        ("--log", "CONFAB_LOG"),
        ("--log-format", "CONFAB_LOG_FORMAT"),
        ("--metrics-listen", "CONFAB_METRICS_LISTEN"),
        ("--metrics-token", "CONFAB_METRICS_TOKEN"),
    ] {
        assert!(
            help.contains(flag) && help.contains(variable),
            "{flag} {variable}\n{help}"
        );
    }
}

#[tokio::test]
async fn settings_are_printed_as_documented() {
    let (output, _) = run(&mut confab(&["settings"])).await;
    let page = String::from_utf8_lossy(&output.stdout);
    assert_eq!(page, include_str!("../../../../docs/settings.md"));
}

#[tokio::test]
async fn variable_without_effect_is_refused() {
    assert_one_clear_line(
        confab(&[]).env("CONFAB_TURN_TTL", "60"),
        &["turn-ttl", "settings file"],
    )
    .await;
}
