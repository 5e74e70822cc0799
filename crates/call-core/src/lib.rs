//! The core of the app: pure state machines that turn user intents ([`Intent`]) and events ([`Event`]) into
//! effects ([`Effect`]) and a view of the state ([`View`]).
//!
//! The contract: pass every input to [`Core::handle`] with the [`Moment`] at which it came, execute the
//! effects in order, show [`Core::view`], and only then pass the next input.
//!
//! So that tests take milliseconds, the crate has no browser, no Leptos, no async, no clock and no randomness
//! (both are passed in as the moment), and no errors: a failure is an event that leads to a state and a notice.
//! Every asynchronous result names what it belongs to (a request, a socket, or a peer with an epoch), and stale
//! results are dropped.

#![cfg_attr(not(test), warn(clippy::wildcard_enum_match_arm))]

mod account;
mod api;
mod call;
mod chat;
mod conference;
mod core;
mod door;
mod effect;
mod event;
mod ice;
mod intent;
mod invitation;
mod lab;
mod link;
mod media;
mod moderation;
mod moment;
mod nesting;
mod notice;
mod page;
mod quality;
mod room;
mod screen;
mod signaling;
mod stage;
mod store;
mod timer;
mod tracked;
mod turn;
mod uplink;

pub use crate::core::{Core, Input, View};
pub use account::{AccountAction, AccountIntent, AccountView};
pub use api::{ApiAnswer, ApiCall, ApiError, RequestId};
pub use call::{CallIntent, CallView};
pub use chat::message_text;
pub use chat::{
    ChatBody, ChatIntent, ChatKey, ChatLine, ChatOwner, ChatView, Delivery, KeptChat, UnsentMessage,
    chat_chars,
};
pub use conference::MissingPairView;
pub use door::{DoorIntent, FormError, SignInForm};
pub use effect::Effect;
pub use event::Event;
pub use ice::Transport;
pub use intent::Intent;
pub use invitation::{AlertOrder, InvitationView, InvitationsView, Ringing};
pub use lab::{
    CandidateError, CandidateKind, CandidateView, Capabilities, Capability, CheckState, CheckView, End,
    Finding, FindingKind, GatheringState, IceState, Lab, LabEvent, LabIntent, LabOrder, LabView,
    LoopbackState, LoopbackView, Meaning, Outcome, Part, ProbeFact, ProbeId, ProbeView, Reason,
    RecordingState, Server, ServerRole, SetUpView, Severity, Standing, Step, TraceEntry, Trouble, Verdict,
    Why, findings,
};
pub use link::{
    ConnectionState, LinkTrouble, NewConnection, PeerEvent, PeerOrder, SignalingState, StallView, TileState,
    TileView,
};
pub use media::{
    BySystem, ChosenDevice, Device, DeviceChoices, DeviceEvent, DeviceIntent, DeviceKind, DeviceOrder,
    DevicePick, DeviceView, Facing, ListedDevice, MediaError, MediaView, OpenDevice, SelectedDevices,
    TrackSettings,
};
pub use moderation::{ModerationAction, ModerationView, NewcomerView};
pub use moment::Moment;
pub use notice::{Notice, NoticeBody, NoticeIntent, Remedy};
pub use page::{PageEvent, PageOrder, PageView, Startup, early_page};
pub use protocol::Source;
pub use quality::{
    Cause, Grade, Inbound, Kbps, Limit, Outbound, Path, Permille, Picture, QualityDetails, QualityPoint,
    QualityView, Record, Sample, StreamView,
};
pub use room::{PersonState, PersonView, RoomIntent};
pub use screen::{ScreenError, ScreenEvent, ScreenIntent, ScreenOrder, ScreenView};
pub use signaling::{SocketEvent, SocketId, SocketOrder};
pub use stage::layout;
pub use stage::{Energy, SpeakingView, StageIntent, StageView, TileKey};
pub use store::{HeldSeat, StoreOrder};
pub use timer::{NoticeId, Timer};
pub use uplink::{Encoding, Video};
