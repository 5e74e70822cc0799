//! A person, and the page that they have open: a core, and what the browser round it holds.

use std::collections::BTreeMap;
use std::time::Duration;

use call_core::{Core, HeldSeat, KeptChat, MediaError, RequestId, ScreenError, Timer};
use protocol::ParticipantId;

use crate::browser::Browser;

/// A person, and the page that they have open.
#[derive(Default)]
pub struct Person {
    /// The page's core.
    pub core: Core,
    /// Its connections with others.
    pub browser: Browser,
    /// Whether the camera and the microphone are on.
    pub open_devices: (bool, bool),
    /// How often the microphone is measured, if it is.
    pub metered: Option<Duration>,
    /// Of which request the browser captures the screen now.
    pub screen: Option<RequestId>,
    /// Why camera and microphone are not to be had.
    pub devices_fail: Option<MediaError>,
    /// Why no screen comes of the browser's dialog for screens.
    pub screen_fails: Option<ScreenError>,
    pub(crate) name: String,
    /// Until when no socket of theirs comes to the server.
    pub(crate) offline_until: u64,
    /// Grows when the page is loaded anew: what was for the one before is lost.
    pub(crate) number: u64,
    /// Its newest socket.
    pub(crate) socket: Option<usize>,
    /// The timers that run, and which start of each is the last.
    pub(crate) timers: BTreeMap<Timer, u64>,
    /// What lies in the tab's storage.
    pub(crate) seat: Option<HeldSeat>,
    /// What lies in the browser's storage of the chat.
    pub(crate) chat: KeptChat,
    /// Who the user is, as the last welcome said.
    pub(crate) you: Option<ParticipantId>,
    /// The newest request for a screen that the browser has a dialog for.
    pub(crate) screen_awaited: Option<RequestId>,
    /// When the last of its browser's reports arrives.
    pub(crate) reported: u64,
}
