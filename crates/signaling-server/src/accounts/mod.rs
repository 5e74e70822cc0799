//! Creating accounts, signing in and out, joining as a guest: the checks before the store is used, and their
//! cost.
//!
//! Independent of HTTP. Checking a password is slow by design (Argon2id), so it runs off the async threads, few
//! at a time ([`Passwords`]), and attempts are rate-limited ([`Attempts`]).

mod attempts;
mod changes;
mod guests;
mod joining;
mod refused;
mod sweep;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use protocol::http::{Credentials, Registration, SignedIn};
use protocol::password::{self, NoPassword};
use protocol::{ErrorCode, SessionToken};
use registry::names;

pub use attempts::{AttemptRates, Attempts};
pub use refused::Refused;

use crate::clock::{Clock, unix_millis};
use crate::hub::Hub;
use crate::passwords::{HashRules, Passwords, Queued};
use crate::store::{Account, GuestRules, Session, SessionRules, Store, TokenHash};

/// Authenticates users, and manages their accounts and sessions.
#[derive(Debug)]
pub struct Accounts {
    store: Store,
    hub: Arc<Hub>,
    passwords: Passwords,
    attempts: Attempts,
    rules: AccountRules,
    /// Key of the hashes of guests' addresses.
    address_hash_key: String,
}

/// Settings of accounts.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountRules {
    /// Who may create an account.
    pub registration: Registration,
    /// How passwords are hashed.
    pub hashes: HashRules,
    /// Rate limits of attempts.
    pub attempts: AttemptRates,
    /// How long sessions last, and how many an account has.
    pub sessions: SessionRules,
    /// How long guest sessions last, and how many an address has.
    pub guests: GuestRules,
}

impl Accounts {
    /// Starts with no attempts counted. The hashes of guests' addresses use `address_hash_key`.
    pub fn new(
        store: Store,
        hub: Arc<Hub>,
        rules: AccountRules,
        passwords: Passwords,
        (clock, address_hash_key): (Clock, String),
    ) -> Self {
        Self {
            store,
            hub,
            passwords,
            attempts: Attempts::new(rules.attempts, clock),
            rules,
            address_hash_key,
        }
    }

    /// Who may create an account.
    pub fn registration(&self) -> Registration {
        self.rules.registration
    }

    /// Whether rooms may admit guests.
    pub fn admits_guests(&self) -> bool {
        self.rules.sessions.guests
    }

    /// How long a guest session lasts.
    pub fn guests_last(&self) -> Duration {
        self.rules.guests.lasts
    }

    /// The longest that a session of an account lasts.
    pub fn sessions_last(&self) -> Duration {
        self.rules.sessions.lasts
    }

    /// Begins a session if the password is right. An unknown name takes as long as a wrong password.
    pub async fn sign_in(&self, credentials: Credentials, from: IpAddr) -> Result<SignedIn, Refused> {
        let Credentials { name, password } = credentials;
        let account = self.prove(name, password, from).await?;
        if account.disabled {
            return Err(ErrorCode::AccountDisabled.into());
        }
        let (token, token_hash) = new_token()?;
        let rules = self.rules.sessions;
        self.store
            .run(move |connection| Session::begin(connection, token_hash, account.id, rules, unix_millis()))
            .await?;
        Ok(SignedIn {
            token: Some(token),
            name: account.name,
            guest_of: None,
        })
    }

    /// Returns the account with this name if the password is right.
    async fn prove(&self, name: String, typed: String, from: IpAddr) -> Result<Account, Refused> {
        // Attempts that wait for earlier ones already have a place in the queue, so the queue bounds them too.
        let place = self.passwords.queue()?;
        let attempt = self.attempts.sign_in(from, &names::key(&name)).await?;
        match self.matching(name, password::tried(&typed), place).await {
            Ok(Some(account)) => {
                self.attempts.was_right(attempt);
                Ok(account)
            }
            Ok(None) => Err(ErrorCode::WrongCredentials.into()),
            Err(refused) => {
                Attempts::was_not_checked(attempt);
                Err(refused)
            }
        }
    }

    /// Returns the account with this name if one of the forms of the password matches.
    async fn matching(
        &self,
        name: String,
        forms: Vec<String>,
        place: Queued,
    ) -> Result<Option<Account>, Refused> {
        let found = self
            .store
            .run(move |connection| Account::find(connection, &name))
            .await?;
        let known = found.as_ref().map(|account| account.password.clone());
        let right = self.passwords.check(forms, known, place).await?;
        Ok(found.filter(|_| right))
    }

    /// Returns the session that a token stands for.
    pub async fn session(&self, token: &SessionToken) -> Result<Session, Refused> {
        let (token, rules) = (TokenHash::of(token), self.rules.sessions);
        let found = self
            .store
            .run(move |connection| Session::find(connection, token, rules, unix_millis()))
            .await?;
        found.ok_or_else(|| ErrorCode::NotSignedIn.into())
    }
}

/// Refuses guests: they have no account to change.
fn check_has_account(session: &Session) -> Result<(), ErrorCode> {
    match session.guest_of {
        Some(_) => Err(ErrorCode::NotAllowed),
        None => Ok(()),
    }
}

/// Validates a new password, and returns it in the form to be hashed.
pub(crate) fn new_password(typed: &str) -> Result<String, ErrorCode> {
    password::of_account(typed).map_err(|_: NoPassword| ErrorCode::InvalidPassword)
}

fn new_token() -> Result<(SessionToken, TokenHash), ErrorCode> {
    let token = SessionToken(crate::random::key().map_err(|_| ErrorCode::Internal)?);
    let hash = TokenHash::of(&token);
    Ok((token, hash))
}
