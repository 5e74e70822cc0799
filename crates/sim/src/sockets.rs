//! Sockets between pages and the server: they deliver in order, with random delays, and may lose messages
//! when they break.

use call_core::{Event, PageView, SocketEvent};
use protocol::{ClientMessage, ServerMessage};
use registry::SocketId;

use crate::server::Out;
use crate::socket::Socket;
use crate::world::{Pending, World};

/// Maximum delay of a message, in milliseconds.
const DELAY: u64 = 200;
/// The same on a socket that stalls for longer than pages wait; one in this many sockets of a rough world does.
const STANDSTILL: u64 = 6_000;
const STANDS_STILL: u64 = 12;

fn named(at: usize) -> SocketId {
    SocketId(u64::try_from(at).expect("few"))
}

fn index(socket: SocketId) -> usize {
    usize::try_from(socket.0).expect("few")
}

/// The event of a closed socket.
fn closed(socket: call_core::SocketId) -> Event {
    let event = SocketEvent::Closed;
    Event::Socket { socket, event }
}

impl World {
    /// Opens a socket for a page, in place of the one it has.
    pub(crate) fn open_socket(&mut self, person: usize, id: call_core::SocketId) {
        self.close_socket(person, 200);
        let stands_still = self.rough && self.chance.u64(..STANDS_STILL) == 0;
        let at = self.sockets.len();
        self.sockets.push(Socket {
            person,
            page: self.people[person].number,
            id,
            client_open: true,
            server_open: false,
            entering: false,
            ended: false,
            broken: false,
            silent: false,
            delay: if stands_still { STANDSTILL } else { DELAY },
            up: 0,
            down: 0,
        });
        self.people[person].socket = Some(at);
        self.up(at, Pending::Connect(at));
    }

    /// Completes a connection attempt, successfully if the server can be reached.
    pub(crate) fn connect(&mut self, at: usize) {
        let socket = &mut self.sockets[at];
        let online = !self.offline && self.people[socket.person].offline_until <= self.now;
        socket.server_open = online && self.server.is_some();
        if !socket.client_open {
            return;
        }
        let event = if socket.server_open {
            SocketEvent::Opened
        } else {
            SocketEvent::Closed
        };
        let (person, socket) = (socket.person, socket.id);
        self.give(person, Event::Socket { socket, event });
    }

    /// Closes a page's socket. Messages sent before arrive, and the server sees the end within `within` milliseconds.
    pub(crate) fn close_socket(&mut self, person: usize, within: u64) {
        let Some(at) = self.people[person].socket.take() else {
            return;
        };
        if std::mem::replace(&mut self.sockets[at].client_open, false) {
            self.ends_within(at, within);
        }
    }

    /// Breaks a user's socket: messages on the way to the server are lost, and both ends notice soon.
    pub fn break_socket(&mut self, person: usize) {
        self.break_open(person, true, 20);
    }

    /// Breaks a user's socket: messages under way may or may not be lost, and each end notices after a time of its own.
    pub fn break_socket_somehow(&mut self, person: usize) {
        let (lost, seen_within) = (self.chance.bool(), self.one_of(&[1, 200, 5_000]));
        self.break_open(person, lost, seen_within);
    }

    fn break_open(&mut self, person: usize, lost: bool, seen_within: u64) {
        let Some(at) = self.open_socket_of(person) else {
            return;
        };
        self.ends_within(at, seen_within);
        let socket = &mut self.sockets[at];
        (socket.client_open, socket.broken) = (false, lost);
        let (page, closed) = (socket.page, closed(socket.id).into());
        let hears = self.chance.u64(1..=DELAY);
        self.later(hears, Pending::Input(person, page, Box::new(closed)));
    }

    /// Blocks new sockets of a user for `millis` milliseconds; an existing one continues.
    pub fn go_offline(&mut self, person: usize, millis: u64) {
        self.people[person].offline_until = self.now + millis;
        self.tell(&format!("{person} cannot reach the server for {millis} ms"));
    }

    /// Silences a user's socket: nothing is delivered any more, and neither end notices.
    pub fn silence_socket(&mut self, person: usize) {
        if let Some(at) = self.open_socket_of(person) {
            self.sockets[at].silent = true;
        }
    }

    fn open_socket_of(&self, person: usize) -> Option<usize> {
        let open = |at: &usize| self.sockets[*at].client_open;
        self.people[person].socket.filter(open)
    }

    fn ends_within(&mut self, at: usize, millis: u64) {
        let when = self.sockets[at].up.max(self.now + self.chance.u64(..millis));
        self.later(when - self.now, Pending::UpEnd(at));
    }

