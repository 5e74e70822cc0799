//! The settings of `[limits]`: how much of the server one client may use.

use std::ops::RangeInclusive;
use std::time::Duration;

use clap::Args;
use serde::Deserialize;

use super::{Bounds, Crowd, Pace, QueueBounds, Rate, SettingsError};
use crate::pace::{per_minute, six_seconds};

const MEBIBYTE: u32 = 1024 * 1024;

/// As a person gives them.
#[derive(Clone, Copy, Debug, Default, Args, Deserialize)]
#[command(next_help_heading = "Limits, in the file under [limits]")]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LimitSettings {
    /// Sockets at the same time [default: 3072]
    ///
    /// Each needs an open file: raise the system's limit with it.
    #[arg(long, env = "CONFAB_SOCKETS", value_name = "COUNT")]
    pub sockets: Option<u32>,

    /// Sockets from one address (IPv6: /64) at the same time, this machine's own not counted [default: 256]
    #[arg(long, env = "CONFAB_SOCKETS_PER_ADDRESS", value_name = "COUNT")]
    pub sockets_per_address: Option<u32>,

    /// Seats of one user, over all rooms [default: 16]
    #[arg(long, env = "CONFAB_SEATS_PER_USER", value_name = "COUNT")]
    pub seats_per_user: Option<u32>,

    /// Seconds within which a socket says hello [default: 5]
    #[arg(long, env = "CONFAB_HELLO_WITHIN", value_name = "SECONDS")]
    pub hello_within: Option<u32>,

    /// The largest message, in bytes [default: 65536]
    #[arg(long, env = "CONFAB_MESSAGE_BYTES", value_name = "BYTES")]
    pub message_bytes: Option<u32>,

    /// The largest signal, in bytes [default: 32768]
    #[arg(long, env = "CONFAB_SIGNAL_BYTES", value_name = "BYTES")]
    pub signal_bytes: Option<u32>,

    /// Messages of a socket that may come at once, signals and what goes into the chat not counted [default: 120]
    #[arg(long, env = "CONFAB_MESSAGE_BURST", value_name = "COUNT")]
    pub message_burst: Option<u32>,

    /// And how many in a second after that [default: 30]
    #[arg(long, env = "CONFAB_MESSAGES_PER_SECOND", value_name = "COUNT")]
    pub messages_per_second: Option<u32>,

    /// Signals of a socket that may come at once [default: 600]
    #[arg(long, env = "CONFAB_SIGNAL_BURST", value_name = "COUNT")]
    pub signal_burst: Option<u32>,

    /// And how many in a second after that [default: 100]
    #[arg(long, env = "CONFAB_SIGNALS_PER_SECOND", value_name = "COUNT")]
    pub signals_per_second: Option<u32>,

    /// Bytes of signals in a second, six times which may come at once [default: 131072]
    #[arg(long, env = "CONFAB_SIGNAL_BYTES_PER_SECOND", value_name = "BYTES")]
    pub signal_bytes_per_second: Option<u32>,

    /// Chat lines, and what else makes the server write one, that may come at once [default: 30]
    #[arg(long, env = "CONFAB_CHAT_BURST", value_name = "COUNT")]
    pub chat_burst: Option<u32>,

    /// And how many in a second after that [default: 10]
    #[arg(long, env = "CONFAB_CHAT_PER_SECOND", value_name = "COUNT")]
    pub chat_per_second: Option<u32>,

    /// Invitations of a socket in a minute [default: 60]
    #[arg(long, env = "CONFAB_INVITATIONS_PER_MINUTE", value_name = "COUNT")]
    pub invitations_per_minute: Option<u32>,

    /// Invitations in an hour to somebody who has declined [default: 20]
    #[arg(long, env = "CONFAB_INVITATIONS_AFTER_DECLINING", value_name = "COUNT")]
    pub invitations_after_declining: Option<u32>,

    /// Messages that may wait for one reader [default: 256]
    #[arg(long, env = "CONFAB_QUEUED_MESSAGES", value_name = "COUNT")]
    pub queued_messages: Option<u32>,

    /// Bytes that may wait for one reader [default: 1048576]
    #[arg(long, env = "CONFAB_QUEUED_BYTES", value_name = "BYTES")]
    pub queued_bytes: Option<u32>,
}

/// The limits as the server uses them, in the words of those who keep them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Limits {
    pub crowd: Crowd,
    pub bounds: Bounds,
    pub pace: Pace,
    pub queue: QueueBounds,
}

impl LimitSettings {
    /// Adds what the file says, where flags and environment say nothing.
    pub fn over(self, under: Self) -> Self {
        Self {
            sockets: self.sockets.or(under.sockets),
            sockets_per_address: self.sockets_per_address.or(under.sockets_per_address),
            seats_per_user: self.seats_per_user.or(under.seats_per_user),
            hello_within: self.hello_within.or(under.hello_within),
            message_bytes: self.message_bytes.or(under.message_bytes),
            signal_bytes: self.signal_bytes.or(under.signal_bytes),
            message_burst: self.message_burst.or(under.message_burst),
            messages_per_second: self.messages_per_second.or(under.messages_per_second),
            signal_burst: self.signal_burst.or(under.signal_burst),
            signals_per_second: self.signals_per_second.or(under.signals_per_second),
            signal_bytes_per_second: self.signal_bytes_per_second.or(under.signal_bytes_per_second),
            chat_burst: self.chat_burst.or(under.chat_burst),
            chat_per_second: self.chat_per_second.or(under.chat_per_second),
            invitations_per_minute: self.invitations_per_minute.or(under.invitations_per_minute),
            invitations_after_declining: self
                .invitations_after_declining
                .or(under.invitations_after_declining),
            queued_messages: self.queued_messages.or(under.queued_messages),
            queued_bytes: self.queued_bytes.or(under.queued_bytes),
        }
    }

