//! Joining as a guest: with a name but no account, into one room that admits guests.
//!
//! A room that admits no guests gets the same answer whether it exists or not, and requests are counted. A room
//! that does reveals nothing here that entering it would not. The registry compares the name with those in the
//! room when the guest enters.

use std::net::IpAddr;

use protocol::http::{NewGuest, SignedIn};
use protocol::{ErrorCode, NameError, RoomName, SessionToken};
use registry::names::Name;

use super::attempts::too_many;
use super::{Accounts, Refused, new_token};
use crate::clock::unix_millis;
use crate::store::{Account, AddressHash, Guest, lets_guests_in};

impl Accounts {
    /// Begins a guest session. If `before` is a guest's token, that session ends.
    pub async fn join_as_guest(
        &self,
        wanted: NewGuest,
        from: IpAddr,
        before: Option<SessionToken>,
    ) -> Result<SignedIn, Refused> {
        if !self.admits_guests() {
            return Err(ErrorCode::GuestsNotAdmitted.into());
        }
        self.attempts.new_guest(from)?;
        let room = RoomName::parse(&wanted.room).map_err(|_: NameError| ErrorCode::InvalidRoomName)?;
        let name = Name::read(&wanted.name).map_err(|_: NameError| ErrorCode::InvalidUserName)?;
        if name.is_reserved() {
            return Err(ErrorCode::UserNameTaken.into());
        }
        let (token, token_hash) = new_token()?;
        let (shown, rules) = (name.shown.clone(), self.rules.guests);
        let place = AddressHash::of(&self.address_hash_key, from);
        let of = room.clone();
        let guest = Guest { name, room, place };
        let begun = self.store.run(move |connection| {
            let now = unix_millis();
            if !lets_guests_in(connection, &guest.room)? {
                return Ok(Err(ErrorCode::GuestsNotAdmitted.into()));
            }
            if Account::is_taken(connection, &guest.name)? {
                return Ok(Err(ErrorCode::UserNameTaken.into()));
            }
            if guest.is_banned(connection, now)? {
                return Ok(Err(ErrorCode::Banned.into()));
            }
            if let Some(wait) = guest.wait(connection, rules, now)? {
                return Ok(Err(too_many(wait)));
            }
            guest.begin(connection, token_hash, rules, now)?;
            Ok(Ok(()))
        });
        begun.await??;
        if let Some(before) = before {
            self.leave_as_guest(&before).await?;
        }
        Ok(SignedIn {
            token: Some(token),
            name: shown,
            guest_of: Some(of),
        })
    }

    /// Ends the session if it is a guest's: without an account, a user is in one room at a time.
    async fn leave_as_guest(&self, token: &SessionToken) -> Result<(), Refused> {
        match self.session(token).await {
            Ok(session) if session.guest_of.is_some() => match self.sign_out(token).await {
                Err(refused) if refused.code != ErrorCode::NotSignedIn => Err(refused),
                _ => Ok(()),
            },
            Err(refused) if refused.code != ErrorCode::NotSignedIn => Err(refused),
            _ => Ok(()),
        }
    }
}
