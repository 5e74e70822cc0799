//! A user and their open page: a core, and the state of its browser.

use std::collections::BTreeMap;
use std::time::Duration;

use call_core::{Core, HeldSeat, KeptChat, MediaError, RequestId, ScreenError, Timer};
use protocol::ParticipantId;

use crate::browser::Browser;

/// A user and their open page.
#[derive(Default)]
pub struct Person {
    /// The page's core.
    pub core: Core,
    /// The page's connections with peers.
    pub browser: Browser,
    /// Whether `(camera, microphone)` are on.
    pub open_devices: (bool, bool),
    /// The interval at which the microphone is metered, if it is.
    pub metered: Option<Duration>,
    /// The request of the current screen capture.
    pub screen: Option<RequestId>,
    /// The error with which opening camera and microphone fails, if it does.
    pub devices_fail: Option<MediaError>,
    /// The error with which the browser's screen dialog fails, if it does.
    pub screen_fails: Option<ScreenError>,
    pub(crate) name: String,
    /// Until when the user's sockets do not reach the server.
    pub(crate) offline_until: u64,
    /// Incremented when the page is reloaded; what was pending for the old page is dropped.
    pub(crate) number: u64,
    /// The page's newest socket.
    pub(crate) socket: Option<usize>,
    /// The running timers, each with the number of its last start.
    pub(crate) timers: BTreeMap<Timer, u64>,
    /// The seat in the tab's storage.
    pub(crate) seat: Option<HeldSeat>,
    /// The chat in the browser's storage.
    pub(crate) chat: KeptChat,
    /// The user's participant id, from the last `welcome`.
    pub(crate) you: Option<ParticipantId>,
    /// The newest request for which the browser shows a screen dialog.
    pub(crate) screen_awaited: Option<RequestId>,
    /// When the last of the browser's reports arrives.
    pub(crate) reported: u64,
}
