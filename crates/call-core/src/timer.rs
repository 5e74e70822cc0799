//! The timers that the core starts.

use protocol::{Epoch, ParticipantId};

use crate::ProbeId;

/// Identifies a timer; starting one that runs restarts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// The next `ping` is due.
    Ping,
    /// The socket did not open, or the server did not answer `hello` or `ping`, in time.
    SocketTimeout,
    /// The backoff before the next attempt to open the socket is over.
    Reconnect,
    /// Chat messages may be sent, or history fetched, again.
    Chat,
    /// A connection with a peer has not been established or recovered in time.
    RecoveryTimeout(ParticipantId, Epoch),
    /// A peer has not acknowledged our signals in time: retransmit them.
    RetransmitDue(ParticipantId, Epoch),
    /// A delayed ack of a peer's signals is due.
    AckDue(ParticipantId, Epoch),
    /// Fresh TURN credentials are to be fetched.
    IceServers,
    /// Fresh TURN credentials did not come in time: connections that wait go on with the old ones.
    IceServersTimeout,
    /// Time to check whether the computer slept.
    SleepCheck,
    /// Time to measure the user's voice.
    Voice,
    /// The last speaker may change.
    Speaker,
    /// Time to look at what the page plays, and to collect connection statistics that are due.
    Quality,
    /// The encodings of videos may change again.
    Uplink,
    /// A notice has been shown long enough.
    Notice(NoticeId),
    /// A test recording has reached its length.
    Recording,
    /// A probe of an ICE server timed out.
    ProbeTimeout(ProbeId),
}

/// Identifies a notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeId(pub u64);
