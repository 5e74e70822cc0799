//! Account changes by a signed-in user: sign out here or everywhere, change the password, delete the account.
//!
//! Sockets are closed on the store's thread, after the commit: the request may be cancelled while it waits.

use std::net::IpAddr;
use std::sync::Arc;

use protocol::http::{AccountEnd, PasswordChange};
use protocol::{ErrorCode, SessionToken};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{Accounts, Refused, check_has_account, new_password};
use crate::clock::unix_millis;
use crate::store::{Account, Session, StoreError, TokenHash};

impl Accounts {
    /// Ends a session and closes its sockets.
    pub async fn sign_out(&self, token: &SessionToken) -> Result<(), Refused> {
        let token = TokenHash::of(token);
        let end = move |connection: &Connection| {
            Ok(Vec::from_iter(Session::end(connection, token)?.then_some(token)))
        };
        if self.end_sessions(end).await?.is_empty() {
            return Err(ErrorCode::NotSignedIn.into());
        }
        Ok(())
    }

    /// Ends all sessions of this session's user.
    pub async fn sign_out_everywhere(&self, token: &SessionToken) -> Result<(), Refused> {
        let session = self.session(token).await?;
        check_has_account(&session)?;
        let user = session.user;
        self.end_sessions(move |connection| Session::end_all(connection, user, None))
            .await?;
        Ok(())
    }

    /// Changes the password of the account, and ends all its sessions but this one.
    pub async fn change_password(
        &self,
        token: &SessionToken,
        change: PasswordChange,
        from: IpAddr,
    ) -> Result<(), Refused> {
        let session = self.session(token).await?;
        check_has_account(&session)?;
        let password = new_password(&change.new)?;
        self.prove(session.name.to_string(), change.current, from).await?;
        let hash = self.passwords.hash(password).await?;
        let (user, this) = (session.user, TokenHash::of(token));
        self.end_sessions(move |connection| {
            Account::set_password(connection, user, &hash)?;
            Session::end_all(connection, user, Some(this))
        })
        .await?;
        Ok(())
    }

    /// Deletes the account and ends all its sessions.
    pub async fn delete(&self, token: &SessionToken, end: AccountEnd, from: IpAddr) -> Result<(), Refused> {
        let session = self.session(token).await?;
        check_has_account(&session)?;
        self.prove(session.name.to_string(), end.password, from).await?;
        let user = session.user;
        self.end_sessions(move |connection| {
            Account::delete(connection, user, unix_millis())?;
            Session::end_all(connection, user, None)
        })
        .await?;
        Ok(())
    }

    /// Runs a job that ends sessions, and closes their sockets once it is on disk.
    async fn end_sessions(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<Vec<TokenHash>> + Send + 'static,
    ) -> Result<Vec<TokenHash>, Refused> {
        let hub = Arc::clone(&self.hub);
        let (tell, told) = oneshot::channel();
        let then = move |ended: Result<Vec<TokenHash>, StoreError>| {
            for token in ended.iter().flatten() {
                hub.end_session(*token);
            }
            let _ = tell.send(ended);
        };
        self.store.submit(job, then)?;
        Ok(told.await.unwrap_or(Err(StoreError::Stopped))?)
    }
}
