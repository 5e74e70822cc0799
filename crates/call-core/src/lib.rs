//! The mind of the app: pure machines that turn what a user wishes ([`Intent`]) and what happened ([`Event`])
//! into orders ([`Effect`]) and into what is shown ([`View`]).
//!
//! One contract: hand every input to [`Core::handle`] together with the [`Moment`] at which it came, carry out
//! the effects in order, show [`Core::view`], and only then hand in the next one.
//!
//! What is absent here, so that all of it can be tested in milliseconds: no browser, no Leptos, no async, no
//! clock and no randomness (both come in with the moment), and no errors: a failure is an event that leads to
//! a state and a notice. Every asynchronous result names what it belongs to (a request, a socket, or a peer
//! with an epoch), and what is stale by then is dropped.

#![cfg_attr(not(test), warn(clippy::wildcard_enum_match_arm))]

mod account;
mod act;
mod address;
mod capability;
mod chat;
mod core;
mod device;
mod devices;
mod effect;
mod entrance;
mod event;
mod figures;
mod grade;
mod guard;
mod guest;
mod ice;
mod intent;
mod invitation;
mod lab;
pub mod layout;
mod link;
mod listing;
mod measure;
mod media;
mod media_error;
mod mesh;
pub mod message_text;
mod meter;
mod moderation;
mod moment;
mod negotiation;
mod nesting;
mod notice;
mod on_event;
mod on_intent;
mod on_message;
mod place;
mod post;
mod pulse;
mod quality;
mod room;
mod roster;
mod rows;
mod sample;
mod screen;
mod show;
mod signaling;
mod source;
mod speaker;
mod stage;
mod stats;
mod ticket;
mod transport;
mod turn;
mod turned_away;
mod view;
mod volume;

pub use crate::core::{Core, Input};
pub use account::Deed;
pub use act::Act;
pub use capability::{Capabilities, Capability};
pub use chat::{ChatOwner, KeptChat, UnsentMessage, chat_chars};
pub use device::{
    ChosenDevice, Device, DeviceChoices, DeviceKind, DevicePick, Facing, ListedDevice, OpenDevice,
    TrackSettings,
};
pub use effect::{
    AlertOrder, ApiCall, DeviceOrder, Effect, HeldSeat, LabOrder, NoticeId, PageOrder, PeerOrder, RequestId,
    Ringing, ScreenOrder, SocketId, SocketOrder, StoreOrder, Timer,
};
pub use event::{
    ApiAnswer, ApiError, Beginning, ConnectionState, DeviceEvent, Event, LabEvent, PageEvent, PeerEvent,
    ScreenError, ScreenEvent, SignalingState, SocketEvent,
};
pub use intent::{
    AccountIntent, CallIntent, ChatIntent, DeviceIntent, DoorIntent, Entrance, Intent, LabIntent,
    NoticeIntent, RoomIntent, ScreenIntent, StageIntent,
};
pub use lab::{
    CandidateError, CandidateKind, CandidateView, CheckState, CheckView, End, Finding, FindingKind,
    GatheringState, IceState, Lab, LabView, LoopbackState, LoopbackView, Meaning, Outcome, Part, ProbeFact,
    ProbeId, ProbeView, Reason, RecordingState, Server, ServerRole, SetUpView, Severity, Standing, Step,
    TraceEntry, Trouble, Verdict, Why, findings,
};
pub use media_error::MediaError;
pub use moment::Moment;
pub use protocol::Source;
pub use sample::{Energy, Inbound, Kbps, Limit, Outbound, Path, Permille, Picture, Sample};
pub use stats::Record;
pub use transport::Transport;
pub use view::*;
