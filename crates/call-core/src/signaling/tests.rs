//! The socket's life cycle.

use super::*;

use crate::SocketOrder;
use crate::turn::tests::Driven;

fn ann() -> SignedIn {
    SignedIn {
        token: None,
        name: protocol::UserName::parse("Ann").expect("a name"),
        guest_of: None,
    }
}

impl Driven<Signaling> {
    fn opened(&mut self) {
        let room = RoomName::parse("r").expect("a name");
        self.act(|signaling, turn| {
            signaling.opened(turn, signaling.socket, &ann(), &room, RoomCredentials::default());
        });
    }

    fn joined(&mut self, seat: &str, resumed: bool) -> Vec<Effect> {
        let seat = SeatKey(seat.to_owned());
        self.act(|signaling, turn| signaling.joined(turn, seat, resumed))
    }

    fn closed(&mut self, socket: SocketId, random: u64) -> Vec<Effect> {
        self.act(|signaling, turn| {
            turn.moment.random = random;
            signaling.closed(turn, socket);
        })
    }

    fn set_in_call(&mut self, in_call: bool) -> Vec<Effect> {
        self.act(|signaling, turn| signaling.set_in_call(turn, in_call))
    }
}

fn joined() -> Driven<Signaling> {
    let mut signaling = Driven::<Signaling>::default();
    signaling.act(|signaling, turn| signaling.connect(turn, None, false));
    signaling.opened();
    signaling.joined("k", false);
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

/// Breaks the current socket; returns the time until the next one is opened.
fn break_newest(signaling: &mut Driven<Signaling>, random: u64) -> Duration {
    let effects = signaling.closed(signaling.socket, random);
    let opened = |effect: &Effect| matches!(effect, Effect::Socket(SocketOrder::Open(_)));
    if effects.iter().any(opened) {
        return Duration::ZERO;
    }
    signaling.act(Signaling::retry);
    pause(&effects).expect("a new attempt")
}

#[test]
fn reconnects_at_once_then_after_pauses() {
    let mut signaling = joined();
    let pauses = [0; 3].map(|random| break_newest(&mut signaling, random));
    assert_eq!(pauses, [0, 300, 900].map(Duration::from_millis));
    let mut signaling = joined();
    signaling.set_in_call(true);
    let pauses = [0, 0, 200].map(|random| break_newest(&mut signaling, random));
    assert_eq!(pauses, [0, 300, 500].map(Duration::from_millis));
}

#[test]
fn only_a_pong_resets_the_backoff() {
    let mut signaling = joined();
    assert_eq!(break_newest(&mut signaling, 0), Duration::ZERO);
    let again = |signaling: &mut Driven<Signaling>| {
        signaling.opened();
        signaling.joined("k", true);
    };
    again(&mut signaling);
    assert_eq!(break_newest(&mut signaling, 0), Duration::from_millis(300));
    again(&mut signaling);
    signaling.act(Signaling::ping);
    signaling.act(Signaling::pong);
    assert_eq!(break_newest(&mut signaling, 0), Duration::ZERO);
}

#[test]
fn pause_set_by_the_server_counts_once_and_is_capped() {
    let mut signaling = joined();
    signaling.hold(Duration::from_secs(4));
    assert_eq!(break_newest(&mut signaling, 0), Duration::from_secs(4));
    assert_eq!(break_newest(&mut signaling, 0), Duration::from_millis(300));
    signaling.hold(Duration::MAX);
    assert_eq!(break_newest(&mut signaling, 0), LONGEST_HOLD);
}

#[test]
fn going_online_reconnects_at_once_even_while_opening() {
    let mut signaling = joined();
    for _ in 0..5 {
        break_newest(&mut signaling, 0);
    }
    let hanging = signaling.socket;
    let effects = signaling.act(Signaling::went_online);
    assert_eq!(
        effects[..2],
        [
            Effect::Socket(SocketOrder::Close),
            Effect::Socket(SocketOrder::Open(SocketId(hanging.0 + 1)))
        ]
    );
    signaling.closed(signaling.socket, 0);
    assert!(
        signaling
            .act(Signaling::went_online)
            .contains(&Effect::Socket(SocketOrder::Open(SocketId(hanging.0 + 2))))
    );
}

#[test]
fn dead_socket_is_found_within_six_seconds_in_a_call() {
    let timer = |effects: &[Effect], which: Timer| {
        effects.iter().find_map(|effect| match effect {
            Effect::StartTimer { timer, after } if *timer == which => Some(*after),
            _ => None,
        })
    };
    let mut signaling = joined();
    assert!(!signaling.set_in_call(true).is_empty(), "it is pinged now");
    let next = timer(&signaling.act(Signaling::pong), Timer::Ping).expect("a ping");
    let late = timer(&signaling.act(Signaling::ping), Timer::SocketTimeout).expect("a limit");
    assert!(next + late < Duration::from_secs(6));
    assert!(signaling.set_in_call(false).is_empty());
    assert!(timer(&signaling.act(Signaling::pong), Timer::Ping) > Some(next));
}

#[test]
fn probe_times_out_before_the_next_ping() {
    let mut signaling = joined();
    signaling.set_in_call(true);
    signaling.act(Signaling::pong);
    let effects = signaling.act(Signaling::probe);
    assert!(effects.contains(&Effect::StopTimer(Timer::Ping)));
    let late = effects.iter().find_map(|effect| match effect {
        Effect::StartTimer {
            timer: Timer::SocketTimeout,
            after,
        } => Some(*after),
        _ => None,
    });
    assert!(late.is_some_and(|late| late < CALL_PING_INTERVAL));
    let answered = signaling.act(Signaling::pong);
    let pings_again = |effect: &Effect| {
        matches!(
            effect,
            Effect::StartTimer {
                timer: Timer::Ping,
                ..
            }
        )
    };
    assert!(answered.iter().any(pings_again));
}

#[test]
fn queued_messages_are_sent_in_the_same_seat_only() {
    let leave = ClientMessage::LeaveConference {};
    let mut signaling = joined();
    signaling.closed(SocketId(1), 0);
    assert_eq!(signaling.send(leave.clone()), None);
    let mut elsewhere = signaling.clone();
    let said = signaling.joined("k", true);
    assert!(said.contains(&Effect::Socket(SocketOrder::Send(leave.clone()))));
    let said = elsewhere.joined("k2", false);
    assert!(!said.contains(&Effect::Socket(SocketOrder::Send(leave))));
}

#[test]
fn socket_without_a_pong_is_reopened() {
    let mut signaling = joined();
    assert!(
        signaling
            .act(Signaling::ping)
            .contains(&Effect::Socket(SocketOrder::Send(ClientMessage::Ping {})))
    );
    let effects = signaling.act(Signaling::socket_timed_out);
    assert_eq!(effects[0], Effect::Socket(SocketOrder::Close));
    assert!(effects.contains(&Effect::Socket(SocketOrder::Open(SocketId(2)))));
}

#[test]
fn reports_of_an_older_socket_are_stale() {
    let mut signaling = joined();
    assert_eq!(signaling.closed(SocketId(0), 0), []);
    assert!(signaling.is_joined());
}
