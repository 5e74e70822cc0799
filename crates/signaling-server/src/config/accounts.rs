//! The settings of `[accounts]`: registration, guests, password hashing, limits of attempts, and sessions.

use std::time::Duration;

use protocol::http::Registration;

use super::guests::Guests;
use super::table::{check_within, section};
use super::{AccountRules, AttemptRates, GuestRules, HashRules, SessionRules, SettingsError};
use crate::limits;

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// At least one.
const SOME: std::ops::RangeInclusive<u32> = 1..=u32::MAX;

section! {
    /// Settings of accounts, guests and sessions.
    AccountSettings, "accounts";

    /// Who may create an account: open (everyone), invite (with a code), closed (no one)
    ///
    /// Codes are created with `confab admin code new`, accounts with `confab admin user add`.
    registration: Registration = Registration::Open, flag "MODE";

    /// Whether rooms may admit people without an account, as their moderators decide: allow or deny
    ///
    /// Unless registration is open, guests have to be allowed explicitly. With `deny`, existing guest sessions
    /// are not accepted any more either.
    guests: Option<Guests> = None, flag "MODE";

    /// Memory for one password hash (Argon2id), in KiB
    password_memory: u32 = limits::PASSWORD_MEMORY, within SOME;

    /// Argon2id passes over the memory
    password_passes: u32 = limits::PASSWORD_PASSES, within SOME;

    /// Argon2id lanes
    password_lanes: u32 = limits::PASSWORD_LANES, within SOME;

    /// Password hashes computed at the same time
    passwords_at_once: u32 = limits::PASSWORDS_AT_ONCE, within SOME;

    /// Password hashes that may wait; beyond that the answer is 503
    password_queue: u32 = limits::PASSWORD_QUEUE;

    /// Failed sign-ins to one account within `attempts-within`; beyond that the answer is 429
    ///
    /// An address that has sent the account's right password has a count of its own, so that others cannot lock
    /// the user out.
    failures_per_account: u32 = limits::FAILURES_PER_ACCOUNT, within SOME;

    /// Failed sign-ins from one address (IPv6: /64), including wrong invite codes
    failures_per_address: u32 = limits::FAILURES_PER_ADDRESS, within SOME;

    /// New accounts from one address
    accounts_per_address: u32 = limits::ACCOUNTS_PER_ADDRESS, within SOME;

    /// Requests to join as a guest from one address, admitted or not
    new_guests_per_address: u32 = limits::NEW_GUESTS_PER_ADDRESS, within SOME;

    /// The period of these counts, in seconds; they refill evenly over it
    attempts_within: u32 = limits::ATTEMPTS_WITHIN, within SOME;

    /// Days after which an unused session ends
    session_idle_days: u32 = limits::SESSION_IDLE_DAYS, within SOME;

    /// Days after which a session ends, used or not
    session_days: u32 = limits::SESSION_DAYS, within SOME;

    /// Sessions of one account; the least recently used one gives way
    sessions_per_user: u32 = limits::SESSIONS_PER_USER, within SOME;

    /// Hours after which a guest has to join as a guest again
    guest_hours: u32 = limits::GUEST_HOURS, within SOME;

    /// Guests from one address (IPv6: /64) at the same time
    guests_per_address: u32 = limits::GUESTS_PER_ADDRESS, within SOME;
}

impl AccountSettings {
    /// Checks the settings, and returns them as the server uses them.
    pub fn rules(self) -> Result<AccountRules, SettingsError> {
        // Argon2 needs at least 8 KiB for each lane (RFC 9106 §3.1).
        let least = self.password_lanes.saturating_mul(8);
        check_within("password-memory", self.password_memory, &(least..=u32::MAX))?;
        let open = self.registration == Registration::Open;
        Ok(AccountRules {
            registration: self.registration,
            hashes: HashRules {
                memory: self.password_memory,
                passes: self.password_passes,
                lanes: self.password_lanes,
                at_once: self.passwords_at_once,
                queue: self.password_queue,
            },
            attempts: AttemptRates::within(
                self.failures_per_account,
                self.failures_per_address,
                self.accounts_per_address,
                self.new_guests_per_address,
                Duration::from_secs(self.attempts_within.into()),
            ),
            sessions: SessionRules {
                idle: DAY * self.session_idle_days,
                lasts: DAY * self.session_days,
                most: self.sessions_per_user,
                // Unless registration is open, guests have to be allowed explicitly.
                guests: self.guests.map_or(open, |guests| guests == Guests::Allow),
            },
            guests: GuestRules {
                lasts: HOUR * self.guest_hours,
                most: self.guests_per_address,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_default_to_allowed_with_open_registration() {
        use Registration::{Closed, Invite, Open};
        for (registration, guests, allowed) in [
            (Open, None, true),
            (Invite, None, false),
            (Closed, None, false),
            (Open, Some(Guests::Deny), false),
            (Closed, Some(Guests::Allow), true),
        ] {
            let settings = AccountSettings {
                registration,
                guests,
                ..AccountSettings::default()
            };
            let rules = settings.rules().expect("good settings");
            assert_eq!(rules.sessions.guests, allowed, "{registration:?} {guests:?}");
        }
    }

    #[test]
    fn defaults_match_the_rules() {
        let rules = AccountSettings::default().rules().expect("good settings");
        assert_eq!(format!("{rules:?}"), format!("{:?}", AccountRules::default()));
    }

    #[test]
    fn memory_must_suffice_for_the_lanes() {
        let settings = AccountSettings {
            password_lanes: 4,
            password_memory: 31,
            ..AccountSettings::default()
        };
        let refused = settings.rules().map(|_| ()).expect_err("too little");
        assert!(
            refused.to_string().contains("it must be at least 32"),
            "{refused}"
        );
    }
}
