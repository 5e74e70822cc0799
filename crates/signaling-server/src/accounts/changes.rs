//! What somebody who is signed in may do with the account: sign out here or everywhere, change the password, end it.
//!
//! Sockets end where the store is done, on its thread: the request may be given up while it waits.

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
    /// Ends a session, and with it the sockets that were opened in its name.
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

    /// Ends all sessions of whoever has this one.
    pub async fn sign_out_everywhere(&self, token: &SessionToken) -> Result<(), Refused> {
        let session = self.session(token).await?;
        check_has_account(&session)?;
        let user = session.user;
        self.end_sessions(move |connection| Session::end_all(connection, user, None))
            .await?;
        Ok(())
    }

    /// Gives the account another password, and ends all sessions but this one.
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

    /// Ends the account and all its sessions.
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

    /// Does a job that ends sessions, and ends their sockets when it is on disk.
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
