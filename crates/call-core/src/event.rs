//! Events: facts that the shell reports, by feature.

use std::collections::BTreeMap;

use protocol::{Epoch, ParticipantId};

use crate::{
    ApiAnswer, ApiError, ChatOwner, DeviceEvent, Energy, KeptChat, LabEvent, PageEvent, PeerEvent, RequestId,
    Sample, ScreenEvent, SocketEvent, SocketId, Source, Timer,
};

/// A fact. The outcome of an [`crate::Effect`] names the request, the socket, or the peer and epoch that it
/// belongs to.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Something happened to the page, its window or its network.
    Page(PageEvent),
    /// An HTTP request succeeded or failed.
    ApiAnswered {
        /// Id of the request.
        request: RequestId,
        /// The server's answer, or why there is none.
        answer: Result<ApiAnswer, ApiError>,
    },
    /// Something happened to the socket to the server.
    Socket {
        /// Id of the socket.
        socket: SocketId,
        /// The event on that socket.
        event: SocketEvent,
    },
    /// Something happened to the connection with a peer.
    Peer {
        /// The peer at the other end.
        peer: ParticipantId,
        /// Epoch of the connection.
        epoch: Epoch,
        /// The event on that connection.
        event: PeerEvent,
    },
    /// The energy of the microphone as it is sent; `None` if the browser does not report it.
    VoiceMeasured(Option<Energy>),
    /// What the page plays of each peer: the number of frames shown of each source, 0 for audio. A source that nothing
    /// plays is absent.
    PlaybackSeen(Vec<(ParticipantId, Epoch, BTreeMap<Source, u64>)>),
    /// The statistics of a connection were collected.
    QualityMeasured {
        /// The peer at the other end.
        peer: ParticipantId,
        /// Epoch of the connection.
        epoch: Epoch,
        /// The statistics.
        sample: Box<Sample>,
    },
    /// Something happened to the camera, the microphone or the speaker.
    Devices(DeviceEvent),
    /// Something happened to screen sharing.
    Screen {
        /// The request that the event answers.
        request: RequestId,
        /// The event.
        event: ScreenEvent,
    },
    /// A test in a lab made progress.
    Lab(LabEvent),
    /// The draft and the unsent messages that an earlier page stored for a chat.
    ChatRecalled(ChatOwner, KeptChat),
    /// The browser blocks the ring tone until the user interacts with the page (`true`), or no longer blocks it.
    RingMuted(bool),
    /// A timer fired.
    TimerFired(Timer),
}
