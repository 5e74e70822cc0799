//! The settings of `[limits]`: how much of the server one client may use.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::table::section;
use super::{Bounds, Crowd, Pace, QueueBounds, Rate};
use crate::limits;
use crate::pace::{per_minute, rate, six_seconds};

const MEBIBYTE: u32 = 1024 * 1024;
/// None at all would be a server that does nothing.
const SOME: RangeInclusive<u32> = 1..=1_000_000;

section! {
    /// How much of the server one client may use.
    LimitSettings, "limits";

    /// Sockets at the same time; each needs an open file
    sockets: u32 = limits::SOCKETS, within SOME, flag "COUNT";

    /// Sockets from one address (IPv6: /64); this machine's own are not counted
    sockets_per_address: u32 = limits::SOCKETS_PER_PLACE, within SOME;

    /// Seats of one user, over all rooms
    seats_per_user: u32 = registry::limits::SEATS_PER_USER, within SOME;

    /// Seconds within which a socket says hello
    hello_within: u32 = limits::HELLO_WITHIN_SECONDS, within 1..=600;

    /// The largest message, in bytes; clients count on 64 KiB
    // A hello must fit, and memory for one message may be held for each socket.
    message_bytes: u32 = limits::MESSAGE_BYTES, within 4096..=MEBIBYTE;

    /// The largest signal, in bytes: a session description of four media with many candidates is 20 KiB
    signal_bytes: u32 = limits::SIGNAL_BYTES, within 4096..=MEBIBYTE;

    /// Messages of a socket that may come at once; signals and what goes into the chat are not counted
    message_burst: u32 = limits::MESSAGE_BURST, within SOME;

    /// And how many in a second after that
    messages_per_second: u32 = limits::MESSAGES_PER_SECOND, within SOME;

    /// Signals of a socket that may come at once: what a mesh of eight sends as it begins, and once more
    signal_burst: u32 = limits::SIGNAL_BURST, within SOME;

    /// And how many in a second after that
    signals_per_second: u32 = limits::SIGNALS_PER_SECOND, within SOME;

    /// Bytes of signals in a second, six times which may come at once
    signal_bytes_per_second: u32 = limits::SIGNAL_BYTES_PER_SECOND, within 8192..=1 << 30;

    /// Chat lines, and what else makes the server write one, that may come at once; clients send what waited at this pace
    chat_burst: u32 = protocol::limits::CHAT_BURST, within SOME;

    /// And how many in a second after that
    chat_per_second: u32 = protocol::limits::CHAT_PER_SECOND, within SOME;

    /// Invitations of a socket in a minute
    invitations_per_minute: u32 = limits::INVITATIONS_PER_MINUTE, within SOME;

    /// Invitations of one user in an hour to a person who has declined, until they accept
    invitations_after_declining: u32 = registry::limits::INVITATIONS_AFTER_DECLINING, within SOME;

    /// Messages that may wait for one reader before the socket is closed as `too-slow`
    queued_messages: u32 = limits::OUTBOX_MESSAGES, within 16..=1_000_000;

    /// Their bytes together
    queued_bytes: u32 = limits::OUTBOX_BYTES, within 128 * 1024..=1 << 30;
}

/// The limits as the server uses them, in the words of those who keep them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub crowd: Crowd,
    pub bounds: Bounds,
    pub pace: Pace,
    pub queue: QueueBounds,
}

impl LimitSettings {
    /// As the server uses them.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            crowd: Crowd {
                sockets: self.sockets,
                per_address: self.sockets_per_address,
            },
            bounds: Bounds {
                rooms: self.sockets,
                seats_per_user: self.seats_per_user,
                after_declining: per_hour(self.invitations_after_declining),
                ..Bounds::default()
            },
            pace: Pace {
                hello_within: Duration::from_secs(self.hello_within.into()),
                message_bytes: self.message_bytes,
                largest_signal: self.signal_bytes,
                others: rate(self.message_burst, self.messages_per_second),
                signals: rate(self.signal_burst, self.signals_per_second),
                signal_bytes: six_seconds(self.signal_bytes_per_second.into()),
                chat: rate(self.chat_burst, self.chat_per_second),
                invitations: per_minute(self.invitations_per_minute.into()),
                ..Pace::default()
            },
            queue: QueueBounds {
                messages: self.queued_messages,
                bytes: self.queued_bytes,
            },
        }
    }
}

/// All of it at once, and then as much again in an hour.
fn per_hour(count: u32) -> Rate {
    let burst = f64::from(count);
    let per_second = burst / 3600.0;
    Rate { burst, per_second }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_counts() {
        let given = LimitSettings {
            sockets: 7,
            hello_within: 60,
            invitations_per_minute: 120,
            ..LimitSettings::default()
        };
        let limits = given.limits();
        assert_eq!((limits.crowd.sockets, limits.bounds.rooms), (7, 7));
        assert_eq!(limits.crowd.per_address, Crowd::default().per_address);
        assert_eq!(limits.pace.hello_within, Duration::from_secs(60));
        let Rate { burst, per_second } = limits.pace.invitations;
        assert!((burst - 120.0).abs() < 1e-9 && (per_second - 2.0).abs() < 1e-9);
    }

    #[test]
    fn defaults_are_those_of_the_rules() {
        let Limits {
            crowd,
            bounds,
            pace,
            queue,
        } = LimitSettings::default().limits();
        let rules = (
            Crowd::default(),
            Bounds::default(),
            Pace::default(),
            QueueBounds::default(),
        );
        assert_eq!(
            format!("{:?}", (crowd, bounds, pace, queue)),
            format!("{rules:?}")
        );
    }

    #[test]
    fn a_limit_that_would_let_no_one_in_is_refused_by_name() {
        let settings = LimitSettings {
            chat_burst: 0,
            ..LimitSettings::default()
        };
        let error = settings.check().expect_err("a refusal").to_string();
        assert_eq!(
            error,
            "the setting chat-burst cannot be \"0\": it is between 1 and 1000000"
        );
    }
}
