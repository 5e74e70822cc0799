//! The steps of a storm, decoded from bytes.

use arbitrary::{Arbitrary, Unstructured};

/// One input. Numbers select among the latest ids, so that most refer to something that still exists.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A user enters a room, with some socket's seat key or none.
    Come {
        user: u8,
        room: u8,
        key: Option<u8>,
        take_over: bool,
        knows: bool,
    },
    /// A socket sends a message.
    Say { socket: u8, what: What },
    /// A socket breaks.
    Lose { socket: u8 },
    /// A session ends.
    End { socket: u8 },
    /// Time passes, in tenths of a second.
    Pass { tenths: u16 },
    /// The first pending order is completed on disk.
    Disk,
    /// History is read for the user admitted last.
    Admit,
    /// The server is killed and restarted.
    Restart,
}

/// Messages are more frequent than joins and leaves, since otherwise there would be little state to break.
impl<'a> Arbitrary<'a> for Step {
    fn arbitrary(source: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(match source.int_in_range(0..=99_u8)? {
            0..=71 => Self::Say {
                socket: source.arbitrary()?,
                what: source.arbitrary()?,
            },
            72..=85 => Self::Come {
                user: source.arbitrary()?,
                room: source.arbitrary()?,
                key: source.arbitrary()?,
                take_over: source.arbitrary()?,
                knows: source.arbitrary()?,
            },
            86..=89 => Self::Lose {
                socket: source.arbitrary()?,
            },
            90 => Self::End {
                socket: source.arbitrary()?,
            },
            91 | 92 => Self::Pass {
                tenths: source.arbitrary()?,
            },
            93..=96 => Self::Disk,
            97 | 98 => Self::Admit,
            _ => Self::Restart,
        })
    }
}

/// A message to send; `who` and `which` select among earlier ids.
#[derive(Clone, Debug, Arbitrary)]
pub(super) enum What {
    Ping,
    Leave,
    Closing,
    Invite {
        who: u8,
    },
    Cancel {
        which: u8,
    },
    Accept {
        which: u8,
    },
    Decline {
        which: u8,
    },
    Join,
    Quit,
    HangUp {
        who: u8,
    },
    Restart {
        who: u8,
        epoch: u8,
    },
    Signal {
        who: u8,
        epoch: u8,
    },
    Chat {
        length: u16,
        nonce: u8,
    },
    History {
        before: u64,
    },
    LetIn {
        who: u8,
        admit: bool,
    },
    Change {
        access: u8,
        size: u8,
        guests: bool,
    },
    Moderate {
        who: u8,
        moderator: bool,
    },
    Silence {
        who: u8,
        silenced: bool,
    },
    Remove {
        who: u8,
    },
    Ban {
        who: u8,
    },
    Block {
        who: u8,
        block: bool,
    },
    /// A message decoded from any text.
    Raw {
        text: String,
    },
}

/// Decodes bytes to steps.
pub(super) fn steps(bytes: &[u8]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut source = Unstructured::new(bytes);
    while !source.is_empty() {
        match Step::arbitrary(&mut source) {
            Ok(step) => steps.push(step),
            Err(_) => break,
        }
    }
    steps
}
