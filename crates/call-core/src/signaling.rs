//! The socket's life: opened, greeted, kept alive, opened again when it breaks.
//!
//! What is said while it is broken waits and is said when the seat is there again, since calls go on without
//! the server and their signals must not be lost; it is dropped when the seat is gone, as it would mean nothing.

use std::time::Duration;

use protocol::limits::PING_INTERVAL;
use protocol::{ClientMessage, Hello, RoomName, SeatKey, SessionToken, VERSION};

use crate::{Effect, Moment, SocketId, Timer};

/// The pause before the first new attempt; it doubles with each that fails.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause: a server that is back is found soon, one that is down is not hammered.
const LONGEST_PAUSE: Duration = Duration::from_secs(8);
/// A socket that is not open by then will not be: three round trips on the slowest of networks.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// What may wait: the candidates and descriptions of a full conference, several times over.
const MOST_WAITING: usize = 512;

/// The socket, and what waits for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signaling {
    socket: SocketId,
    phase: Phase,
    failures: u32,
    waiting: Vec<ClientMessage>,
    seat: Option<SeatKey>,
    take_over: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Closed,
    Opening,
    Greeted,
    Joined,
    Paused,
}

impl Signaling {
    /// Opens a first socket; `take_over` when another page of the user may be put out of the seat.
    pub(crate) fn connect(&mut self, take_over: bool) -> Vec<Effect> {
        *self = Self {
            socket: self.socket,
            take_over,
            ..Self::default()
        };
        self.open()
    }

    /// Closes for good.
    pub(crate) fn disconnect(&mut self) -> Vec<Effect> {
        let was = std::mem::replace(
            self,
            Self {
                socket: self.socket,
                ..Self::default()
            },
        );
        if was.phase == Phase::Closed {
            return Vec::new();
        }
        vec![
            Effect::CloseSocket,
            Effect::StopTimer(Timer::Ping),
            Effect::StopTimer(Timer::PongLate),
            Effect::StopTimer(Timer::Reconnect),
        ]
    }

    /// The socket is open: say who comes.
    pub(crate) fn opened(
        &mut self,
        socket: SocketId,
        token: Option<SessionToken>,
        room: &RoomName,
    ) -> Vec<Effect> {
        if socket != self.socket || self.phase != Phase::Opening {
            return Vec::new();
        }
        self.phase = Phase::Greeted;
        let hello = Hello {
            version: VERSION,
            token,
            room: room.to_string(),
            seat: self.seat.clone(),
            take_over: self.take_over,
        };
        vec![Effect::Send(ClientMessage::Hello(hello)), pong_late()]
    }

    /// The server let us in.
    pub(crate) fn joined(&mut self, seat: SeatKey, resumed: bool) -> Vec<Effect> {
        self.phase = Phase::Joined;
        self.failures = 0;
        self.seat = Some(seat);
        self.take_over = false;
        let waiting = std::mem::take(&mut self.waiting);
        let mut effects = vec![Effect::StopTimer(Timer::PongLate), ping_soon()];
        if resumed {
            effects.extend(waiting.into_iter().map(Effect::Send));
        }
        effects
    }

    /// The socket broke: try again after a pause, in which chance keeps clients of a server that restarts apart.
    pub(crate) fn closed(&mut self, socket: SocketId, moment: Moment) -> Vec<Effect> {
        if socket != self.socket || matches!(self.phase, Phase::Closed | Phase::Paused) {
            return Vec::new();
        }
        self.phase = Phase::Paused;
        let pause = FIRST_PAUSE
            .saturating_mul(1 << self.failures.min(10))
            .min(LONGEST_PAUSE);
        self.failures += 1;
        // Between three quarters and five quarters of the pause.
        let permille = 750 + u32::try_from(moment.random % 501).unwrap_or(0);
        let after = pause * permille / 1000;
        vec![
            Effect::StopTimer(Timer::Ping),
            Effect::StopTimer(Timer::PongLate),
            Effect::StartTimer {
                timer: Timer::Reconnect,
                after,
            },
        ]
    }

    /// Tries at once, if a pause is on.
    pub(crate) fn retry(&mut self) -> Vec<Effect> {
        if self.phase != Phase::Paused {
            return Vec::new();
        }
        let mut effects = vec![Effect::StopTimer(Timer::Reconnect)];
        effects.extend(self.open());
        effects
    }

    /// The browser has a network again, which may be another one: is the socket alive?
    pub(crate) fn went_online(&mut self) -> Vec<Effect> {
        if self.phase == Phase::Joined {
            self.ping()
        } else {
            self.retry()
        }
    }

    /// Says `ping`, and expects an answer.
    pub(crate) fn ping(&mut self) -> Vec<Effect> {
        if self.phase != Phase::Joined {
            return Vec::new();
        }
        vec![Effect::Send(ClientMessage::Ping {}), pong_late()]
    }

