//! The socket's life cycle: open, say hello, keep alive, reconnect.
//!
//! Messages queue while the socket is broken. They are sent once the seat is resumed, and dropped if it is
//! gone, as they would mean nothing in another one. Signals do not queue: their link retransmits them.

mod backoff;
mod core;
mod event;
mod order;

use std::time::Duration;

use protocol::http::SignedIn;
use protocol::limits::{CALL_PING_INTERVAL, PING_INTERVAL};
use protocol::{ClientMessage, ErrorCode, Hello, RoomName, SeatKey, VERSION};

use crate::door::RoomCredentials;
use crate::turn::Turn;
use crate::{Effect, Timer};

pub use event::SocketEvent;
pub use order::{SocketId, SocketOrder};

/// Cap on the pause that a server can ask for.
const LONGEST_HOLD: Duration = Duration::from_secs(60);

/// Time limit for opening a socket: three round trips on the slowest networks.
const HANDSHAKE: Duration = Duration::from_secs(5);

/// Time limit of a ping after a possible change of network (chosen): longer than a round trip on nearly all
/// networks; where it is not, the client reconnects to the same seat.
const PROBE: Duration = Duration::from_secs(1);

/// Cap on queued messages (chosen).
const MOST_WAITING: usize = 512;

/// The socket and the messages that wait for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signaling {
    socket: SocketId,
    phase: Phase,
    /// Attempts since the server last answered a ping: a connection that breaks right after joining is no success.
    failures: u32,
    /// Pause that the server asked for.
    hold: Duration,
    in_call: bool,
    waiting: Vec<ClientMessage>,
    seat: Option<SeatKey>,
    take_over: bool,
    /// Whether a hello was sent on this socket and has no answer yet.
    greeting: bool,
    /// Number of hellos without an answer when their sockets were given up. The server may receive one late,
    /// and take it for another page's.
    unanswered: u32,
    /// The error about the seat that was attributed to such a hello.
    excused: Option<ErrorCode>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Closed,
    Opening,
    Greeted,
    /// In the waiting room.
    Waiting,
    Joined,
    Paused,
}

impl Signaling {
    /// Opens the first socket, to resume a seat if there is one; `take_over` takes the seat over from another
    /// page of the user.
    pub(crate) fn connect(&mut self, turn: &mut Turn, seat: Option<SeatKey>, take_over: bool) {
        *self = Self {
            socket: self.socket,
            // The page that held the seat before may have left a hello unanswered.
            unanswered: u32::from(seat.is_some()),
            seat,
            take_over,
            ..Self::default()
        };
        self.open(turn);
    }

    /// Closes the socket for good.
    pub(crate) fn disconnect(&mut self, turn: &mut Turn) {
        let was = std::mem::replace(
            self,
            Self {
                socket: self.socket,
                ..Self::default()
            },
        );
        if was.phase != Phase::Closed {
            turn.order(SocketOrder::Close);
            turn.stop(Timer::Ping);
            turn.stop(Timer::SocketTimeout);
            turn.stop(Timer::Reconnect);
        }
    }

    /// The socket is open: sends the hello.
    pub(crate) fn opened(
        &mut self,
        turn: &mut Turn,
        socket: SocketId,
        user: &SignedIn,
        room: &RoomName,
        credentials: RoomCredentials,
    ) {
        if socket != self.socket || self.phase != Phase::Opening {
            return;
        }
        self.phase = Phase::Greeted;
        self.greeting = true;
        let (password, invite) = credentials.into_parts();
        turn.order(SocketOrder::Send(ClientMessage::Hello(Hello {
            version: VERSION,
            token: user.token.clone(),
            name: Some(user.name.clone()),
            room: room.to_string(),
            seat: self.seat.clone(),
            take_over: self.take_over,
            password,
            invite,
        })));
        turn.start(Timer::SocketTimeout, turn.allow(self.interval()));
    }

    /// The user is in the waiting room; the socket is kept alive.
    pub(crate) fn waits(&mut self, turn: &mut Turn) {
        self.phase = Phase::Waiting;
        self.greeting = false;
        // An earlier seat is gone.
        self.seat = None;
        self.waiting.clear();
        self.answered(turn);
    }

    /// The user has joined: sends the queue if the seat was resumed, and drops it otherwise.
    pub(crate) fn joined(&mut self, turn: &mut Turn, seat: SeatKey, resumed: bool) {
        self.phase = Phase::Joined;
        self.greeting = false;
        self.seat = Some(seat);
        self.excused = None;
        self.take_over = false;
        self.answered(turn);
        for message in std::mem::take(&mut self.waiting) {
            if resumed {
                turn.order(SocketOrder::Send(message));
            }
        }
    }

    /// The server refused the hello, which is an answer too.
    pub(crate) fn refused(&mut self) {
        self.greeting = false;
    }

    /// Whether an error about the seat may be due to an own hello that the server received late, on a socket
    /// that is closed now. Each such hello explains one error.
    pub(crate) fn is_own_late_hello(&mut self, code: ErrorCode) -> bool {
        let before = self.unanswered;
        self.unanswered = before.saturating_sub(1);
        if before > 0 {
            self.excused.get_or_insert(code);
        }
        before > 0
    }

    /// Why the seat was lost: the first error that was attributed to an own late hello, otherwise `code`. If
    /// the first was that another page took the seat over, that was true.
    pub(crate) fn seat_lost(&mut self, code: ErrorCode) -> ErrorCode {
        self.excused.take().unwrap_or(code)
    }

