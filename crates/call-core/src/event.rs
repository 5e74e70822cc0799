//! What happened: facts that the shell reports, by feature.

use protocol::{Epoch, ParticipantId};

use crate::{
    ApiAnswer, ApiError, ChatOwner, DeviceEvent, KeptChat, LabEvent, PageEvent, PeerEvent, RequestId, Sample,
    ScreenEvent, SocketEvent, SocketId, Timer,
};

/// A fact. What came of an [`crate::Effect`] names the request, socket, or peer and epoch that it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Of the page, its window and its network.
    Page(PageEvent),
    /// The server answered over HTTP, or could not.
    ApiAnswered {
        /// Which call.
        request: RequestId,
        /// What it said.
        answer: Result<ApiAnswer, ApiError>,
    },
    /// Of the socket to the server.
    Socket {
        /// Which socket.
        socket: SocketId,
        /// What happened.
        event: SocketEvent,
    },
    /// Of the connection with a peer.
    Peer {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What happened.
        event: PeerEvent,
    },
    /// How loud others are, from 0 to 1: those from whom sound came since the last time.
    LevelsMeasured(Vec<(ParticipantId, Epoch, f32)>),
    /// What a connection's statistics say.
    QualityMeasured {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What they say.
        sample: Box<Sample>,
    },
    /// Of the camera, the microphone and the speaker.
    Devices(DeviceEvent),
    /// Of the screen that is shared.
    Screen {
        /// The request that it is the answer to.
        request: RequestId,
        /// What happened.
        event: ScreenEvent,
    },
    /// Of what is tested in a lab.
    Lab(LabEvent),
    /// What an earlier page kept of a chat.
    ChatRecalled(ChatOwner, KeptChat),
    /// The browser keeps the tone silent until the user does something in the page, or lets it out.
    RingMuted(bool),
    /// A timer ran out.
    TimerFired(Timer),
}
