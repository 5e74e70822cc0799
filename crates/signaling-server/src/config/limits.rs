//! The settings of `[limits]`: how much of the server one client may use.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::table::section;
use super::{Bounds, ConnectionLimits, QueueBounds, Rate, SocketLimits};
use crate::limits;
use crate::socket_limits::{per_minute, rate, six_seconds};

const MEBIBYTE: u32 = 1024 * 1024;
/// At least one: a server with zero of anything would be useless.
const SOME: RangeInclusive<u32> = 1..=1_000_000;

section! {
    /// How much of the server one client may use.
    LimitSettings, "limits";

    /// Sockets at the same time; each needs an open file
    sockets: u32 = limits::SOCKETS, within SOME, flag "COUNT";

    /// Sockets from one address (IPv6: /64); those from this machine are not limited
    sockets_per_address: u32 = limits::SOCKETS_PER_ADDRESS, within SOME;

    /// Seats of one user across all rooms
    seats_per_user: u32 = registry::limits::SEATS_PER_USER, within SOME;

    /// Seconds within which a socket must send hello
    hello_within: u32 = limits::HELLO_WITHIN_SECONDS, within 1..=600;

    /// The largest message, in bytes; clients rely on 64 KiB
    // The least fits a hello; as much as the most may be held in memory for each socket.
    message_bytes: u32 = limits::MESSAGE_BYTES, within 4096..=MEBIBYTE;

    /// The largest signal, in bytes: a session description of four media with many candidates has 20 KiB
    signal_bytes: u32 = limits::SIGNAL_BYTES, within 4096..=MEBIBYTE;

    /// Messages that a socket may send at once; signals, and requests that write to the chat, are counted separately
    message_burst: u32 = limits::MESSAGE_BURST, within SOME;

    /// Messages per second after that
    messages_per_second: u32 = limits::MESSAGES_PER_SECOND, within SOME;

    /// Signals that a socket may send at once: what a group call of eight sends as it begins, and once more
    signal_burst: u32 = limits::SIGNAL_BURST, within SOME;

    /// Signals per second after that
    signals_per_second: u32 = limits::SIGNALS_PER_SECOND, within SOME;

    /// Bytes of signals per second; six times as many may come at once
    signal_bytes_per_second: u32 = limits::SIGNAL_BYTES_PER_SECOND, within 8192..=1 << 30;

    /// Chat messages, and requests that write to the chat, that a socket may send at once; clients send queued
    /// ones at this rate
    chat_burst: u32 = protocol::limits::CHAT_BURST, within SOME;

    /// Chat messages per second after that
    chat_per_second: u32 = protocol::limits::CHAT_PER_SECOND, within SOME;

    /// Invitations of a socket per minute
    invitations_per_minute: u32 = limits::INVITATIONS_PER_MINUTE, within SOME;

    /// Invitations per hour from one user to a person who has declined, until they accept
    invitations_after_declining: u32 = registry::limits::INVITATIONS_AFTER_DECLINING, within SOME;

    /// Messages that may be queued for one client before its socket is closed as `too-slow`
    queued_messages: u32 = limits::OUTBOX_MESSAGES, within 16..=1_000_000;

    /// Total bytes of these messages
    queued_bytes: u32 = limits::OUTBOX_BYTES, within 128 * 1024..=1 << 30;
}

/// The limits, grouped by the parts of the server that enforce them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub connections: ConnectionLimits,
    pub bounds: Bounds,
    pub per_socket: SocketLimits,
    pub queue: QueueBounds,
}

impl LimitSettings {
    /// Returns the limits as the server uses them.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            connections: ConnectionLimits {
                sockets: self.sockets,
                per_address: self.sockets_per_address,
            },
            bounds: Bounds {
                rooms: self.sockets,
                seats_per_user: self.seats_per_user,
                after_declining: per_hour(self.invitations_after_declining),
                ..Bounds::default()
            },
            per_socket: SocketLimits {
                hello_within: Duration::from_secs(self.hello_within.into()),
                message_bytes: self.message_bytes,
                largest_signal: self.signal_bytes,
                others: rate(self.message_burst, self.messages_per_second),
                signals: rate(self.signal_burst, self.signals_per_second),
                signal_bytes: six_seconds(self.signal_bytes_per_second.into()),
                chat: rate(self.chat_burst, self.chat_per_second),
                invitations: per_minute(self.invitations_per_minute.into()),
                ..SocketLimits::default()
            },
            queue: QueueBounds {
                messages: self.queued_messages,
                bytes: self.queued_bytes,
            },
        }
    }
}

/// Returns a rate of `count` at once, refilled over an hour.
fn per_hour(count: u32) -> Rate {
    let burst = f64::from(count);
    let per_second = burst / 3600.0;
    Rate { burst, per_second }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_values_are_used() {
        let given = LimitSettings {
            sockets: 7,
            hello_within: 60,
            invitations_per_minute: 120,
            ..LimitSettings::default()
        };
        let limits = given.limits();
        assert_eq!((limits.connections.sockets, limits.bounds.rooms), (7, 7));
        assert_eq!(
            limits.connections.per_address,
            ConnectionLimits::default().per_address
        );
        assert_eq!(limits.per_socket.hello_within, Duration::from_secs(60));
        let Rate { burst, per_second } = limits.per_socket.invitations;
        assert!((burst - 120.0).abs() < 1e-9 && (per_second - 2.0).abs() < 1e-9);
    }

    #[test]
    fn defaults_match_the_rules() {
        let Limits {
            connections,
            bounds,
            per_socket,
            queue,
        } = LimitSettings::default().limits();
        let rules = (
            ConnectionLimits::default(),
            Bounds::default(),
            SocketLimits::default(),
            QueueBounds::default(),
        );
        assert_eq!(
            format!("{:?}", (connections, bounds, per_socket, queue)),
            format!("{rules:?}")
        );
    }

    #[test]
    fn zero_is_refused_by_name() {
        let settings = LimitSettings {
            chat_burst: 0,
            ..LimitSettings::default()
        };
        let error = settings.check().expect_err("a refusal").to_string();
        assert_eq!(
            error,
            "the setting chat-burst cannot be \"0\": it must be between 1 and 1000000"
        );
    }
}
