//! The two labs: what they show of devices, of a connection, of the servers.

use e2e::{Name, Outcome, Patience, Person, Reached, Server, Turn};
use tokio::time::Instant;

use crate::steps::{creates_account, leave_no_trouble};

/// An entry of the trace: seconds, and what is said after them.
struct Entry {
    seconds: f64,
    text: String,
}

/// The trace as it stands, each entry read.
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

/// An entry begins with its seconds, to the millisecond.
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

/// Where in the trace the first entry from a place on is that has these words.
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
async fn a_page_calls_itself_and_writes_down_each_step_in_order_and_in_time() -> Outcome {
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
    assert!(candidate < place(&trace, candidate, "Candidate of the other peer"));
    assert!(place(&trace, 0, "ICE connection state: checking") < at);
    assert!(
        trace.iter().any(|entry| entry.text.contains("320 × 240")),
        "the size of the picture is told"
    );
    assert!(
        trace.is_sorted_by(|one, next| one.seconds <= next.seconds),
        "time goes forward"
    );
    let last = trace.last().map_or(0.0, |entry| entry.seconds);
    assert!(
        last - called <= began.elapsed().as_secs_f64(),
        "no step takes longer than all of it"
    );
    let set_up = &trace[place(&trace, 0, "Set-up time")];
    let millis: f64 = set_up
        .text
        .split_whitespace()
        .find_map(|word| word.parse().ok())
        .unwrap_or_default();
    let connected = (set_up.seconds - called) * 1000.0;
    assert!(
        (millis - connected).abs() <= 50.0,
        "{millis} ms told, {connected} ms by the trace"
    );

    ann.button("Hang up").click().await?;
    ann.list("Trace").says("Hung up").await?;
    ann.has_open_connections(0).await?;
    ann.has_live_tracks("video", 0).await?;
    ann.has_live_tracks("audio", 0).await?;
    leave_no_trouble(&[&ann]).await
}

/// What the check finds of a server that hands out this relay with this secret: the findings, and a row for each transport.
async fn checks(turn: &Turn, secret: &str) -> Outcome<(String, Vec<String>)> {
    let server = Server::start_with(&turn.settings_with(secret)).await?;
    let ann = Person::arrives("Ann", &server.url()).await?;
    ann.goes_to("room/tea").await?;
    creates_account(&ann).await?;
    ann.button("Test my connection").click().await?;
    ann.button("Test servers").click().await?;
    ann.thing(&["status"], Name::Any)
        .within(ann.thing(&["region"], "STUN and TURN servers"))
        .patiently(Patience::seconds(40))
        .says("All servers have been tested.")
        .await?;
    let findings = ann.list("Findings").texts().await?.join(" ");
    let rows = ann
        .thing(&["row"], Name::Any)
        .within(ann.thing(&["table"], "Servers"))
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
async fn the_check_of_the_servers_is_right_about_good_ones_wrong_secrets_silence_and_blocked_udp() -> Outcome
{
    let good = Turn::start(Reached::ByUdpAndTcp).await?;
    let no_udp = Turn::start(Reached::ByTcp).await?;
    let mut down = Turn::start(Reached::ByUdpAndTcp).await?;
    down.kill9();
    let (works, wrong, silent, blocked) = tokio::try_join!(
        checks(&good, Turn::SECRET),
        checks(&good, "another secret"),
        checks(&down, Turn::SECRET),
        checks(&no_udp, Turn::SECRET),
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
