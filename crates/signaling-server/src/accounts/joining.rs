//! Creating accounts: who may, and with which names.

use std::net::IpAddr;

use protocol::http::{NewAccount, Registration, SignedIn};
use protocol::{ErrorCode, NameError};
use registry::names::Name;

use super::{Accounts, Refused, new_password, new_token};
use crate::clock::unix_millis;
use crate::store::{Account, Code, CodeHash, Session};

impl Accounts {
    /// Creates an account and begins its first session.
    pub async fn create(&self, wanted: NewAccount, from: IpAddr) -> Result<SignedIn, Refused> {
        let code = self.code(wanted.invite_code.as_deref(), from).await?;
        let name = Name::read(&wanted.name).map_err(|_: NameError| ErrorCode::InvalidUserName)?;
        let password = new_password(&wanted.password)?;
        self.attempts.new_account(from)?;
        let asked = name.clone();
        let is_taken = self
            .store
            .run(move |connection| Account::is_taken(connection, &asked));
        if name.is_reserved() || is_taken.await? {
            return Err(ErrorCode::UserNameTaken.into());
        }
        let hash = self.passwords.hash(password).await?;
        let (token, token_hash) = new_token()?;
        let (shown, rules) = (name.shown.clone(), self.rules.sessions);
        let created = self.store.run(move |connection| {
            let now = unix_millis();
            if let Some(code) = code {
                // Another request may have used the code up while the password was hashed.
                if !Code::is_good(connection, code, now)? {
                    return Ok(Err(ErrorCode::InvalidInviteCode));
                }
            }
            let Some(user) = Account::create(connection, &name, &hash, now)? else {
                return Ok(Err(ErrorCode::UserNameTaken));
            };
            if let Some(code) = code {
                Code::spend(connection, code)?;
            }
            Session::begin(connection, token_hash, user, rules, now)?;
            Ok(Ok(()))
        });
        created.await??;
        Ok(SignedIn {
            token: Some(token),
            name: shown,
            guest_of: None,
        })
    }

    /// Returns the invite code to spend, or `None` where registration is open.
    async fn code(&self, typed: Option<&str>, from: IpAddr) -> Result<Option<CodeHash>, Refused> {
        match self.rules.registration {
            Registration::Open => Ok(None),
            Registration::Closed => Err(ErrorCode::RegistrationClosed.into()),
            Registration::Invite => {
                let code = CodeHash::of(typed.unwrap_or_default());
                let good = self
                    .store
                    .run(move |connection| Code::is_good(connection, code, unix_millis()));
                if good.await? {
                    return Ok(Some(code));
                }
                self.attempts.failed(from)?;
                Err(ErrorCode::InvalidInviteCode.into())
            }
        }
    }
}
