//! Making accounts, signing in and out, coming as a guest: what must be right before the store is asked, and what it costs.
//!
//! Knows nothing of HTTP. Checking a password is meant to be slow (Argon2id), so it happens off the async
//! threads, few at a time ([`Passwords`]), and may be tried only so often ([`Attempts`]).

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

/// Everything that has to do with who somebody is.
#[derive(Debug)]
pub struct Accounts {
    store: Store,
    hub: Arc<Hub>,
    passwords: Passwords,
    attempts: Attempts,
    rules: AccountRules,
    /// By which places of guests are hashed.
    places_key: String,
}

/// What the settings say of accounts.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountRules {
    /// Who may make an account.
    pub registration: Registration,
    /// How passwords are hashed.
    pub hashes: HashRules,
    /// How often may be tried to sign in.
    pub attempts: AttemptRates,
    /// How long sessions last.
    pub sessions: SessionRules,
    /// How long guests stay, and how many there are.
    pub guests: GuestRules,
}

impl Accounts {
    /// With an empty memory of attempts, and a key of its own for the places of guests.
    pub fn new(
        store: Store,
        hub: Arc<Hub>,
        rules: AccountRules,
        passwords: Passwords,
        (clock, places_key): (Clock, String),
    ) -> Self {
        Self {
            store,
            hub,
            passwords,
            attempts: Attempts::new(rules.attempts, clock),
            rules,
            places_key,
        }
    }

    /// Who may make an account.
    pub fn registration(&self) -> Registration {
        self.rules.registration
    }

    /// Whether rooms may let guests in.
    pub fn admits_guests(&self) -> bool {
        self.rules.sessions.guests
    }

    /// How long a guest's session lasts.
    pub fn guests_last(&self) -> Duration {
        self.rules.guests.lasts
    }

    /// How long a session lasts at most.
    pub fn sessions_last(&self) -> Duration {
        self.rules.sessions.lasts
    }

    /// Begins a session of somebody who knows the password. Who asks for a name that nobody has waits as long.
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

    /// The account of a name, for whoever knows its password.
    async fn prove(&self, name: String, typed: String, from: IpAddr) -> Result<Account, Refused> {
        // Who waits for those before them holds a place in the queue already: so many wait, and no more.
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

    /// The account that has a name and a password together.
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

    /// Whose session a token stands for.
    pub async fn session(&self, token: &SessionToken) -> Result<Session, Refused> {
        let (token, rules) = (TokenHash::of(token), self.rules.sessions);
        let found = self
            .store
            .run(move |connection| Session::find(connection, token, rules, unix_millis()))
            .await?;
        found.ok_or_else(|| ErrorCode::NotSignedIn.into())
    }
}

/// Whether somebody has an account, of which something is to be changed.
fn check_has_account(session: &Session) -> Result<(), ErrorCode> {
    match session.guest_of {
        Some(_) => Err(ErrorCode::NotAllowed),
        None => Ok(()),
    }
}

/// A new password as it is hashed, if it may be one.
pub(crate) fn new_password(typed: &str) -> Result<String, ErrorCode> {
    password::of_account(typed).map_err(|_: NoPassword| ErrorCode::InvalidPassword)
}

fn new_token() -> Result<(SessionToken, TokenHash), ErrorCode> {
    let token = SessionToken(crate::random::key().map_err(|_| ErrorCode::Internal)?);
    let hash = TokenHash::of(&token);
    Ok((token, hash))
}
