//! Decoding messages, with an error code for those that cannot be decoded.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::ErrorCode;

/// Decodes one message of type `T`: a [`crate::ClientMessage`] or a [`crate::ServerMessage`].
///
/// Fails with [`ErrorCode::UnknownMessage`] if the text has the form of a message but a name that `T` does
/// not know, and with [`ErrorCode::MalformedMessage`] otherwise.
pub fn decode<T: DeserializeOwned>(text: &str) -> Result<T, ErrorCode> {
    serde_json::from_str(text).map_err(|error| {
        let unknown = error.to_string().starts_with("unknown variant");
        if unknown && is_message(text) {
            ErrorCode::UnknownMessage
        } else {
            ErrorCode::MalformedMessage
        }
    })
}

/// Whether a text has the outer form of a message: an object with one key, whose value is an object.
fn is_message(text: &str) -> bool {
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => fields.len() == 1 && fields.values().all(Value::is_object),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClientMessage, ParticipantId};

    #[test]
    fn unknown_message_differs_from_malformed_message() {
        assert_eq!(
            decode::<ClientMessage>(r#"{"dance":{}}"#),
            Err(ErrorCode::UnknownMessage)
        );
        for text in [
            "",
            "[]",
            "7",
            r#""ping""#,
            r#"{"invite":{}}"#,
            r#"{"dance":7}"#,
            r#"{"ping":{},"leave":{}}"#,
        ] {
            assert_eq!(
                decode::<ClientMessage>(text),
                Err(ErrorCode::MalformedMessage),
                "{text}"
            );
        }
    }

    #[test]
    fn nesting_ten_thousand_deep_is_malformed() {
        let deep = 10_000;
        for text in [
            format!("{}{}", "[".repeat(deep), "]".repeat(deep)),
            format!(
                r#"{{"invite":{{"to":{}7{}}}}}"#,
                "[".repeat(deep),
                "]".repeat(deep)
            ),
        ] {
            assert_eq!(decode::<ClientMessage>(&text), Err(ErrorCode::MalformedMessage));
        }
    }

    #[test]
    fn unknown_fields_are_ignored() {
        assert_eq!(
            decode::<ClientMessage>(r#"{"invite":{"to":7,"mood":"good"}}"#),
            Ok(ClientMessage::Invite { to: ParticipantId(7) })
        );
    }
}
