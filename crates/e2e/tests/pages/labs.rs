//! The connection test: the trace of a call within the page, and the check of STUN and TURN servers.

use e2e::{Name, Outcome, Patience, Person, Server, TurnServer, TurnTransports};
use tokio::time::Instant;

use e2e::steps::{creates_account, have_no_errors_or_foreign_requests};

/// An entry of the trace: its time in seconds, and the text after it.
struct Entry {
    seconds: f64,
    text: String,
}

/// Reads the trace as it stands.
async fn trace(person: &Person) -> Outcome<Vec<Entry>> {
    let lines = "[...document.querySelectorAll('[role=log] p')].map((line) => line.textContent)";
    let lines = person.evaluate(lines).await?;
    let texts = lines
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|line| line.as_str());
    Ok(texts.map(entry).collect())
}

/// Parses an entry, which begins with its seconds, to the millisecond.
fn entry(text: &str) -> Entry {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = words.first().map_or("", |word| word.trim_end_matches('s'));
    assert_eq!(
        number.split_once('.').map(|(_, part)| part.len()),
        Some(3),
        "no milliseconds: {text}"
    );
    Entry {
        seconds: number.parse().unwrap_or_else(|error| panic!("{error}: {text}")),
        text: words[1..].join(" "),
    }
}

/// Index of the first entry from `from` on that contains these words.
fn place(trace: &[Entry], from: usize, words: &str) -> usize {
    let all = || {
        trace
            .iter()
            .map(|entry| &*entry.text)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let found = trace[from..].iter().position(|entry| entry.text.contains(words));
    from + found.unwrap_or_else(|| panic!("no {words:?} from {from} on in:\n{}", all()))
}

#[tokio::test]
async fn connection_test_traces_each_step_in_order() -> Outcome {
    let server = Server::start().await?;
    let ann = Person::arrives("Ann", &server.url()).await?;
    ann.button("Test my connection").click().await?;
    ann.heading("Test my connection").is_shown().await?;
    ann.button("Start").click().await?;
    ann.sees_video_in(&ann.tile("Local peer"), "Ann").await?;
    let began = Instant::now();
    ann.button("Call").click().await?;
    ann.sees_video_in(&ann.tile("Remote peer"), "Ann").await?;
    ann.list("Trace").says("First frame").await?;
    ann.has_open_connections(2).await?;

    let trace = trace(&ann).await?;
    let mut at = place(&trace, 0, "Call");
    let called = trace[at].seconds;
    for step in [
        "RTCPeerConnection created",
        "setLocalDescription started: offer",
        "setLocalDescription done: offer",
        "Sent to the other peer: offer",
        "setRemoteDescription started: offer",
        "setRemoteDescription done: offer",
        "setLocalDescription started: answer",
        "setLocalDescription done: answer",
        "Sent to the other peer: answer",
        "setRemoteDescription started: answer",
        "setRemoteDescription done: answer",
        "Connection state: connected",
    ] {
        at = place(&trace, at, step) + 1;
    }
    let candidate = place(&trace, 0, "Candidate found: host");
    assert!(candidate < place(&trace, candidate, "Candidate from the other peer"));
    assert!(place(&trace, 0, "ICE connection state: checking") < at);
    assert!(
        trace.iter().any(|entry| entry.text.contains("320 × 240")),
        "the size of the video is shown"
    );
    assert!(
        trace.is_sorted_by(|one, next| one.seconds <= next.seconds),
        "times increase"
    );
    let last = trace.last().map_or(0.0, |entry| entry.seconds);
    assert!(
        last - called <= began.elapsed().as_secs_f64(),
        "no step takes longer than the call"
    );
    let set_up = &trace[place(&trace, 0, "Set-up time")];
    let millis: f64 = set_up
        .text
        .split_whitespace()
        .find_map(|note| note.parse().ok())
        .unwrap_or_default();
    let connected = (set_up.seconds - called) * 1000.0;
    assert!(
        (millis - connected).abs() <= 50.0,
        "{millis} ms shown, {connected} ms by the trace"
    );

    ann.button("Hang up").click().await?;
    ann.list("Trace").says("Hung up").await?;
    ann.has_open_connections(0).await?;
    ann.has_live_tracks("video", 0).await?;
    ann.has_live_tracks("audio", 0).await?;
    have_no_errors_or_foreign_requests(&[&ann]).await
}

/// Runs the check against a server that hands out this relay with this secret; returns the findings, and the
/// text of a row per transport.
async fn checks(turn: &TurnServer, secret: &str) -> Outcome<(String, Vec<String>)> {
    let server = Server::start_with(&turn.settings_with(secret)).await?;
    let ann = Person::arrives("Ann", &server.url()).await?;
    ann.goes_to("room/tea").await?;
    creates_account(&ann).await?;
    ann.button("Test my connection").click().await?;
    ann.button("Test servers").click().await?;
    ann.element(&["status"], Name::Any)
        .within(ann.element(&["region"], "STUN and TURN servers"))
        .patiently(Patience::seconds(40))
        .says("All servers have been tested.")
        .await?;
    let findings = ann.list("Findings").texts().await?.join(" ");
    let rows = ann
        .element(&["row"], Name::Any)
        .within(ann.element(&["table"], "Servers"))
        .texts()
        .await?;
    ann.has_open_connections(0).await?;
    Ok((findings, rows[1..].to_vec()))
}

fn assert_has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part:?} in: {text}");
    }
}

#[tokio::test]
async fn server_check_distinguishes_faults() -> Outcome {
    let good = TurnServer::start(TurnTransports::ByUdpAndTcp).await?;
    let no_udp = TurnServer::start(TurnTransports::ByTcp).await?;
    let mut down = TurnServer::start(TurnTransports::ByUdpAndTcp).await?;
    down.kill9();
    let (works, wrong, silent, blocked) = tokio::try_join!(
        checks(&good, TurnServer::SECRET),
        checks(&good, "another secret"),
        checks(&down, TurnServer::SECRET),
        checks(&no_udp, TurnServer::SECRET),
    )?;

    let (findings, rows) = works;
    assert_has(&findings, &["works over UDP, ", " ms.", "All servers work."]);
    assert_has(&rows[0], &["TURN, UDP", "Relay works", "ms"]);
    assert_has(&rows[1], &["TURN, TCP", "Relay works", "ms"]);
    assert_eq!(rows.len(), 2);

    let (findings, rows) = wrong;
    assert_has(&findings, &["No relay works.", "rejects the credentials (401)"]);
    assert!(rows.iter().all(|row| row.contains("401")), "{rows:?}");

    let (findings, rows) = silent;
    assert_has(&findings, &["No relay works.", "doesn't answer."]);
    assert!(!findings.contains("works over"), "{findings}");
    assert!(rows.iter().all(|row| row.contains("Doesn't answer")), "{rows:?}");

    let (findings, rows) = blocked;
    assert_has(&findings, &["UDP is blocked; relay over TCP works, ", " ms."]);
    assert_has(&rows[0], &["TURN, UDP", "Doesn't answer"]);
    assert_has(&rows[1], &["TURN, TCP", "Relay works"]);
    Ok(())
}
