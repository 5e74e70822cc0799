//! Checks PROTOCOL.md: each block parses as the type it names, and nothing is missing.

use protocol::http::{
    AccountEnd, Credentials, IceServers, NewAccount, NewGuest, PasswordChange, Refusal, ServerInfo,
    SessionInfo, SignedIn,
};
use protocol::{ChatEntry, ClientMessage, ErrorCode, ServerMessage, Signal, SignalEnvelope};
use serde::de::DeserializeOwned;
use serde_json::Value;

const DOCUMENT: &str = include_str!("../../../PROTOCOL.md");

/// The JSON blocks of the document, each as `(kind, body)`; the kind follows the opening fence.
fn blocks() -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = DOCUMENT.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```json ") {
            let body: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((kind.to_owned(), body.join("\n")));
        }
    }
    blocks
}

fn parse<T: DeserializeOwned>(block: &str) {
    if let Err(error) = serde_json::from_str::<T>(block) {
        panic!("{error} in\n{block}");
    }
}

/// Returns the variant names of a type, from serde's error for an unknown one.
fn known_words<T: DeserializeOwned>(unknown: &str) -> Vec<String> {
    let Err(error) = serde_json::from_str::<T>(unknown) else {
        unreachable!("no such word")
    };
    let error = error.to_string();
    let list = error.split("expected one of ").nth(1).expect("the words");
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_block_parses_as_its_type() {
    for (kind, block) in blocks() {
        match kind.as_str() {
            "client" => parse::<ClientMessage>(&block),
            "server" => parse::<ServerMessage>(&block),
            "envelope" => parse::<SignalEnvelope>(&block),
            "signal" => parse::<Signal>(&block),
            "entry" => parse::<ChatEntry>(&block),
            "http:Credentials" => parse::<Credentials>(&block),
            "http:ServerInfo" => parse::<ServerInfo>(&block),
            "http:NewAccount" => parse::<NewAccount>(&block),
            "http:NewGuest" => parse::<NewGuest>(&block),
            "http:PasswordChange" => parse::<PasswordChange>(&block),
            "http:AccountEnd" => parse::<AccountEnd>(&block),
            "http:SignedIn" => parse::<SignedIn>(&block),
            "http:SessionInfo" => parse::<SessionInfo>(&block),
            "http:IceServers" => parse::<IceServers>(&block),
            "http:Refusal" => parse::<Refusal>(&block),
            other => panic!("unknown kind of block: {other}"),
        }
    }
}

#[test]
fn every_message_signal_and_entry_has_a_block() {
    let unknown = r#"{"no-such-word":{}}"#;
    let shown = |kind: &str| -> Vec<String> {
        let blocks = blocks().into_iter().filter(|(of, _)| of == kind);
        let keys = blocks.filter_map(|(_, block)| match serde_json::from_str(&block) {
            Ok(Value::Object(fields)) => fields.keys().next().cloned(),
            _ => None,
        });
        keys.collect()
    };
    let mut entries = shown("entry");
    entries.push("text".to_owned()); // shown inside the chat message
    for (words, shown) in [
        (known_words::<ClientMessage>(unknown), shown("client")),
        (known_words::<ServerMessage>(unknown), shown("server")),
        (known_words::<Signal>(unknown), shown("signal")),
        (known_words::<ChatEntry>(unknown), entries),
    ] {
        for word in words {
            assert!(shown.contains(&word), "PROTOCOL.md has no block for {word}");
        }
    }
}

#[test]
fn error_table_lists_exactly_the_error_codes() {
    let table: Vec<_> = DOCUMENT
        .split("## Error codes")
        .nth(1)
        .and_then(|rest| rest.split("## Limits").next())
        .expect("the table")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    assert_eq!(known_words::<ErrorCode>(r#""no-such-word""#), table);
}
