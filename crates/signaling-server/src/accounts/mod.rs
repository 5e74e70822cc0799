//! Making accounts, signing in and out: what must be right before the store is asked, and what it costs.
//!
//! Knows nothing of HTTP. Checking a password is meant to be slow (Argon2id), so it happens off the async
//! threads, few at a time ([`Passwords`]), and each place may only try so often ([`Attempts`]).

mod attempts;
mod passwords;

use std::net::IpAddr;
use std::sync::Arc;

use protocol::http::{Credentials, SignedIn};
use protocol::{ErrorCode, SessionToken, UserName, limits};
use tokio::sync::oneshot;

pub use attempts::{AttemptRates, Attempts};
pub use passwords::{Passwords, SetUpError};

use crate::clock::unix_millis;
use crate::hub::{Hub, code_of};
use crate::store::{Account, Session, Store, StoreError, TokenHash};

/// Everything that has to do with who somebody is.
#[derive(Debug)]
pub struct Accounts {
    store: Store,
    hub: Arc<Hub>,
    passwords: Passwords,
    attempts: Attempts,
}

/// A refusal, and after how many seconds to try again where that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub code: ErrorCode,
    /// For [`ErrorCode::TooManyAttempts`] and [`ErrorCode::ServerBusy`].
    pub retry_after: Option<u64>,
}

impl From<ErrorCode> for Refused {
    fn from(code: ErrorCode) -> Self {
        let retry_after = (code == ErrorCode::ServerBusy).then_some(1);
        Self { code, retry_after }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        code_of(&error).into()
    }
}

impl Accounts {
    /// With an empty memory of attempts.
    pub fn new(store: Store, hub: Arc<Hub>, passwords: Passwords, attempts: Attempts) -> Self {
        Self {
            store,
            hub,
            passwords,
            attempts,
        }
    }

    /// Makes an account and begins its first session.
    pub async fn create(&self, credentials: Credentials, from: IpAddr) -> Result<SignedIn, Refused> {
        self.attempts.take(from, "")?;
        let name = UserName::parse(&credentials.name).map_err(|_| ErrorCode::InvalidUserName)?;
        check_password(&credentials.password)?;
        let asked = name.clone();
        if self
            .store
            .run(move |connection| Account::find(connection, &asked))
            .await?
            .is_some()
        {
            return Err(ErrorCode::UserNameTaken.into());
        }
        let hash = self.passwords.hash(credentials.password).await?;
        let (token, token_hash) = new_token()?;
        let asked = name.clone();
        let created = self.store.run(move |connection| {
            let now = unix_millis();
            let Some(user) = Account::create(connection, &asked, &hash, now)? else {
                return Ok(false);
            };
            Session::begin(connection, token_hash, user, now)?;
            Ok(true)
        });
        if created.await? {
            Ok(SignedIn { token, name })
        } else {
            Err(ErrorCode::UserNameTaken.into())
        }
    }

    /// Begins a session of somebody who knows the password. Who asks for a name that nobody has waits as long.
    pub async fn sign_in(&self, credentials: Credentials, from: IpAddr) -> Result<SignedIn, Refused> {
        let Ok(asked) = UserName::parse(&credentials.name) else {
            self.attempts.take(from, "")?;
            return Err(ErrorCode::WrongCredentials.into());
        };
        let name_key = asked.as_str().to_lowercase();
        self.attempts.take(from, &name_key)?;
        if credentials.password.len() > limits::PASSWORD_MAX_BYTES {
            return Err(ErrorCode::WrongCredentials.into());
        }
        let found = self
            .store
            .run(move |connection| Account::find(connection, &asked))
            .await?;
        let known = found.as_ref().map(|account| account.password.clone());
        let right = self.passwords.check(credentials.password, known).await?;
        let Some(Account { id, name, .. }) = found.filter(|_| right) else {
            return Err(ErrorCode::WrongCredentials.into());
        };
        self.attempts.forgive(from, &name_key);
        let (token, token_hash) = new_token()?;
        self.store
            .run(move |connection| Session::begin(connection, token_hash, id, unix_millis()))
            .await?;
        Ok(SignedIn { token, name })
    }

    /// Whose session a token stands for.
    pub async fn session(&self, token: &SessionToken) -> Result<Session, Refused> {
        let token = TokenHash::of(token);
        let found = self
            .store
            .run(move |connection| Session::find(connection, token, unix_millis()))
            .await?;
        found.ok_or_else(|| ErrorCode::NotSignedIn.into())
    }

    /// Ends a session, and with it the sockets that were opened in its name.
    pub async fn sign_out(&self, token: &SessionToken) -> Result<(), Refused> {
        let token = TokenHash::of(token);
        let hub = Arc::clone(&self.hub);
        let (tell, told) = oneshot::channel();
        // Done where the store is done, not here: the request may be given up while it waits.
        let then = move |ended: Result<bool, StoreError>| {
            if matches!(ended, Ok(true)) {
                hub.end_session(token);
            }
            let _ = tell.send(ended);
        };
        self.store
            .submit(move |connection| Session::end(connection, token), then)?;
        if told.await.unwrap_or(Err(StoreError::Stopped))? {
            Ok(())
        } else {
            Err(ErrorCode::NotSignedIn.into())
        }
    }
}

fn check_password(password: &str) -> Result<(), ErrorCode> {
    let long_enough = password.chars().count() >= limits::PASSWORD_MIN_CHARS;
    if long_enough && password.len() <= limits::PASSWORD_MAX_BYTES {
        Ok(())
    } else {
        Err(ErrorCode::InvalidPassword)
    }
}

fn new_token() -> Result<(SessionToken, TokenHash), ErrorCode> {
    let token = SessionToken(crate::random::key().map_err(|_| ErrorCode::Internal)?);
    let hash = TokenHash::of(&token);
    Ok((token, hash))
}