    /// Sends a message from a page.
    pub(crate) fn send(&mut self, person: usize, message: &ClientMessage) {
        let Some(at) = self.open_socket_of(person) else {
            return;
        };
        let text = serde_json::to_string(message).expect("JSON");
        if !matches!(message, ClientMessage::Signal { .. } | ClientMessage::Ping {}) {
            self.tell(&format!("{person} > {text}"));
        }
        self.up(at, Pending::Up(at, text));
    }

    /// Delivers a message to the server.
    pub(crate) fn hear(&mut self, at: usize, text: &str) {
        let socket = &mut self.sockets[at];
        let Some(server) = self.server.as_mut().filter(|_| socket.server_open) else {
            return;
        };
        if socket.broken || socket.silent {
            return;
        }
        let message = protocol::decode(text).expect("a message");
        if let ClientMessage::Hello(hello) = message {
            socket.entering = true;
            server.hello(named(at), hello);
        } else {
            server.handle_message(named(at), message, self.now);
        }
    }

    /// Lets the server see the end of a socket.
    pub(crate) fn see_end(&mut self, at: usize) {
        self.sockets[at].ended = true;
        self.end(at);
    }

    /// Notes that the server has answered a `hello`.
    pub(crate) fn entered(&mut self, socket: SocketId) {
        self.sockets[index(socket)].entering = false;
        self.end(index(socket));
    }

    fn end(&mut self, at: usize) {
        let socket = &mut self.sockets[at];
        if !socket.ended || socket.entering {
            return;
        }
        if let (true, Some(server)) = (
            std::mem::replace(&mut socket.server_open, false),
            &mut self.server,
        ) {
            server.disconnected(named(at), self.now);
        }
    }

    /// Breaks all sockets of a killed server.
    pub(crate) fn break_all(&mut self) {
        for at in 0..self.sockets.len() {
            if std::mem::replace(&mut self.sockets[at].server_open, false) {
                self.down(at, Pending::DownEnd(at));
            }
        }
    }

    /// Sends the server's outgoing messages.
    pub(crate) fn send_out(&mut self, out: Vec<(SocketId, Out)>) {
        for (socket, out) in out {
            let at = index(socket);
            match out {
                Out::Text(text) => self.down(at, Pending::Down(at, text)),
                Out::End => {
                    self.sockets[at].server_open = false;
                    if let Some(server) = &mut self.server {
                        server.forget(socket);
                    }
                    self.down(at, Pending::DownEnd(at));
                }
            }
        }
    }

    /// Delivers a message to a page.
    pub(crate) fn receive(&mut self, at: usize, text: &str) {
        let (person, socket) = (self.sockets[at].person, self.sockets[at].id);
        if !self.hears(at) {
            return;
        }
        let message: ServerMessage = protocol::decode(text).expect("a message");
        if let ServerMessage::Welcome(welcome) = &message {
            self.people[person].you = Some(welcome.you);
        }
        if !matches!(message, ServerMessage::Signal { .. } | ServerMessage::Pong {}) {
            self.tell(&format!("{person} < {text}"));
        }
        let event = SocketEvent::Received(Ok(message));
        self.give(person, Event::Socket { socket, event });
        let page = self.people[person].core.view().page.clone();
        let put_out = matches!(page, PageView::SeatTakenOver { .. });
        assert!(
            !put_out,
            "{}\n{person} was displaced by its own page",
            self.told()
        );
    }

    /// Lets a page see the end of its socket.
    pub(crate) fn hear_end(&mut self, at: usize) {
        if self.hears(at) {
            self.sockets[at].client_open = false;
            self.give(self.sockets[at].person, closed(self.sockets[at].id));
        }
    }

    fn hears(&self, at: usize) -> bool {
        let socket = &self.sockets[at];
        socket.client_open && !socket.silent && self.people[socket.person].number == socket.page
    }

    fn up(&mut self, at: usize, pending: Pending) {
        let takes = self.travel(at, |socket| &mut socket.up);
        self.later(takes, pending);
    }

    fn down(&mut self, at: usize, pending: Pending) {
        let takes = self.travel(at, |socket| &mut socket.down);
        self.later(takes, pending);
    }

    /// Returns the delay of a message: random, but it never overtakes an earlier one in the same direction.
    fn travel(&mut self, at: usize, way: impl FnOnce(&mut Socket) -> &mut u64) -> u64 {
        let when = self.now + 1 + self.chance.u64(..self.sockets[at].delay);
        let last = way(&mut self.sockets[at]);
        *last = when.max(*last);
        *last - self.now
    }
}
