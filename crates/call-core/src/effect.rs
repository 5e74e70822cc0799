//! Effects: orders to the shell, by feature.

use std::time::Duration;

use protocol::{Epoch, ParticipantId};

use crate::nesting::from_features;
use crate::{
    AlertOrder, ApiCall, DeviceOrder, LabOrder, NewConnection, PageOrder, PeerOrder, RequestId, ScreenOrder,
    SocketOrder, StoreOrder, Timer,
};

/// An order to the shell, which executes effects in the order given.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send an HTTP request to the server; answer with `ApiAnswered`.
    CallApi {
        /// Repeated in the answer.
        request: RequestId,
        /// The request to send.
        call: ApiCall,
    },
    /// An order for the socket to the server.
    Socket(SocketOrder),
    /// An order for the connection with a peer.
    Peer {
        /// The peer at the other end.
        peer: ParticipantId,
        /// Epoch of the connection.
        epoch: Epoch,
        /// The order for that connection.
        order: PeerOrder,
    },
    /// Have a connection ready for the next `Open` of this kind: created and, if it offers, with its offer set and its
    /// candidates gathered. `None`: no call is about to begin any longer.
    Prepare(Option<NewConnection>),
    /// Read the energy of the microphone as it is sent; answer with `VoiceMeasured`.
    MeasureVoice,
    /// Look at what the page plays of each peer; answer with `PlaybackSeen`.
    LookAtPlayback,
    /// An order for the camera, the microphone or the speaker.
    Devices(DeviceOrder),
    /// An order for screen sharing.
    Screen(ScreenOrder),
    /// An order for a lab (device test, connection test or loopback call).
    Lab(LabOrder),
    /// Start or restart a timer; answer with `TimerFired`.
    StartTimer {
        /// The timer to start.
        timer: Timer,
        /// Time until the timer fires.
        after: Duration,
    },
    /// Stop a timer.
    StopTimer(Timer),
    /// An order for the page and its history.
    Page(PageOrder),
    /// An order for the browser's storage.
    Store(StoreOrder),
    /// An order for the ring tone and notifications.
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
