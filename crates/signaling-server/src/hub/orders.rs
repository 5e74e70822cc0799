//! Persistent changes by moderators and users (settings, passes, bans, blocked people), and the passwords of
//! rooms.
//!
//! A password is hashed and checked off the async threads and off the store's, before anything is changed or
//! anyone is let in. A proof is of one hash: if the room has another by then, it does not count.

use std::net::IpAddr;
use std::sync::Arc;

use protocol::{ErrorCode, Hello, PassCode, RoomName};
use registry::{Change, Done, History, Order, SocketId};

use super::outputs::push;
use super::password_guesses::guesser;
use super::{Hub, Room, SocketHandle, Sockets, code_of};
use crate::clock::unix_millis;
use crate::store::{Session, StoreError, TokenHash, carry_out, page, rules};

impl Hub {
    /// Checks the password of a hello, if the room asks for one. Returns the hash that it matches.
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
        // Entering will refuse a hello that expects another user.
        if !session.is_of(hello.name.as_ref()) {
            return Ok(None);
        }
        // This guest would not be admitted by password, so it is not checked.
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
        // Attempts that wait for earlier ones already have a place in the queue, so the queue bounds them too.
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

    /// Submits a change to the store. If that fails, returns the requesting socket when it is too slow for the
    /// refusal.
    pub(super) fn order(
        self: &Arc<Self>,
        room: &Arc<Room>,
        sockets: &Sockets,
        order: Order,
    ) -> Option<SocketId> {
        let socket = order.socket;
        let handle = SocketHandle {
            room: Arc::clone(room),
            socket,
        };
        if let Change::Settings(settings, Some(password)) = order.change {
            let hub = Arc::clone(self);
            // Only messages from sockets lead here, and their tasks run in the Tokio runtime.
            tokio::spawn(async move {
                let hashed = hub.passwords.hash(password).await;
                let done = hashed.and_then(|hash| {
                    let change = Change::Settings(settings, Some(hash));
                    hub.submit(handle.clone(), Order { change, ..order })
                });
                if let Err(code) = done {
                    hub.refuse(&handle, code, None);
                }
            });
            return None;
        }
        let code = self.submit(handle, order).err()?;
        let refusal = protocol::ServerMessage::Error { code, subject: None };
        push(sockets, &[socket], &refusal, 0).pop()
    }

    /// Reads a room's history for an admitted user. Returns the socket and the code if the store refuses.
    pub(super) fn admit(
        self: &Arc<Self>,
        room: &Arc<Room>,
        socket: SocketId,
    ) -> Option<(SocketId, ErrorCode)> {
        let (hub, name) = (Arc::clone(self), room.name().clone());
        let room = Arc::clone(room);
        let handle = SocketHandle { room, socket };
        let job = move |connection: &rusqlite::Connection| page(connection, &name, None);
        let then = move |found: Result<History, StoreError>| match found {
            Ok(history) => hub.change(&handle.room, |open| open.admitted(socket, history)),
            Err(error) => hub.disconnected(&handle, Some(code_of(&error))),
        };
        let submitted = self.store.submit(job, then);
        submitted.err().map(|error| (socket, code_of(&error)))
    }

    fn submit(self: &Arc<Self>, from: SocketHandle, order: Order) -> Result<(), ErrorCode> {
        let code = PassCode(crate::random::key().map_err(|_| ErrorCode::Internal)?);
        let hub = Arc::clone(self);
        let (to_do, quotas) = (order.clone(), self.quotas);
        let job = move |connection: &rusqlite::Connection| {
            carry_out(connection, &to_do, &code, quotas, unix_millis())
        };
        let then = move |done: Result<Done, StoreError>| match done {
            Ok(done) => {
                for room in hub.rooms.concerned(&order, &done) {
                    hub.change(&room, |open| open.completed(&order, done.clone()));
                }
            }
            Err(error) => hub.refuse(&from, code_of(&error), None),
        };
        self.store.submit(job, then).map_err(|error| code_of(&error))
    }
}
