//! PROTOCOL.md is true: each of its blocks is parsed with the types of this crate, and it leaves nothing out.

use protocol::http::{
    AccountEnd, Credentials, IceServers, NewAccount, NewGuest, PasswordChange, Refusal, ServerInfo,
    SessionInfo, SignedIn,
};
use protocol::{ChatEntry, ClientMessage, ErrorCode, Parcel, ServerMessage, Signal};
use serde::de::DeserializeOwned;
use serde_json::Value;

const DOCUMENT: &str = include_str!("../../../PROTOCOL.md");

/// The blocks of the document with what is said of each behind its opening fence.
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

/// The words that a type knows, as it lists them when it meets one that it does not.
fn known_words<T: DeserializeOwned>(unknown: &str) -> Vec<String> {
    let Err(error) = serde_json::from_str::<T>(unknown) else {
        unreachable!("no such word")
    };
    let error = error.to_string();
    let list = error.split("expected one of ").nth(1).expect("the words");
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_block_is_what_it_says_it_is() {
    for (kind, block) in blocks() {
        match kind.as_str() {
            "client" => parse::<ClientMessage>(&block),
            "server" => parse::<ServerMessage>(&block),
            "parcel" => parse::<Parcel>(&block),
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
            other => panic!("a block of an unknown kind: {other}"),
        }
    }
}

#[test]
fn every_message_signal_and_entry_has_its_block() {
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
            assert!(shown.contains(&word), "PROTOCOL.md has no block of {word}");
        }
    }
}

#[test]
fn every_error_code_is_in_the_table_and_no_other() {
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
