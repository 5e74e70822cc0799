//! How long things may take on a socket, and how much may come.

use std::time::Duration;

use protocol::{ClientMessage, ParticipantId, limits};
use registry::bucket::Rate;
use serde_json::value::RawValue;

use crate::limits as own;

/// The times and rates of a socket.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long until hello must be said.
    pub hello_within: Duration,
    /// How often the server pings.
    pub ping_every: Duration,
    /// How long nothing may be heard.
    pub silence: Duration,
    /// How often the server pings a socket whose seat has a link.
    pub call_ping_every: Duration,
    /// How long nothing may be heard of such a one.
    pub call_silence: Duration,
    /// The largest message, in bytes.
    pub message_bytes: u32,
    /// The largest signal, in bytes of JSON.
    pub largest_signal: u32,
    /// How many signals.
    pub signals: Rate,
    /// How many bytes of signals.
    pub signal_bytes: Rate,
    /// How many lines of chat, and what makes the server write some: each waits for the disk and goes to everybody.
    pub chat: Rate,
    /// How many invitations.
    pub invitations: Rate,
    /// How many other messages.
    pub others: Rate,
    /// How many messages may be too many before the socket is closed.
    pub forgiven: Rate,
    /// How many small parts of messages, which nobody has a reason to send: as many as other messages and those forgiven.
    pub small_parts: Rate,
}

impl Pace {
    /// How often to ping, in a call or not.
    pub fn pings(&self, in_call: bool) -> Duration {
        if in_call {
            self.call_ping_every
        } else {
            self.ping_every
        }
    }

    /// How long nothing may be heard, in a call or not.
    pub fn patience(&self, in_call: bool) -> Duration {
        if in_call { self.call_silence } else { self.silence }
    }

    /// To whom a signal goes that is larger than signals may be.
    pub fn oversized_for(&self, message: &ClientMessage<Box<RawValue>>) -> Option<ParticipantId> {
        let ClientMessage::Signal { to, signal, .. } = message else {
            return None;
        };
        exceeds(signal.get(), self.largest_signal).then_some(*to)
    }
}

/// So many in a minute, all of which may come at once.
pub fn per_minute(count: f64) -> Rate {
    Rate {
        burst: count,
        per_second: count / 60.0,
    }
}

/// So many in a second, six times which may come at once.
pub fn six_seconds(per_second: f64) -> Rate {
    Rate {
        burst: 6.0 * per_second,
        per_second,
    }
}

/// So many at once, and then so many in a second.
pub fn rate(burst: u32, per_second: u32) -> Rate {
    Rate {
        burst: burst.into(),
        per_second: per_second.into(),
    }
}

fn exceeds(text: &str, most: u32) -> bool {
    u32::try_from(text.len()).map_or(true, |bytes| bytes > most)
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            hello_within: Duration::from_secs(own::HELLO_WITHIN_SECONDS.into()),
            ping_every: own::PING_EVERY,
            silence: limits::SILENCE,
            call_ping_every: own::CALL_PING_EVERY,
            call_silence: limits::CALL_SILENCE,
            message_bytes: own::MESSAGE_BYTES,
            largest_signal: own::SIGNAL_BYTES,
            signals: rate(own::SIGNAL_BURST, own::SIGNALS_PER_SECOND),
            signal_bytes: six_seconds(own::SIGNAL_BYTES_PER_SECOND.into()),
            chat: rate(limits::CHAT_BURST, limits::CHAT_PER_SECOND),
            invitations: per_minute(own::INVITATIONS_PER_MINUTE.into()),
            others: rate(own::MESSAGE_BURST, own::MESSAGES_PER_SECOND),
            forgiven: Rate {
                burst: 200.0,
                per_second: 5.0,
            },
            small_parts: Rate {
                burst: 320.0,
                per_second: 30.0,
            },
        }
    }
}
