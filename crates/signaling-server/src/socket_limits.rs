//! Timeouts and rate limits of sockets.

use std::time::Duration;

use protocol::{ClientMessage, ParticipantId, limits};
use registry::bucket::Rate;
use serde_json::value::RawValue;

use crate::limits as own;

/// Timeouts, sizes and rates of one socket.
#[derive(Clone, Copy, Debug)]
pub struct SocketLimits {
    /// Timeout for hello.
    pub hello_within: Duration,
    /// Ping interval.
    pub ping_every: Duration,
    /// Time without any message or pong after which the socket is closed.
    pub silence: Duration,
    /// Ping interval of a socket whose seat has a link.
    pub call_ping_every: Duration,
    /// Timeout for silence of a socket whose seat has a link.
    pub call_silence: Duration,
    /// The largest message, in bytes.
    pub message_bytes: u32,
    /// The largest signal, in bytes of JSON.
    pub largest_signal: u32,
    /// Rate of signals.
    pub signals: Rate,
    /// Rate of bytes of signals.
    pub signal_bytes: Rate,
    /// Rate of chat messages, and of requests that write to the chat or the disk: each waits for the disk and
    /// reaches everyone.
    pub chat: Rate,
    /// Rate of invitations.
    pub invitations: Rate,
    /// Rate of other messages.
    pub others: Rate,
    /// Rate of excess messages that are forgiven before the socket is closed.
    pub forgiven: Rate,
    /// Rate of small fragments of messages, which clients have no reason to send: as many as other messages and
    /// forgiven ones.
    pub small_parts: Rate,
}

impl SocketLimits {
    /// Returns the ping interval.
    pub fn pings(&self, in_call: bool) -> Duration {
        if in_call {
            self.call_ping_every
        } else {
            self.ping_every
        }
    }

    /// Returns the timeout for silence.
    pub fn patience(&self, in_call: bool) -> Duration {
        if in_call { self.call_silence } else { self.silence }
    }

    /// Returns the receiver of a signal that is larger than the limit; `None` for other messages.
    pub fn oversized_for(&self, message: &ClientMessage<Box<RawValue>>) -> Option<ParticipantId> {
        let ClientMessage::Signal { to, signal, .. } = message else {
            return None;
        };
        exceeds(signal.get(), self.largest_signal).then_some(*to)
    }
}

/// Returns a rate of `count` per minute, all of which may come at once.
pub fn per_minute(count: f64) -> Rate {
    Rate {
        burst: count,
        per_second: count / 60.0,
    }
}

/// Returns a rate per second, six seconds of which may come at once.
pub fn six_seconds(per_second: f64) -> Rate {
    Rate {
        burst: 6.0 * per_second,
        per_second,
    }
}

/// Returns a rate of `burst` at once, and then `per_second`.
pub fn rate(burst: u32, per_second: u32) -> Rate {
    Rate {
        burst: burst.into(),
        per_second: per_second.into(),
    }
}

fn exceeds(text: &str, most: u32) -> bool {
    u32::try_from(text.len()).map_or(true, |bytes| bytes > most)
}

impl Default for SocketLimits {
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
