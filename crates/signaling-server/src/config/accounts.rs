//! The settings of `[accounts]`: who may have one, what passwords cost, how long sessions last, whether there are guests.

use std::time::Duration;

use protocol::http::Registration;

use super::guests::Guests;
use super::table::{check_within, section};
use super::{AccountRules, AttemptRates, GuestRules, HashRules, SessionRules, SettingsError};
use crate::limits;

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// A number that is something.
const SOME: std::ops::RangeInclusive<u32> = 1..=u32::MAX;

section! {
    /// Who may have an account.
    AccountSettings, "accounts";

    /// Who may make an account: open (everyone), invite (with a code), closed (no one)
    ///
    /// Codes are made by `confab admin code new`, and accounts by `confab admin user add`.
    registration: Registration = Registration::Open, flag "MODE";

    /// Whether rooms may let people in without an account, as their moderators decide: allow or deny
    ///
    /// Where strangers cannot make accounts, it takes a word to let them in as guests. With `deny` the guests of before are not let
    /// in again either.
    guests: Option<Guests> = None, flag "MODE";

    /// KiB of memory for one password hash (Argon2id)
    password_memory: u32 = limits::PASSWORD_MEMORY, within SOME;

    /// Its passes over the memory
    password_passes: u32 = limits::PASSWORD_PASSES, within SOME;

    /// Its lanes
    password_lanes: u32 = limits::PASSWORD_LANES, within SOME;

    /// Hashes that are made at the same time
    passwords_at_once: u32 = limits::PASSWORDS_AT_ONCE, within SOME;

    /// Hashes that may wait; beyond it the answer is 503
    password_queue: u32 = limits::PASSWORD_QUEUE;

    /// Failures to sign in to one account within the time; beyond it the answer is 429
    ///
    /// An address from which its right password came has a count of its own, so that no one else locks its user out.
    failures_per_account: u32 = limits::FAILURES_PER_ACCOUNT, within SOME;

    /// Failures to sign in from one address (IPv6: /64), wrong invite codes among them
    failures_per_address: u32 = limits::FAILURES_PER_ADDRESS, within SOME;

    /// New accounts from one address
    accounts_per_address: u32 = limits::ACCOUNTS_PER_ADDRESS, within SOME;

    /// Guests who want to come from one address, let in or not
    new_guests_per_address: u32 = limits::NEW_GUESTS_PER_ADDRESS, within SOME;

    /// That time, in seconds; the counts fill again evenly over it
    attempts_within: u32 = limits::ATTEMPTS_WITHIN, within SOME;

    /// For how many days a session lasts that is not used
    session_idle_days: u32 = limits::SESSION_IDLE_DAYS, within SOME;

    /// For how many days a session lasts at most
    session_days: u32 = limits::SESSION_DAYS, within SOME;

    /// Sessions of one account; the one used longest ago gives way
    sessions_per_user: u32 = limits::SESSIONS_PER_USER, within SOME;

    /// For how many hours a guest may come and go in the room before having to say who they are again
    guest_hours: u32 = limits::GUEST_HOURS, within SOME;

    /// Guests from one address (IPv6: /64) at the same time
    guests_per_address: u32 = limits::GUESTS_PER_PLACE, within SOME;
}

impl AccountSettings {
    /// As the server uses them.
    pub fn rules(self) -> Result<AccountRules, SettingsError> {
        // Argon2's own least (RFC 9106).
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
                // Whoever keeps strangers out has not let them in by saying nothing of guests.
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
    fn guests_are_allowed_where_registration_is_open_unless_the_settings_say_otherwise() {
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
    fn defaults_are_those_of_the_rules() {
        let rules = AccountSettings::default().rules().expect("good settings");
        assert_eq!(format!("{rules:?}"), format!("{:?}", AccountRules::default()));
    }

    #[test]
    fn hashes_have_the_memory_that_their_lanes_need() {
        let settings = AccountSettings {
            password_lanes: 4,
            password_memory: 31,
            ..AccountSettings::default()
        };
        let refused = settings.rules().map(|_| ()).expect_err("too little");
        assert!(refused.to_string().contains("it is 32 at least"), "{refused}");
    }
}
