//! The protocol between Confab's clients and its server.
//!
//! Everything that both ends must agree on and nothing else: the messages by direction ([`ClientMessage`],
//! [`ServerMessage`]), the bodies of the HTTP API ([`http`]), ids, names, error codes and limits. `PROTOCOL.md` at
//! the top of the repository is the same contract in prose, and a test parses each of its examples with these types.
//!
//! Messages are JSON objects with exactly one key, the message's name in kebab-case, whose value holds the
//! fields: `{"invite":{"to":7}}`. This form parses without look-ahead, so the server can relay a signal as
//! the raw JSON it received (see the type parameter of [`ClientMessage`]). Unknown fields are ignored, so
//! fields can be added without a new [`VERSION`].
//!
//! This crate does no I/O and reads no clock; it depends only on serde, thiserror and Unicode normalization
//! ([`unicode`]).

#![cfg_attr(not(test), warn(clippy::wildcard_enum_match_arm))]

mod chat;
mod client_message;
mod decode;
mod error_code;
pub mod http;
mod ice_url;
mod ids;
pub mod limits;
mod names;
pub mod password;
mod room;
mod server_message;
mod signal;
mod source;
#[cfg(any(test, fuzzing))]
pub mod trial;
pub mod unicode;

pub use chat::{ChatEntry, ChatMessage, says_nothing, without_controls};
pub use client_message::{ClientMessage, Hello};
pub use decode::decode;
pub use error_code::ErrorCode;
pub use ice_url::{IceScheme, IceTransport, IceUrl, IceUrlError};
pub use ids::{
    Epoch, InvitationId, MessageId, Nonce, ParticipantId, PassCode, PassId, SeatKey, SessionToken, UnixMillis,
};
pub use names::characters::{INSIDE, JOINERS};
pub use names::{NameError, RoomName, UserName, user_spelling};
pub use room::{Access, Ban, Pass, Role, RoomChanges, RoomSettings};
pub use server_message::{
    Invitation, InvitationOutcome, Link, LinkCloseReason, Participant, ServerMessage, Subject, Welcome,
};
pub use signal::{IceCandidate, Refresh, SdpType, SessionDescription, Signal, SignalEnvelope};
pub use source::Source;

/// The version of the protocol, which a client sends in its [`Hello`].
///
/// It changes when a message changes in a way that an older end would misunderstand.
pub const VERSION: u32 = 1;