    /// The socket broke: reconnects, first at once, then after pauses ([`backoff`]).
    pub(crate) fn closed(&mut self, turn: &mut Turn, socket: SocketId) {
        if socket != self.socket || matches!(self.phase, Phase::Closed | Phase::Paused) {
            return;
        }
        self.phase = Phase::Paused;
        let pause = backoff::pause(self.failures, self.in_call, turn.moment.random);
        let pause = pause.max(std::mem::take(&mut self.hold));
        self.failures = self.failures.saturating_add(1);
        turn.stop(Timer::Ping);
        turn.stop(Timer::SocketTimeout);
        if pause.is_zero() {
            return self.retry(turn);
        }
        turn.start(Timer::Reconnect, pause);
    }

    /// The server asked for a pause before the next attempt.
    pub(crate) fn hold(&mut self, time: Duration) {
        self.hold = time.min(LONGEST_HOLD);
    }

    /// Ends a pause and reconnects now.
    pub(crate) fn retry(&mut self, turn: &mut Turn) {
        if self.phase == Phase::Paused {
            turn.stop(Timer::Reconnect);
            self.open(turn);
        }
    }

    /// The browser is online again, perhaps in another network: pings the socket; one that is still opening
    /// began in the old network and is replaced.
    pub(crate) fn went_online(&mut self, turn: &mut Turn) {
        self.failures = self.failures.min(1);
        match self.phase {
            Phase::Closed => {}
            Phase::Joined | Phase::Waiting => self.probe(turn),
            Phase::Paused => self.retry(turn),
            Phase::Opening | Phase::Greeted => {
                turn.order(SocketOrder::Close);
                self.open(turn);
            }
        }
    }

    /// Sets whether the user is in a call, in which a dead socket has to be noticed sooner.
    pub(crate) fn set_in_call(&mut self, turn: &mut Turn, in_call: bool) {
        let sooner = !std::mem::replace(&mut self.in_call, in_call) && in_call;
        if sooner && self.phase == Phase::Joined {
            self.ping(turn);
        }
    }

    /// Sends a `ping` and waits for the answer.
    pub(crate) fn ping(&mut self, turn: &mut Turn) {
        if self.can_send() {
            turn.order(SocketOrder::Send(ClientMessage::Ping {}));
            turn.start(Timer::SocketTimeout, turn.allow(self.interval()));
        }
    }

    /// Sends a `ping` after a possible change of network, with a short time limit. The next regular `ping`
    /// would extend the limit, so it is put off until the answer is there.
    pub(crate) fn probe(&mut self, turn: &mut Turn) {
        if self.can_send() {
            turn.stop(Timer::Ping);
            turn.order(SocketOrder::Send(ClientMessage::Ping {}));
            turn.start(Timer::SocketTimeout, turn.allow(PROBE));
        }
    }

    /// The server answered a `ping`.
    pub(crate) fn pong(&mut self, turn: &mut Turn) {
        if self.can_send() {
            self.failures = 0;
            self.answered(turn);
        }
    }

    /// The time limit passed: the socket is open, but dead.
    pub(crate) fn socket_timed_out(&mut self, turn: &mut Turn) {
        turn.order(SocketOrder::Close);
        self.closed(turn, self.socket);
    }

    /// Notifies the server that the page is being closed, so that it does not hold the seat for long. The
    /// server revokes that by itself if the page lives on, as one in the back/forward cache does.
    pub(crate) fn page_closing(&self, turn: &mut Turn) {
        if self.is_joined() {
            turn.order(SocketOrder::Send(ClientMessage::Closing {}));
        }
    }

    /// Sends a message now, or queues it until the seat is resumed. Signals do not queue: their link retransmits them.
    pub(crate) fn send(&mut self, message: ClientMessage) -> Option<Effect> {
        if self.phase == Phase::Joined {
            return Some(Effect::Socket(SocketOrder::Send(message)));
        }
        let waits = !matches!(message, ClientMessage::Signal { .. });
        if waits && self.waiting.len() < MOST_WAITING {
            self.waiting.push(message);
        }
        None
    }

    /// Whether a socket is the current one, and in use.
    pub(crate) fn is_current(&self, socket: SocketId) -> bool {
        socket == self.socket && (self.can_send() || matches!(self.phase, Phase::Opening | Phase::Greeted))
    }

    /// Whether the server takes our messages: in the room or in the waiting room.
    fn can_send(&self) -> bool {
        matches!(self.phase, Phase::Joined | Phase::Waiting)
    }

    /// Whether the user is in the room.
    pub(crate) fn is_joined(&self) -> bool {
        self.phase == Phase::Joined
    }

    /// Whether an attempt failed since the server last answered a ping.
    pub(crate) fn is_failing(&self) -> bool {
        self.failures > 0
    }

    fn open(&mut self, turn: &mut Turn) {
        self.socket = SocketId(self.socket.0 + 1);
        self.phase = Phase::Opening;
        self.unanswered += u32::from(std::mem::take(&mut self.greeting));
        turn.order(SocketOrder::Open(self.socket));
        turn.start(Timer::SocketTimeout, turn.allow(HANDSHAKE));
    }

    /// The server answered: schedules the next `ping`.
    fn answered(&self, turn: &mut Turn) {
        turn.stop(Timer::SocketTimeout);
        turn.start(Timer::Ping, self.interval());
    }

    /// Interval between pings, and the time limit of each.
    fn interval(&self) -> Duration {
        if self.in_call {
            CALL_PING_INTERVAL
        } else {
            PING_INTERVAL
        }
    }
}

#[cfg(test)]
mod tests;
