//! The settings of `[accounts]`: who may have one, what passwords cost, how long sessions last, whether there are guests.

use std::time::Duration;

use clap::Args;
use protocol::http::Registration;
use serde::{Deserialize, Deserializer};

use super::{AccountRules, AttemptRates, GuestRules, HashRules, SessionRules, SettingsError};
use crate::limits::{
    ACCOUNTS_PER_ADDRESS, ATTEMPTS_WITHIN, FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS, NEW_GUESTS_PER_ADDRESS,
};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// As a person gives them.
#[derive(Clone, Copy, Debug, Default, Args, Deserialize)]
#[command(next_help_heading = "Accounts, in the file under [accounts]")]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct AccountSettings {
    /// Who may make an account: open (everybody), invite (with a code), closed (nobody) [default: open]
    ///
    /// Codes are made by `confab admin code new`, and accounts by `confab admin user add`.
    #[arg(long, env = "CONFAB_REGISTRATION", value_name = "MODE", value_parser = registration)]
    pub registration: Option<Registration>,

    /// Memory for one password hash (Argon2id), in KiB [default: 19456]
    #[arg(long, env = "CONFAB_PASSWORD_MEMORY", value_name = "KIB")]
    pub password_memory: Option<u32>,

    /// Passes of a password hash over its memory [default: 2]
    #[arg(long, env = "CONFAB_PASSWORD_PASSES", value_name = "COUNT")]
    pub password_passes: Option<u32>,

    /// Lanes of a password hash [default: 1]
    #[arg(long, env = "CONFAB_PASSWORD_LANES", value_name = "COUNT")]
    pub password_lanes: Option<u32>,

    /// Password hashes that are made at the same time [default: 2]
    #[arg(long, env = "CONFAB_PASSWORDS_AT_ONCE", value_name = "COUNT")]
    pub passwords_at_once: Option<u32>,

    /// Password hashes that may wait; beyond it the answer is 503 [default: 20]
    #[arg(long, env = "CONFAB_PASSWORD_QUEUE", value_name = "COUNT")]
    pub password_queue: Option<u32>,

    /// Failures to sign in to one account within the time; beyond it the answer is 429 [default: 10]
    #[arg(long, env = "CONFAB_FAILURES_PER_ACCOUNT", value_name = "COUNT")]
    pub failures_per_account: Option<u32>,

    /// Failures to sign in from one address within the time [default: 30]
    #[arg(long, env = "CONFAB_FAILURES_PER_ADDRESS", value_name = "COUNT")]
    pub failures_per_address: Option<u32>,

    /// New accounts from one address within the time [default: 100]
    #[arg(long, env = "CONFAB_ACCOUNTS_PER_ADDRESS", value_name = "COUNT")]
    pub accounts_per_address: Option<u32>,

    /// Guests who want to come from one address within the time, let in or not [default: 100]
    #[arg(long, env = "CONFAB_NEW_GUESTS_PER_ADDRESS", value_name = "COUNT")]
    pub new_guests_per_address: Option<u32>,

    /// That time, in seconds [default: 900]
    #[arg(long, env = "CONFAB_ATTEMPTS_WITHIN", value_name = "SECONDS")]
    pub attempts_within: Option<u32>,

    /// For how many days a session lasts that nobody uses [default: 7]
    #[arg(long, env = "CONFAB_SESSION_IDLE_DAYS", value_name = "DAYS")]
    pub session_idle_days: Option<u32>,

    /// For how many days a session lasts at most [default: 30]
    #[arg(long, env = "CONFAB_SESSION_DAYS", value_name = "DAYS")]
    pub session_days: Option<u32>,

    /// Sessions of one account; the one used longest ago gives way [default: 32]
    #[arg(long, env = "CONFAB_SESSIONS_PER_USER", value_name = "COUNT")]
    pub sessions_per_user: Option<u32>,

    /// Whether rooms may let people in who have no account, as their moderators decide: allow or deny [default: allow
    /// where everybody may make an account, else deny]
    #[arg(long, env = "CONFAB_GUESTS", value_name = "MODE", value_parser = guests)]
    #[serde(deserialize_with = "read_guests")]
    pub guests: Option<bool>,

    /// For how many hours a guest may come and go [default: 12]
    #[arg(long, env = "CONFAB_GUEST_HOURS", value_name = "HOURS")]
    pub guest_hours: Option<u32>,

    /// Guests from one address at the same time [default: 64]
    #[arg(long, env = "CONFAB_GUESTS_PER_ADDRESS", value_name = "COUNT")]
    pub guests_per_address: Option<u32>,
}

