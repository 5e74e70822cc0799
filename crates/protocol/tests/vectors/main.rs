//! Test vectors: each JSON text parses to the value beside it, and each value serializes to its text.

mod values;

use protocol::{ClientMessage, ServerMessage, Signal};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use values::{client_messages, server_messages};

fn assert_both_ways<T>(vectors: &str, values: &[T])
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let vectors: Vec<Value> = serde_json::from_str(vectors).expect("a list of messages");
    assert_eq!(vectors.len(), values.len(), "one value for each vector");
    for (vector, value) in vectors.iter().zip(values) {
        let text = vector.to_string();
        assert_eq!(&protocol::decode::<T>(&text).expect(&text), value);
        assert_eq!(&serde_json::to_value(value).expect("JSON"), vector);
    }
}

/// Returns the names of all messages of a type, from serde's error for an unknown one.
fn known_names<T: DeserializeOwned>() -> Vec<String> {
    let Err(error) = serde_json::from_str::<T>(r#"{"no-such-message":{}}"#) else {
        unreachable!("no such message")
    };
    let error = error.to_string();
    let list = error.split("expected one of ").nth(1).expect("the names");
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn assert_complete<T: DeserializeOwned>(vectors: &str) {
    let vectors: Vec<Value> = serde_json::from_str(vectors).expect("a list of messages");
    for name in known_names::<T>() {
        assert!(
            vectors.iter().any(|vector| vector.get(&name).is_some()),
            "no vector for {name}"
        );
    }
}

const CLIENT: &str = include_str!("client-messages.json");
const SERVER: &str = include_str!("server-messages.json");

#[test]
fn client_messages_match_their_vectors() {
    assert_both_ways(CLIENT, &client_messages());
    assert_complete::<ClientMessage>(CLIENT);
}

#[test]
fn media_without_later_fields_shares_no_screen_and_pauses_nothing() {
    let said: Signal =
        protocol::decode(r#"{"media": {"camera": true, "microphone": true}}"#).expect("the older form");
    let expected = Signal::Media {
        camera: true,
        microphone: true,
        screen: false,
        paused: Vec::new(),
    };
    assert_eq!(said, expected);
}

#[test]
fn server_messages_match_their_vectors() {
    assert_both_ways(SERVER, &server_messages());
    assert_complete::<ServerMessage>(SERVER);
}
