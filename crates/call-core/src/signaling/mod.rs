//! The socket's life: opened, greeted, kept alive, opened again when it breaks.
//!
//! What is said while it is broken waits and is said when the seat is there again, since calls go on without
//! the server and their signals must not be lost; it is dropped when the seat is gone, as it would mean nothing.

mod core;
mod event;
mod order;

use std::time::Duration;

use protocol::http::SignedIn;
use protocol::limits::{CALL_PING_INTERVAL, PING_INTERVAL};
use protocol::{ClientMessage, ErrorCode, Hello, RoomName, SeatKey, VERSION};

use crate::door::Ticket;
use crate::turn::Turn;
use crate::{Effect, Timer};

pub use event::SocketEvent;
pub use order::{SocketId, SocketOrder};

/// The pauses before the first new attempts: at once, and then 0.3, 1.2 and 2.7 s after the break, for a server that is
/// back at once.
const FIRST_PAUSES: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_millis(300),
    Duration::from_millis(900),
    Duration::from_millis(1500),
];

/// The pauses that follow until a seat waits no longer ([`protocol::limits::SEAT_GRACE`]): whoever can go on in their call
/// is back within two seconds of the server, however long it was away.
const SEAT_PAUSE: Duration = Duration::from_millis(1500);

/// How many attempts fall into that time: 2.7 s after the first four, and 19 pauses more, are 31.2 s.
const SEAT_ATTEMPTS: usize = 23;

/// The pause after that: a server that is down for long is not hammered.
const LONG_PAUSE: Duration = Duration::from_secs(7);

/// What a server may ask for at most before it is tried again.
const LONGEST_HOLD: Duration = Duration::from_secs(60);

/// A socket that is not open by then will not be: three round trips on the slowest of networks.
const HANDSHAKE: Duration = Duration::from_secs(5);

/// How long a socket may take to answer once the network may be another one: more than a round trip on nearly all of
/// them, and where it is not, the same seat is taken again.
const PROBE: Duration = Duration::from_secs(1);

/// What may wait: the candidates and descriptions of a full conference, several times over.
const MOST_WAITING: usize = 512;

/// The socket, and what waits for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signaling {
    socket: SocketId,
    phase: Phase,
    /// Attempts since the server answered a ping: one that lets the user in and breaks at once is no success.
    failures: usize,
    /// How long the server wants to be left alone.
    hold: Duration,
    in_call: bool,
    waiting: Vec<ClientMessage>,
    seat: Option<SeatKey>,
    take_over: bool,
    /// Hello was said on this socket, and is not answered.
    greeting: bool,
    /// Hellos that were not answered before their sockets were given up. The server may hear one late, and take it for
    /// another page's.
    unanswered: u32,
    /// What the server said of the seat that was laid to such a hello.
    excused: Option<ErrorCode>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Closed,
    Opening,
    Greeted,
    /// A moderator has to let the user in.
    Waiting,
    Joined,
    Paused,
}

impl Signaling {
    /// Opens a first socket, to come back to a seat if there is one; `take_over` when another page of the user may be
    /// put out of the seat.
    pub(crate) fn connect(&mut self, turn: &mut Turn, seat: Option<SeatKey>, take_over: bool) {
        *self = Self {
            socket: self.socket,
            // The page that had the seat before may have said one.
            unanswered: u32::from(seat.is_some()),
            seat,
            take_over,
            ..Self::default()
        };
        self.open(turn);
    }