    /// The limits, with what is not given as it is by default.
    pub(super) fn limits(self) -> Result<Limits, SettingsError> {
        let Limits {
            crowd,
            bounds,
            pace,
            queue,
        } = Limits::default();
        let sockets = number("sockets", self.sockets, crowd.sockets, 1..=1_000_000)?;
        let hello = u32::try_from(pace.hello_within.as_secs()).unwrap_or(u32::MAX);
        Ok(Limits {
            crowd: Crowd {
                sockets,
                per_address: number(
                    "sockets-per-address",
                    self.sockets_per_address,
                    crowd.per_address,
                    1..=1_000_000,
                )?,
            },
            bounds: Bounds {
                rooms: sockets,
                seats_per_user: number(
                    "seats-per-user",
                    self.seats_per_user,
                    bounds.seats_per_user,
                    1..=1_000_000,
                )?,
                after_declining: per_hour(rate(
                    "invitations-after-declining",
                    self.invitations_after_declining,
                    bounds.after_declining.burst,
                )?),
                ..bounds
            },
            pace: Pace {
                hello_within: Duration::from_secs(
                    number("hello-within", self.hello_within, hello, 1..=600)?.into(),
                ),
                // A hello must fit, and memory for one message may be held for each socket.
                message_bytes: number(
                    "message-bytes",
                    self.message_bytes,
                    pace.message_bytes,
                    4096..=MEBIBYTE,
                )?,
                largest_signal: number(
                    "signal-bytes",
                    self.signal_bytes,
                    pace.largest_signal,
                    4096..=MEBIBYTE,
                )?,
                others: Rate {
                    burst: rate("message-burst", self.message_burst, pace.others.burst)?,
                    per_second: rate(
                        "messages-per-second",
                        self.messages_per_second,
                        pace.others.per_second,
                    )?,
                },
                signals: Rate {
                    burst: rate("signal-burst", self.signal_burst, pace.signals.burst)?,
                    per_second: rate(
                        "signals-per-second",
                        self.signals_per_second,
                        pace.signals.per_second,
                    )?,
                },
                signal_bytes: six_seconds(match self.signal_bytes_per_second {
                    Some(bytes) => {
                        number("signal-bytes-per-second", Some(bytes), bytes, 8192..=1 << 30)?.into()
                    }
                    None => pace.signal_bytes.per_second,
                }),
                chat: Rate {
                    burst: rate("chat-burst", self.chat_burst, pace.chat.burst)?,
                    per_second: rate("chat-per-second", self.chat_per_second, pace.chat.per_second)?,
                },
                invitations: per_minute(rate(
                    "invitations-per-minute",
                    self.invitations_per_minute,
                    pace.invitations.burst,
                )?),
                ..pace
            },
            queue: QueueBounds {
                messages: number(
                    "queued-messages",
                    self.queued_messages,
                    queue.messages,
                    16..=1_000_000,
                )?,
                bytes: number(
                    "queued-bytes",
                    self.queued_bytes,
                    queue.bytes,
                    128 * 1024..=1 << 30,
                )?,
            },
        })
    }
}

/// A number that is given, if it can be.
pub(super) fn number(
    setting: &'static str,
    given: Option<u32>,
    otherwise: u32,
    can_be: RangeInclusive<u32>,
) -> Result<u32, SettingsError> {
    let value = given.unwrap_or(otherwise);
    if can_be.contains(&value) {
        return Ok(value);
    }
    Err(SettingsError::Value {
        setting,
        value: value.to_string(),
        why: format!("it is between {} and {}", can_be.start(), can_be.end()),
    })
}

/// One part of a rate that is given: none at all would be a server that does nothing.
fn rate(setting: &'static str, given: Option<u32>, otherwise: f64) -> Result<f64, SettingsError> {
    match given {
        Some(given) => number(setting, Some(given), given, 1..=1_000_000).map(f64::from),
        None => Ok(otherwise),
    }
}

/// All of it at once, and then as much again in an hour.
fn per_hour(count: f64) -> Rate {
    Rate {
        burst: count,
        per_second: count / 3600.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_given_is_as_it_is_by_default_and_the_rest_as_it_is_given() {
        let given = LimitSettings {
            sockets: Some(7),
            hello_within: Some(60),
            invitations_per_minute: Some(120),
            ..LimitSettings::default()
        };
        let limits = given.limits().expect("limits");
        assert_eq!((limits.crowd.sockets, limits.bounds.rooms), (7, 7));
        assert_eq!(Bounds::default().rooms, Crowd::default().sockets);
        assert_eq!(limits.crowd.per_address, Crowd::default().per_address);
        assert_eq!(limits.pace.hello_within, Duration::from_secs(60));
        let Rate { burst, per_second } = limits.pace.invitations;
        assert!((burst - 120.0).abs() < 1e-9 && (per_second - 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_limit_that_would_let_nobody_in_is_refused_by_name() {
        let settings = LimitSettings {
            chat_burst: Some(0),
            ..LimitSettings::default()
        };
        let error = settings.limits().map(|_| ()).expect_err("a refusal").to_string();
        assert_eq!(
            error,
            "the setting chat-burst cannot be \"0\": it is between 1 and 1000000"
        );
    }
}
