//! Timers.

use protocol::{Epoch, ParticipantId};

use crate::ProbeId;

/// Names one timer; each runs once at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// To say `ping`.
    Ping,
    /// The answer to `ping` is late.
    PongLate,
    /// To open the socket again.
    Reconnect,
    /// To go on with lines of the chat that wait, or with fetching some.
    Chat,
    /// A connection with a peer is not there, or not there again, for too long.
    LinkLate(ParticipantId, Epoch),
    /// A peer has not said that it has seen what was signaled.
    SignalUnseen(ParticipantId, Epoch),
    /// A peer is to be told that its signals have come.
    WordDue(ParticipantId, Epoch),
    /// To ask for fresh TURN credentials.
    IceServers,
    /// Fresh TURN credentials for connections that wait for them do not come.
    RestartDue,
    /// To see whether the computer slept.
    Pulse,
    /// To see how loud everybody is.
    Levels,
    /// To see how good connections are.
    Quality,
    /// A notice has been seen.
    Notice(NoticeId),
    /// A recording is long enough.
    Recording,
    /// A server that is tried takes too long.
    ProbeLate(ProbeId),
}

/// Names one notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeId(pub u64);
