//! The page, its window and its network.

use protocol::RoomName;
use protocol::http::SignedIn;

use crate::{DeviceChoices, HeldSeat};

/// What happened to the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageEvent {
    /// It opened.
    Started(Box<Beginning>),
    /// The user went back or forward to another path of the app.
    PathChanged(String),
    /// It went out of sight, or came back.
    Hidden(bool),
    /// Its window got the focus, or lost it: it may be seen beside another.
    Focused(bool),
    /// It is being closed, left for another one, or loaded anew.
    Closing,
    /// The browser has a network again.
    WentOnline,
    /// The browser's network may be another now, or only better or worse.
    NetworkChanged,
}

/// What the page knows when it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The path in the address bar.
    pub path: String,
    /// The session of an earlier visit.
    pub session: Option<SignedIn>,
    /// The room of an earlier visit.
    pub room: Option<RoomName>,
    /// The seat that this very page held before it was loaded anew.
    pub seat: Option<HeldSeat>,
    /// What the user chose of devices on earlier visits.
    pub devices: DeviceChoices,
}
