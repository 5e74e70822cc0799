//! Properties that hold for any text parsed as a message or a name; run by proptest here and by libFuzzer in `fuzz/`.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{
    ClientMessage, ErrorCode, IceUrl, RoomName, ServerMessage, SignalEnvelope, UserName, decode,
    says_nothing, without_controls,
};

/// Parses a text in every possible way.
///
/// # Panics
///
/// If a parsed value does not survive a round trip.
pub fn run(text: &str) {
    let client = both_ways::<ClientMessage>(text);
    both_ways::<ServerMessage>(text);
    both_ways::<SignalEnvelope>(text);
    if let Some(ClientMessage::Hello(hello)) = client {
        let _ = RoomName::parse(&hello.room);
    }
    if let Ok(url) = text.parse::<IceUrl>() {
        assert_eq!(url.to_string().parse::<IceUrl>().as_ref(), Ok(&url));
    }
    let line = without_controls(text.to_owned());
    assert_eq!(
        says_nothing(&line),
        says_nothing(text),
        "removed characters must be invisible"
    );
    assert_eq!(without_controls(line.clone()), line);
    if let Ok(name) = UserName::parse(text) {
        assert_eq!(UserName::parse(name.as_str()).as_ref(), Ok(&name));
        assert!(!says_nothing(name.as_str()), "invisible name");
    }
    if let Ok(name) = RoomName::parse(text) {
        assert_eq!(RoomName::parse(name.as_str()).as_ref(), Ok(&name));
        assert!(!says_nothing(name.as_str()), "invisible name");
    }
}

fn both_ways<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) -> Option<T> {
    match decode::<T>(text) {
        Ok(message) => {
            let written = serde_json::to_string(&message).expect("parsed messages serialize");
            let again = decode::<T>(&written).expect(&written);
            assert_eq!(again, message, "{written}");
            Some(message)
        }
        Err(ErrorCode::UnknownMessage | ErrorCode::MalformedMessage) => None,
        Err(code) => panic!("{code:?} for a text"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    fn vectors() -> Vec<String> {
        let all = [
            include_str!("../tests/vectors/client-messages.json"),
            include_str!("../tests/vectors/server-messages.json"),
        ];
        let lists = all.map(|text| serde_json::from_str::<Vec<Value>>(text).expect("a list of messages"));
        lists.concat().iter().map(Value::to_string).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

        #[test]
        fn mutated_vector_round_trips(
            vector in proptest::sample::select(vectors()),
            (from, length) in (any::<proptest::sample::Index>(), 0..12_usize),
            filling in prop_oneof![".{0,8}", "[0-9eE.+-]{0,24}", r#"["{}\[\]:,\\u0-9a-f]{0,12}"#],
        ) {
            let mut text: Vec<char> = vector.chars().collect();
            let from = from.index(text.len() + 1);
            let to = (from + length).min(text.len());
            text.splice(from..to, filling.chars());
            super::run(&text.into_iter().collect::<String>());
        }

        #[test]
        fn any_text_round_trips(text in any::<String>()) {
            super::run(&text);
        }
    }
}
