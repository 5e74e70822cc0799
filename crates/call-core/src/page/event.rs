//! Events of the page, its window and its network.

use protocol::RoomName;
use protocol::http::SignedIn;

use crate::{DeviceChoices, HeldSeat};

/// An event of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageEvent {
    /// The page opened.
    Started(Box<Startup>),
    /// The user went back or forward to another path of the app.
    PathChanged(String),
    /// The page was hidden (`true`) or shown.
    Hidden(bool),
    /// Videos of the page may be seen while it is hidden (`true`), in a window of the browser (picture-in-picture).
    SeenOutside(bool),
    /// The window got (`true`) or lost the focus; without focus the page may still be visible.
    Focused(bool),
    /// The device's processor reached its limit (`true`), or is below it again; `false` until it is reported.
    ProcessorBusy(bool),
    /// The page is being closed, left or reloaded.
    Closing,
    /// The browser is online again.
    WentOnline,
    /// The network may have changed, or only its quality.
    NetworkChanged,
}

/// State of the page when it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Startup {
    /// Path in the address bar.
    pub path: String,
    /// Session of an earlier visit.
    pub session: Option<SignedIn>,
    /// Room of an earlier visit.
    pub room: Option<RoomName>,
    /// Seat that this tab held before a reload.
    pub seat: Option<HeldSeat>,
    /// Device choices of earlier visits.
    pub devices: DeviceChoices,
}
