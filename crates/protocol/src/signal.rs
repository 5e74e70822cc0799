//! Signals that two peers exchange, through the server, which does not parse them, or over their data channel.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::limits::{CANDIDATE_BYTES, DESCRIPTION_BYTES};
use crate::{ParticipantId, Source};

/// Envelope of a signal, with a sequence number and a cumulative ack; without a signal it is a bare ack.
///
/// Sent over every open transport and retransmitted until acked; the sequence number makes the receiver
/// process each signal once and in order.
///
/// Any JSON value parses as an envelope: absent or unreadable fields are 0 or `None`, so a malformed one has no effect.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct SignalEnvelope {
    /// Sequence number of the signal within the sender's epoch, from 1; 0 without a signal, or with a momentary one.
    pub number: u32,
    /// Cumulative ack: the highest contiguous sequence number received from the other end; 0 for none.
    pub seen: u32,
    /// The signal; `None` for a bare ack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signal: Option<Signal>,
}

impl<'de> Deserialize<'de> for SignalEnvelope {
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

/// A message from peer to peer about their connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// An offer or an answer (JSEP, RFC 9429).
    Description(SessionDescription),
    /// An ICE candidate (trickle ICE, RFC 8838); an empty candidate means the end of candidates.
    Candidate(IceCandidate),
    /// What the sender currently sends, so that the other end shows video, or a name in its place.
    Media {
        /// Whether the camera sends video.
        camera: bool,
        /// Whether the microphone sends audio.
        microphone: bool,
        /// Whether a screen is shared beside the camera; `false` if absent.
        #[serde(default)]
        screen: bool,
        /// Videos of these that are held back although the recipient shows them, as the network does not carry them;
        /// none if absent.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        paused: Vec<Source>,
    },
    /// The sender's connectivity report: the group call members whose media it receives, and those whose
    /// media is missing. Members in neither list are not known yet.
    Hears {
        /// Media arrives from these, or they send none.
        heard: Vec<ParticipantId>,
        /// Nothing arrives from these although they send.
        missed: Vec<ParticipantId>,
    },
    /// A source that the recipient sends does not play at the sender's end.
    Refresh {
        /// The source that does not play.
        source: Source,
        /// What the recipient should do about it.
        how: Refresh,
    },
    /// Whether the sender is speaking, for a mark on its tile; `false` until told. Sent over the data channel only, and
    /// [momentary](Self::is_momentary).
    Speaking {
        /// Whether the sender is speaking.
        speaking: bool,
    },
    /// How large the sender shows the recipient's videos, in lines (device pixels along the shorter side): more need not
    /// be sent, and nothing for 0. Full size until told. Sent over the data channel only, and
    /// [momentary](Self::is_momentary).
    Shown {
        /// Lines of the camera's video.
        camera: u32,
        /// Lines of the shared screen.
        screen: u32,
    },
    /// A signal that this version does not know or cannot parse: acked and ignored. Never sent.
    #[serde(skip_deserializing)]
    Unknown {},
}

/// What to do about a source that does not play at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refresh {
    /// Send a key frame.
    KeyFrame,
    /// Remove the track from its sender and set it again (`replaceTrack`).
    Track,
}

impl Signal {
    /// Whether the signal is within the limits of what may be passed to a browser; checked by the receiving end.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        match self {
            Self::Description(description) => description.sdp.len() <= DESCRIPTION_BYTES,
            Self::Candidate(candidate) => candidate.text_bytes() <= CANDIDATE_BYTES,
            Self::Media { .. }
            | Self::Hears { .. }
            | Self::Refresh { .. }
            | Self::Speaking { .. }
            | Self::Shown { .. }
            | Self::Unknown {} => true,
        }
    }

    /// Whether the signal is about the moment only: it has no sequence number, and is neither acknowledged nor
    /// retransmitted.
    #[must_use]
    pub fn is_momentary(&self) -> bool {
        match self {
            Self::Speaking { .. } | Self::Shown { .. } => true,
            Self::Description(_)
            | Self::Candidate(_)
            | Self::Media { .. }
            | Self::Hears { .. }
            | Self::Refresh { .. }
            | Self::Unknown {} => false,
        }
    }
}

/// An SDP text with its type, as `RTCSessionDescription` has them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SessionDescription {
    /// Offer or answer.
    #[serde(rename = "type")]
    pub sdp_type: SdpType,
    /// The SDP (RFC 8866).
    pub sdp: String,
}

/// The type of a session description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SdpType {
    /// Proposes a session.
    Offer,
    /// Accepts a proposed session.
    Answer,
}

/// An ICE candidate, with the fields of `RTCIceCandidate.toJSON()`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IceCandidate {
    /// The candidate attribute; empty for the end of candidates.
    pub candidate: String,
    /// The media section it belongs to, by `mid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdp_mid: Option<String>,
    /// The media section it belongs to, by index.
    #[serde(default, rename = "sdpMLineIndex", skip_serializing_if = "Option::is_none")]
    pub sdp_m_line_index: Option<u16>,
    /// The ICE generation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username_fragment: Option<String>,
}

impl IceCandidate {
    /// Returns the length of all strings together, in bytes.
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
            let envelope: SignalEnvelope =
                serde_json::from_str(&format!(r#"{{"number":3,"seen":2,"signal":{signal}}}"#))
                    .expect("an envelope");
            let expected = SignalEnvelope {
                number: 3,
                seen: 2,
                signal: Some(Signal::Unknown {}),
            };
            assert_eq!(envelope, expected, "{signal}");
        }
    }

    #[test]
    fn malformed_envelope_is_empty() {
        for text in [
            "7",
            "[]",
            "null",
            "{}",
            r#"{"number":-1,"seen":"x","signal":null}"#,
        ] {
            let envelope: SignalEnvelope = serde_json::from_str(text).expect("an envelope");
            assert_eq!(envelope, SignalEnvelope::default(), "{text}");
        }
    }

    #[test]
    fn descriptions_and_candidates_have_their_own_limits() {
        assert!(description(DESCRIPTION_BYTES).is_bounded());
        assert!(!description(DESCRIPTION_BYTES + 1).is_bounded());
        assert!(candidate(CANDIDATE_BYTES - 257, 256).is_bounded());
        assert!(!candidate(CANDIDATE_BYTES - 256, 256).is_bounded());
        assert!(
            !candidate(0, CANDIDATE_BYTES).is_bounded(),
            "whichever string is too long"
        );
    }
}