impl AccountSettings {
    /// Adds what the file says, where flags and environment say nothing.
    pub fn over(self, under: Self) -> Self {
        Self {
            registration: self.registration.or(under.registration),
            password_memory: self.password_memory.or(under.password_memory),
            password_passes: self.password_passes.or(under.password_passes),
            password_lanes: self.password_lanes.or(under.password_lanes),
            passwords_at_once: self.passwords_at_once.or(under.passwords_at_once),
            password_queue: self.password_queue.or(under.password_queue),
            failures_per_account: self.failures_per_account.or(under.failures_per_account),
            failures_per_address: self.failures_per_address.or(under.failures_per_address),
            accounts_per_address: self.accounts_per_address.or(under.accounts_per_address),
            new_guests_per_address: self.new_guests_per_address.or(under.new_guests_per_address),
            attempts_within: self.attempts_within.or(under.attempts_within),
            session_idle_days: self.session_idle_days.or(under.session_idle_days),
            session_days: self.session_days.or(under.session_days),
            sessions_per_user: self.sessions_per_user.or(under.sessions_per_user),
            guests: self.guests.or(under.guests),
            guest_hours: self.guest_hours.or(under.guest_hours),
            guests_per_address: self.guests_per_address.or(under.guests_per_address),
        }
    }

    /// As the server uses them.
    pub fn rules(self) -> Result<AccountRules, SettingsError> {
        let (hashes, sessions, guests) = (
            HashRules::default(),
            SessionRules::default(),
            GuestRules::default(),
        );
        let registration = self.registration.unwrap_or_default();
        let days = |given: Option<u32>, name, otherwise| match given {
            Some(days) => Ok(DAY * at_least(name, days, 1)?),
            None => Ok(otherwise),
        };
        let lanes = at_least("password-lanes", self.password_lanes.unwrap_or(hashes.lanes), 1)?;
        let attempts_within = self.attempts_within.unwrap_or(ATTEMPTS_WITHIN);
        let count = |given: Option<u32>, name, otherwise| at_least(name, given.unwrap_or(otherwise), 1);
        Ok(AccountRules {
            registration,
            hashes: HashRules {
                // Argon2's own least (RFC 9106).
                memory: at_least(
                    "password-memory",
                    self.password_memory.unwrap_or(hashes.memory),
                    lanes.saturating_mul(8),
                )?,
                passes: count(self.password_passes, "password-passes", hashes.passes)?,
                lanes,
                at_once: count(self.passwords_at_once, "passwords-at-once", hashes.at_once)?,
                queue: self.password_queue.unwrap_or(hashes.queue),
            },
            attempts: AttemptRates::within(
                count(
                    self.failures_per_account,
                    "failures-per-account",
                    FAILURES_PER_ACCOUNT,
                )?,
                count(
                    self.failures_per_address,
                    "failures-per-address",
                    FAILURES_PER_ADDRESS,
                )?,
                count(
                    self.accounts_per_address,
                    "accounts-per-address",
                    ACCOUNTS_PER_ADDRESS,
                )?,
                count(
                    self.new_guests_per_address,
                    "new-guests-per-address",
                    NEW_GUESTS_PER_ADDRESS,
                )?,
                Duration::from_secs(at_least("attempts-within", attempts_within, 1)?.into()),
            ),
            sessions: SessionRules {
                idle: days(self.session_idle_days, "session-idle-days", sessions.idle)?,
                lasts: days(self.session_days, "session-days", sessions.lasts)?,
                most: count(self.sessions_per_user, "sessions-per-user", sessions.most)?,
                // Whoever keeps strangers out has not let them in by saying nothing of guests.
                guests: self.guests.unwrap_or(registration == Registration::Open),
            },
            guests: GuestRules {
                lasts: match self.guest_hours {
                    Some(hours) => HOUR * at_least("guest-hours", hours, 1)?,
                    None => guests.lasts,
                },
                most: count(self.guests_per_address, "guests-per-address", guests.most)?,
            },
        })
    }
}

fn registration(text: &str) -> Result<Registration, String> {
    match text {
        "open" => Ok(Registration::Open),
        "invite" => Ok(Registration::Invite),
        "closed" => Ok(Registration::Closed),
        _ => Err("it is open, invite or closed".to_owned()),
    }
}

fn guests(text: &str) -> Result<bool, String> {
    match text {
        "allow" => Ok(true),
        "deny" => Ok(false),
        _ => Err("it is allow or deny".to_owned()),
    }
}

/// The same word in the file.
fn read_guests<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    let text = String::deserialize(from)?;
    guests(&text).map(Some).map_err(serde::de::Error::custom)
}

/// A number that may not be too small.
pub(super) fn at_least(setting: &'static str, value: u32, least: u32) -> Result<u32, SettingsError> {
    if value >= least {
        return Ok(value);
    }
    Err(SettingsError::Value {
        setting,
        value: value.to_string(),
        why: format!("it is {least} at least"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_are_allowed_where_everybody_may_make_an_account_unless_the_settings_say_otherwise() {
        use Registration::{Closed, Invite, Open};
        for (registration, guests, allowed) in [
            (None, None, true),
            (Some(Open), None, true),
            (Some(Invite), None, false),
            (Some(Closed), None, false),
            (Some(Open), Some(false), false),
            (Some(Closed), Some(true), true),
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
    fn the_file_takes_the_words_of_the_flag_and_no_others() {
        let read = |text| toml::from_str::<AccountSettings>(text).map(|settings| settings.guests);
        assert_eq!(read("guests = \"deny\"").ok(), Some(Some(false)));
        assert_eq!(read("guest-hours = 1").ok(), Some(None));
        assert!(read("guests = \"some\"").is_err_and(|error| error.to_string().contains("allow or deny")));
    }
}