    /// Closes for good.
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
            turn.stop(Timer::PongLate);
            turn.stop(Timer::Reconnect);
        }
    }

    /// The socket is open: say who comes.
    pub(crate) fn opened(
        &mut self,
        turn: &mut Turn,
        socket: SocketId,
        user: &SignedIn,
        room: &RoomName,
        ticket: Ticket,
    ) {
        if socket != self.socket || self.phase != Phase::Opening {
            return;
        }
        self.phase = Phase::Greeted;
        self.greeting = true;
        let (password, invite) = ticket.into_parts();
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
        turn.start(Timer::PongLate, self.interval());
    }

    /// The server lets us wait: the socket is kept alive until it lets us in.
    pub(crate) fn waits(&mut self, turn: &mut Turn) {
        self.phase = Phase::Waiting;
        self.greeting = false;
        // The seat, if there was one, is gone.
        self.seat = None;
        self.waiting.clear();
        self.answered(turn);
    }

    /// The server let us in.
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

    /// The server turns us away: that is an answer too.
    pub(crate) fn refused(&mut self) {
        self.greeting = false;
    }

    /// Whether it may be a hello of our own that has the seat: heard late, on a socket that is closed by now. Each
    /// such hello explains that once.
    pub(crate) fn crossed_itself(&mut self, code: ErrorCode) -> bool {
        let before = self.unanswered;
        self.unanswered = before.saturating_sub(1);
        if before > 0 {
            self.excused.get_or_insert(code);
        }
        before > 0
    }

    /// What became of the seat, now that the server says it once more: it was another page that took it over, if that was
    /// said first.
    pub(crate) fn seat_lost(&mut self, code: ErrorCode) -> ErrorCode {
        self.excused.take().unwrap_or(code)
    }

    /// The socket broke: try again, at first at once, then after pauses, in which chance keeps clients of a server that
    /// restarts apart.
    pub(crate) fn closed(&mut self, turn: &mut Turn, socket: SocketId) {
        if socket != self.socket || matches!(self.phase, Phase::Closed | Phase::Paused) {
            return;
        }
        self.phase = Phase::Paused;
        let pause = pause_after(self.failures).max(std::mem::take(&mut self.hold));
        self.failures += 1;
        turn.stop(Timer::Ping);
        turn.stop(Timer::PongLate);
        if pause.is_zero() {
            return self.retry(turn);
        }
        // Up to a tenth more.
        let permille = 1000 + u32::try_from(turn.moment.random % 101).unwrap_or(0);
        turn.start(Timer::Reconnect, pause * permille / 1000);
    }

    /// The server says when to come back.
    pub(crate) fn hold(&mut self, time: Duration) {
        self.hold = time.min(LONGEST_HOLD);
    }

    /// Tries at once, if a pause is on.
    pub(crate) fn retry(&mut self, turn: &mut Turn) {
        if self.phase == Phase::Paused {
            turn.stop(Timer::Reconnect);
            self.open(turn);
        }
    }

    /// The browser has a network again, which may be another one: is the socket alive? One that is being opened was
    /// begun in the old one.
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

    /// Whether the user is in a call, where a dead socket is to be found soon.
    pub(crate) fn set_in_call(&mut self, turn: &mut Turn, in_call: bool) {
        let sooner = !std::mem::replace(&mut self.in_call, in_call) && in_call;
        if sooner && self.phase == Phase::Joined {
            self.ping(turn);
        }
    }

    /// Says `ping`, and expects an answer.
    pub(crate) fn ping(&mut self, turn: &mut Turn) {
        if self.is_heard() {
            turn.order(SocketOrder::Send(ClientMessage::Ping {}));
            turn.start(Timer::PongLate, self.interval());
        }
    }

    /// Says `ping` where the network may be another one, and expects an answer soon. The next regular `ping` would put the
    /// limit off, and waits until the answer is there.
    pub(crate) fn probe(&mut self, turn: &mut Turn) {
        if self.is_heard() {
            turn.stop(Timer::Ping);
            turn.order(SocketOrder::Send(ClientMessage::Ping {}));
            turn.start(Timer::PongLate, PROBE);
        }
    }

    /// The answer is here.
    pub(crate) fn pong(&mut self, turn: &mut Turn) {
        if self.is_heard() {
            self.failures = 0;
            self.answered(turn);
        }
    }

    /// No answer came: the socket says that it is open, and is dead.
    pub(crate) fn pong_late(&mut self, turn: &mut Turn) {
        turn.order(SocketOrder::Close);
        self.closed(turn, self.socket);
    }

    /// The page is being closed: the server need not wait long for another one. It takes that back by itself when this page
    /// goes on after all, as one does that the browser kept whole.
    pub(crate) fn page_closing(&self, turn: &mut Turn) {
        if self.is_joined() {
            turn.order(SocketOrder::Send(ClientMessage::Closing {}));
        }
    }

    /// Sends a message, now or when the seat is there again. Signals do not wait: their link sends them again.
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

    /// Whether a socket's reports are of interest.
    pub(crate) fn is_current(&self, socket: SocketId) -> bool {
        socket == self.socket && (self.is_heard() || matches!(self.phase, Phase::Opening | Phase::Greeted))
    }

    /// Whether the server hears us, be it in the room or before it.
    fn is_heard(&self) -> bool {
        matches!(self.phase, Phase::Joined | Phase::Waiting)
    }

    /// Whether the room hears us.
    pub(crate) fn is_joined(&self) -> bool {
        self.phase == Phase::Joined
    }

    /// Whether an attempt has failed since the last that succeeded.
    pub(crate) fn is_failing(&self) -> bool {
        self.failures > 0
    }

    fn open(&mut self, turn: &mut Turn) {
        self.socket = SocketId(self.socket.0 + 1);
        self.phase = Phase::Opening;
        self.unanswered += u32::from(std::mem::take(&mut self.greeting));
        turn.order(SocketOrder::Open(self.socket));
        turn.start(Timer::PongLate, HANDSHAKE);
    }

    /// The server answered: the next `ping` is due later.
    fn answered(&self, turn: &mut Turn) {
        turn.stop(Timer::PongLate);
        turn.start(Timer::Ping, self.interval());
    }

    /// How often to ping, and how long to wait for the answer.
    fn interval(&self) -> Duration {
        if self.in_call {
            CALL_PING_INTERVAL
        } else {
            PING_INTERVAL
        }
    }
}

/// How long to wait before the next attempt, after so many that failed.
fn pause_after(failures: usize) -> Duration {
    match FIRST_PAUSES.get(failures) {
        Some(pause) => *pause,
        None if failures < SEAT_ATTEMPTS => SEAT_PAUSE,
        None => LONG_PAUSE,
    }
}

#[cfg(test)]
mod tests;
