//! What one peer tells another through the server, which never reads it, or past it.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::limits::{CANDIDATE_BYTES, DESCRIPTION_BYTES};
use crate::{ParticipantId, Source};

/// A signal on its way, or the mere word of how far the other end's signals have come.
///
/// It goes by every way that is open, and again until it is seen: its number makes sure that it counts once, and
/// in order.
///
/// Any JSON value reads as a parcel: what it does not say is 0 or absent, so a parcel that makes no sense tells nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Parcel {
    /// The signal's place among the sender's in this epoch, from 1 on; 0 without a signal.
    pub number: u32,
    /// The last number of the other end's signals of which none before it is missing; 0 for none.
    pub seen: u32,
    /// What is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signal: Option<Signal>,
}

impl<'de> Deserialize<'de> for Parcel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut value = Value::deserialize(deserializer)?;
        let number = |name: &str| {
            let number = value.get(name).and_then(Value::as_u64);
            number.and_then(|number| u32::try_from(number).ok())
        };
        let (number, seen) = (number("number"), number("seen"));
        let signal = value.get_mut("signal").map(Value::take);
        Ok(Self {
            number: number.unwrap_or_default(),
            seen: seen.unwrap_or_default(),
            signal: signal
                .filter(|signal| !signal.is_null())
                .map(|signal| serde_json::from_value(signal).unwrap_or(Signal::Unknown {})),
        })
    }
}

/// A message from peer to peer about their one connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// An offer or an answer (JSEP, RFC 9429).
    Description(SessionDescription),
    /// An ICE candidate, trickled (RFC 8838); the empty candidate says that there are no more.
    Candidate(IceCandidate),
    /// What the sender sends now, so that the other end shows a picture, or a name in its place.
    Media {
        /// The camera sends a picture.
        camera: bool,
        /// The microphone sends sound.
        microphone: bool,
        /// A screen is shared beside the camera; absent for no.
        #[serde(default)]
        screen: bool,
    },
    /// Whom of the conference the sender hears and sees, and whom not though they send; whoever is in neither is not
    /// known yet.
    Hears {
        /// Something arrives from these, or they send nothing.
        heard: Vec<ParticipantId>,
        /// From these nothing arrives.
        missed: Vec<ParticipantId>,
    },
    /// A source of the receiver's does not play at the sender's end, though it is sent.
    Refresh {
        /// Which.
        source: Source,
        /// What the receiver should do about it.
        how: Refresh,
    },
    /// What this version does not know, or cannot read: it counts as received, and is ignored. It is never sent.
    #[serde(skip_deserializing)]
    Unknown {},
}

/// What an end is asked to do about a source that does not play at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refresh {
    /// Send a key frame next.
    KeyFrame,
    /// Take the track from its sender and give it back (`replaceTrack`).
    Track,
}

impl Signal {
    /// Whether it is no longer than what may be handed to a browser; it is for the end that receives it to look.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        match self {
            Self::Description(description) => description.sdp.len() <= DESCRIPTION_BYTES,
            Self::Candidate(candidate) => candidate.text_bytes() <= CANDIDATE_BYTES,
            Self::Media { .. } | Self::Hears { .. } | Self::Refresh { .. } | Self::Unknown {} => true,
        }
    }
}

/// An SDP text with its type, as `RTCSessionDescription` has them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SessionDescription {
    /// Offer or answer.
    #[serde(rename = "type")]
    pub sdp_type: SdpType,
    /// The text (RFC 8866).
    pub sdp: String,
}

/// The part that a description plays in the exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SdpType {
    /// Proposes a session.
    Offer,
    /// Agrees to a proposed one.
    Answer,
}

/// A candidate, with the fields that `RTCIceCandidate.toJSON()` gives.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IceCandidate {
    /// The candidate attribute; empty for the end of candidates.
    pub candidate: String,
    /// The media section that it belongs to, by `mid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdp_mid: Option<String>,
    /// The media section that it belongs to, by index.
    #[serde(default, rename = "sdpMLineIndex", skip_serializing_if = "Option::is_none")]
    pub sdp_m_line_index: Option<u16>,
    /// The ICE generation that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username_fragment: Option<String>,
}

impl IceCandidate {
    /// The bytes of all its texts.
    fn text_bytes(&self) -> usize {
        let others = [&self.sdp_mid, &self.username_fragment];
        let others = others.into_iter().flatten().map(String::len);
        self.candidate.len() + others.sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn description(bytes: usize) -> Signal {
        Signal::Description(SessionDescription {
            sdp_type: SdpType::Offer,
            sdp: "v".repeat(bytes),
        })
    }

    fn candidate(text: usize, fragment: usize) -> Signal {
        Signal::Candidate(IceCandidate {
            candidate: "c".repeat(text),
            sdp_mid: Some("0".to_owned()),
            sdp_m_line_index: Some(0),
            username_fragment: Some("u".repeat(fragment)),
        })
    }

    #[test]
    fn unreadable_signal_is_unknown_and_keeps_its_number() {
        for signal in [
            r#"{"raise-hand":{"up":true}}"#,
            "{}",
            r#"{"description":{"type":"offer"}}"#,
            r#"{"media":{"camera":"yes","microphone":false}}"#,
            r#"{"refresh":{"source":"smell","how":"key-frame"}}"#,
            r#""hello""#,
            "7",
        ] {
            let parcel: Parcel =
                serde_json::from_str(&format!(r#"{{"number":3,"seen":2,"signal":{signal}}}"#))
                    .expect("a parcel");
            let expected = Parcel {
                number: 3,
                seen: 2,
                signal: Some(Signal::Unknown {}),
            };
            assert_eq!(parcel, expected, "{signal}");
        }
    }

    #[test]
    fn parcel_that_makes_no_sense_tells_nothing() {
        for text in [
            "7",
            "[]",
            "null",
            "{}",
            r#"{"number":-1,"seen":"x","signal":null}"#,
        ] {
            let parcel: Parcel = serde_json::from_str(text).expect("a parcel");
            assert_eq!(parcel, Parcel::default(), "{text}");
        }
    }

    #[test]
    fn a_description_and_a_candidate_have_bounds_of_their_own() {
        assert!(description(DESCRIPTION_BYTES).is_bounded());
        assert!(!description(DESCRIPTION_BYTES + 1).is_bounded());
        assert!(candidate(CANDIDATE_BYTES - 257, 256).is_bounded());
        assert!(!candidate(CANDIDATE_BYTES - 256, 256).is_bounded());
        assert!(
            !candidate(0, CANDIDATE_BYTES).is_bounded(),
            "whichever text it is"
        );
    }
}