    /// The answer is here.
    pub(crate) fn pong(&mut self) -> Vec<Effect> {
        if self.phase != Phase::Joined {
            return Vec::new();
        }
        vec![Effect::StopTimer(Timer::PongLate), ping_soon()]
    }

    /// No answer came: the socket says that it is open, and is dead.
    pub(crate) fn pong_late(&mut self, moment: Moment) -> Vec<Effect> {
        let mut effects = vec![Effect::CloseSocket];
        effects.extend(self.closed(self.socket, moment));
        effects
    }

    /// Says a message, now or when the seat is there again.
    pub(crate) fn say(&mut self, message: ClientMessage) -> Option<Effect> {
        if self.phase == Phase::Joined {
            return Some(Effect::Send(message));
        }
        if self.waiting.len() < MOST_WAITING {
            self.waiting.push(message);
        }
        None
    }

    /// Whether a socket's reports are of interest.
    pub(crate) fn is_current(&self, socket: SocketId) -> bool {
        socket == self.socket && matches!(self.phase, Phase::Opening | Phase::Greeted | Phase::Joined)
    }

    /// Whether the room hears us.
    pub(crate) fn is_joined(&self) -> bool {
        self.phase == Phase::Joined
    }

    /// Whether an attempt has failed since the last that succeeded.
    pub(crate) fn is_failing(&self) -> bool {
        self.failures > 0
    }

    fn open(&mut self) -> Vec<Effect> {
        self.socket = SocketId(self.socket.0 + 1);
        self.phase = Phase::Opening;
        vec![
            Effect::OpenSocket(self.socket),
            Effect::StartTimer {
                timer: Timer::PongLate,
                after: HANDSHAKE,
            },
        ]
    }
}

fn ping_soon() -> Effect {
    Effect::StartTimer {
        timer: Timer::Ping,
        after: PING_INTERVAL,
    }
}

fn pong_late() -> Effect {
    Effect::StartTimer {
        timer: Timer::PongLate,
        after: PING_INTERVAL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined() -> Signaling {
        let mut signaling = Signaling::default();
        signaling.connect(false);
        let room = RoomName::parse("r").expect("a name");
        signaling.opened(SocketId(1), Some(SessionToken("t".to_owned())), &room);
        signaling.joined(SeatKey("k".to_owned()), false);
        signaling
    }

    fn pause(effects: &[Effect]) -> Option<Duration> {
        effects.iter().find_map(|effect| match effect {
            Effect::StartTimer {
                timer: Timer::Reconnect,
                after,
            } => Some(*after),
            _ => None,
        })
    }

    #[test]
    fn pauses_grow_to_a_bound_and_chance_spreads_them() {
        let mut signaling = joined();
        let mut last = Duration::ZERO;
        for attempt in 0..12_u64 {
            let moment = Moment {
                random: 250,
                ..Moment::default()
            };
            let after = pause(&signaling.closed(SocketId(1 + attempt), moment)).expect("a new attempt");
            assert!(after >= last && after <= LONGEST_PAUSE);
            last = after;
            signaling.retry();
        }
        assert_eq!(last, LONGEST_PAUSE);
        let mut early = joined();
        let mut late = joined();
        let first = pause(&early.closed(
            SocketId(1),
            Moment {
                random: 0,
                ..Moment::default()
            },
        ));
        let second = pause(&late.closed(
            SocketId(1),
            Moment {
                random: 500,
                ..Moment::default()
            },
        ));
        assert!(first < second);
    }

    #[test]
    fn what_is_said_while_the_socket_is_broken_is_said_in_the_same_seat_or_not_at_all() {
        let leave = ClientMessage::LeaveConference {};
        let mut signaling = joined();
        signaling.closed(SocketId(1), Moment::default());
        assert_eq!(signaling.say(leave.clone()), None);
        let mut elsewhere = signaling.clone();
        let said = signaling.joined(SeatKey("k".to_owned()), true);
        assert!(said.contains(&Effect::Send(leave.clone())));
        let said = elsewhere.joined(SeatKey("k2".to_owned()), false);
        assert!(!said.contains(&Effect::Send(leave)));
    }

    #[test]
    fn a_socket_that_does_not_answer_is_closed_and_opened_again() {
        let mut signaling = joined();
        assert!(signaling.ping().contains(&Effect::Send(ClientMessage::Ping {})));
        let effects = signaling.pong_late(Moment::default());
        assert_eq!(effects[0], Effect::CloseSocket);
        assert!(pause(&effects).is_some());
        assert!(signaling.retry().contains(&Effect::OpenSocket(SocketId(2))));
    }

    #[test]
    fn reports_of_an_older_socket_are_stale() {
        let mut signaling = joined();
        assert_eq!(signaling.closed(SocketId(0), Moment::default()), []);
        assert!(signaling.is_joined());
    }
}
