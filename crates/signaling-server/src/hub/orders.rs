//! What moderators and users change, on its way to the disk and back: rules, passes, bans, blocked people; and the passwords of rooms.
//!
//! A password is hashed and checked off the async threads and off the store's, before anything is changed or anybody is
//! let in by it. Whoever proved a password proved it of one hash: when the room has another by then, that is nothing.

use std::net::IpAddr;
use std::sync::Arc;

use protocol::{ErrorCode, Hello, PassCode, RoomName};

use super::guesses::guesser;
use super::{Hub, State, code_of, push};
use crate::clock::unix_millis;
use crate::registry::{Change, Done, History, Order, SocketId};
use crate::store::{Session, StoreError, TokenHash, carry_out, page, rules};

impl Hub {
    /// Checks the password that came with a hello, if the room asks for one; gives the hash that it is right for.
    pub async fn prove(
        &self,
        hello: &Hello,
        room: &RoomName,
        from: IpAddr,
    ) -> Result<Option<String>, ErrorCode> {
        let (Some(password), Some(token)) = (hello.password.clone(), &hello.token) else {
            return Ok(None);
        };
        let (token, asked) = (TokenHash::of(token), room.clone());
        let session_rules = self.rules;
        let found = self.store.run(move |connection| {
            let session = Session::find(connection, token, session_rules, unix_millis())?;
            Ok(session.zip(rules(connection, &asked)?))
        });
        let Some((session, rules)) = found.await.map_err(|error| code_of(&error))? else {
            return Ok(None);
        };
        // Whoever is taken for somebody else is refused for that.
        if !session.is_of(hello.name.as_ref()) {
            return Ok(None);
        }
        // A guest whom the door does not let in by a password guesses at none.
        if session
            .guest_of
            .as_ref()
            .is_some_and(|of| of != room || !rules.settings.guests)
        {
            return Ok(None);
        }
        let Some(hash) = rules.password.clone().filter(|_| rules.asks_for_password()) else {
            return Ok(None);
        };
        // Who waits for guesses before theirs holds a place in the queue already: so many wait, and no more.
        let queued = self.passwords.queue()?;
        let guess = self.guesses.begin(guesser(&session), from).await?;
        let forms = protocol::password::tried_at_room(&password);
        match self.passwords.check(forms, Some(hash.clone()), queued).await {
            Ok(false) => Err(ErrorCode::WrongRoomPassword),
            Ok(true) => {
                guess.give_back();
                Ok(Some(hash))
            }
            Err(code) => {
                guess.give_back();
                Err(code)
            }
        }
    }

    /// Has something changed on disk; gives the sockets that are too slow to hear that it is not.
    pub(super) fn order(self: &Arc<Self>, state: &State, order: Order) -> Vec<SocketId> {
        let socket = order.socket;
        if let Change::Settings(settings, Some(password)) = order.change {
            let hub = Arc::clone(self);
            // Only what a socket said leads here, and sockets live where Tokio runs.
            tokio::spawn(async move {
                let hashed = hub.passwords.hash(password).await;
                let done = hashed.and_then(|hash| {
                    let change = Change::Settings(settings, Some(hash));
                    hub.submit(Order { change, ..order })
                });
                if let Err(code) = done {
                    hub.refuse(socket, code, None);
                }
            });
            return Vec::new();
        }
        match self.submit(order) {
            Ok(()) => Vec::new(),
            Err(code) => {
                let refusal = protocol::ServerMessage::Error { code, subject: None };
                push(&state.sockets, &[socket], &refusal, 0)
            }
        }
    }

    /// Reads a room's history for somebody who waited; gives the socket that cannot come in, and why.
    pub(super) fn admit(self: &Arc<Self>, socket: SocketId, room: RoomName) -> Option<(SocketId, ErrorCode)> {
        let hub = Arc::clone(self);
        let job = move |connection: &rusqlite::Connection| page(connection, &room, None);
        let then = move |found: Result<History, StoreError>| match found {
            Ok(history) => hub.change(|registry, now| registry.admitted(socket, history, now)),
            Err(error) => hub.lost(socket, Some(code_of(&error))),
        };
        let submitted = self.store.submit(job, then);
        submitted.err().map(|error| (socket, code_of(&error)))
    }

    fn submit(self: &Arc<Self>, order: Order) -> Result<(), ErrorCode> {
        let code = PassCode(crate::random::key().map_err(|_| ErrorCode::Internal)?);
        let hub = Arc::clone(self);
        let (to_do, bounds) = (order.clone(), self.bounds);
        let job = move |connection: &rusqlite::Connection| {
            carry_out(connection, &to_do, &code, bounds, unix_millis())
        };
        let then = move |done: Result<Done, StoreError>| match done {
            Ok(done) => hub.change(|registry, now| registry.done(&order, done, now)),
            Err(error) => hub.refuse(order.socket, code_of(&error), None),
        };
        self.store.submit(job, then).map_err(|error| code_of(&error))
    }
}
