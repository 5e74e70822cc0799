//! Entering a room: the session, the room's rules, and the seat.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use protocol::http::SessionInfo;
use protocol::{ErrorCode, Hello, RoomName, SeatKey};
use registry::{Door, Entry, HashedKey, History, KeyHash, SocketId, lock};
use tokio::sync::oneshot;

use super::{Goodbye, Hub, Outbox, Socket, SocketHandle, code_of};
use crate::clock::unix_millis;
use crate::store::{Session, StoreError, TokenHash, door, page};
use sha2::{Digest, Sha256};

impl Hub {
    /// Lets a client enter after its hello; `from` is its address. When this returns, the welcome, or the
    /// refusal by the room, is in the outbox; an earlier refusal is the error.
    pub async fn enter(
        self: &Arc<Self>,
        hello: Hello,
        room: RoomName,
        from: IpAddr,
        outbox: Outbox,
    ) -> Result<SocketHandle, Goodbye> {
        let proven = self.prove(&hello, &room, from).await?;
        let fresh_key = hashed(SeatKey(crate::random::key().map_err(|_| ErrorCode::Internal)?));
        let token = hello.token.as_ref().map(TokenHash::of);
        let (token, rules) = (token.ok_or(ErrorCode::NotSignedIn)?, self.rules);
        let hub = Arc::clone(self);
        let (tell, told) = oneshot::channel();
        let (asked_room, invite, expected) = (room.clone(), hello.invite, hello.name);
        let job = move |connection: &rusqlite::Connection| {
            let now = unix_millis();
            let Some(session) = Session::find(connection, token, rules, now)? else {
                return Ok(Err(ErrorCode::NotSignedIn.into()));
            };
            if !session.is_of(expected.as_ref()) {
                return Ok(Err(another_user(session)));
            }
            let guest = session.guest_of.is_some();
            if session.guest_of.as_ref().is_some_and(|room| *room != asked_room) {
                return Ok(Err(ErrorCode::NotSignedIn.into()));
            }
            let door = door(connection, &asked_room, session.user, guest, invite.as_ref(), now)?;
            Ok(Ok((session, door, page(connection, &asked_room, None)?)))
        };
        // Chat messages are sent from this thread only, so the history misses none, and repeats none.
        let then = move |found: Result<Result<(Session, Door, History), Goodbye>, StoreError>| {
            let entered = match found {
                Ok(Ok((session, door, history))) => {
                    let entry = Entry {
                        socket: SocketId(0),
                        user: session.user,
                        name: session.name,
                        guest: session.guest_of.is_some(),
                        seat: hello.seat.map(hashed),
                        take_over: hello.take_over,
                        fresh_key,
                        history,
                        door: Door { proven, ..door },
                    };
                    let socket = Socket {
                        outbox,
                        session: token,
                    };
                    hub.seat(&room, entry, socket).map_err(Goodbye::from)
                }
                Ok(Err(refused)) => Err(refused),
                Err(error) => Err(code_of(&error).into()),
            };
            // The socket's task always waits for this.
            let _ = tell.send(entered);
        };
        self.store.submit(job, then).map_err(|error| code_of(&error))?;
        told.await.unwrap_or(Err(ErrorCode::Internal.into()))
    }

    fn seat(
        self: &Arc<Self>,
        name: &RoomName,
        mut entry: Entry,
        socket: Socket,
    ) -> Result<SocketHandle, ErrorCode> {
        let now = self.clock.elapsed();
        lock(&self.entries).take(entry.user, now)?;
        let id = SocketId(self.sockets.fetch_add(1, Ordering::Relaxed) + 1);
        entry.socket = id;
        let turned = self.rooms.open(name, now, |room, open| {
            // Checked while the room is locked: `stop` visits each room after this, or has visited it before.
            if self.stopping.load(Ordering::Relaxed) {
                return Err(ErrorCode::ShuttingDown);
            }
            open.beside.insert(id, socket);
            let outputs = open.enter(entry);
            self.carry_out(room, open, outputs);
            let room = Arc::clone(room);
            Ok(SocketHandle { room, socket: id })
        });
        self.note_deadline(turned.deadline_moved);
        turned.result
    }
}

/// Returns a seat's key with its hash. 256 random bits need no slow hash.
fn hashed(key: SeatKey) -> HashedKey {
    let hash = KeyHash(Sha256::digest(key.0.as_bytes()).into());
    HashedKey { key, hash }
}

/// Returns the goodbye for a page that expected another user.
fn another_user(session: Session) -> Goodbye {
    let Session { name, guest_of, .. } = session;
    Goodbye {
        session: Some(SessionInfo { name, guest_of }),
        ..ErrorCode::AnotherUser.into()
    }
}
