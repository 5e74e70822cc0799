//! What the shell shall do, by feature.

use std::time::Duration;

use protocol::{Epoch, ParticipantId};

use crate::nesting::from_features;
use crate::{
    AlertOrder, ApiCall, DeviceOrder, LabOrder, PageOrder, PeerOrder, RequestId, ScreenOrder, SocketOrder,
    StoreOrder, Timer,
};

/// An order to the shell. The shell carries them out in the order given.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Call the server over HTTP; answer with `ApiAnswered`.
    CallApi {
        /// To be named in the answer.
        request: RequestId,
        /// What to ask.
        call: ApiCall,
    },
    /// To the socket.
    Socket(SocketOrder),
    /// To the connection with a peer.
    Peer {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What to do.
        order: PeerOrder,
    },
    /// See how loud the microphones of all open connections are; answer with `LevelsMeasured`.
    MeasureLevels,
    /// Look at the statistics of all open connections; answer with `QualityMeasured` for each.
    MeasureQuality,
    /// To the camera, the microphone or the speaker.
    Devices(DeviceOrder),
    /// To the screen that is shared.
    Screen(ScreenOrder),
    /// For a lab.
    Lab(LabOrder),
    /// Start a timer, or start it anew; answer with `TimerFired`.
    StartTimer {
        /// Which.
        timer: Timer,
        /// When it fires.
        after: Duration,
    },
    /// Stop a timer.
    StopTimer(Timer),
    /// To the page and its history.
    Page(PageOrder),
    /// To what is kept in the browser.
    Store(StoreOrder),
    /// To what calls the user.
    Alert(AlertOrder),
}

from_features!(
    Effect:
    Socket(SocketOrder),
    Devices(DeviceOrder),
    Screen(ScreenOrder),
    Lab(LabOrder),
    Page(PageOrder),
    Store(StoreOrder),
    Alert(AlertOrder),
);
