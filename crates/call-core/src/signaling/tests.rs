//! The socket's life, in tests.

use protocol::limits::SEAT_GRACE;

use super::*;

fn ann() -> SignedIn {
    SignedIn {
        token: None,
        name: protocol::UserName::parse("Ann").expect("a name"),
        guest_of: None,
    }
}

fn joined() -> Signaling {
    let mut signaling = Signaling::default();
    signaling.connect(None, false);
    let room = RoomName::parse("r").expect("a name");
    signaling.opened(SocketId(1), &ann(), &room, Ticket::default());
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

/// Breaks the newest socket; says how long it takes until the next is opened.
fn break_newest(signaling: &mut Signaling, random: u64) -> Duration {
    let moment = Moment {
        random,
        ..Moment::default()
    };
    let effects = signaling.closed(signaling.socket, moment);
    let opened = |effect: &Effect| matches!(effect, Effect::OpenSocket(_));
    if effects.iter().any(opened) {
        return Duration::ZERO;
    }
    signaling.retry();
    pause(&effects).expect("a new attempt")
}

#[test]
fn a_server_is_tried_at_once_and_then_at_growing_intervals_that_chance_spreads() {
    let (mut early, mut late) = (joined(), joined());
    let mut since = (Duration::ZERO, Duration::ZERO);
    let mut moments = Vec::new();
    for _ in 0..26 {
        since.0 += break_newest(&mut early, 0);
        since.1 += break_newest(&mut late, 100);
        moments.push(since.0.as_millis());
        assert_eq!(since.1, since.0 * 11 / 10);
    }
    assert_eq!(moments[..7], [0, 300, 1200, 2700, 4200, 5700, 7200]);
    assert_eq!(moments[22..], [31_200, 38_200, 45_200, 52_200]);
}

#[test]
fn server_is_found_within_two_seconds_as_long_as_a_seat_waits() {
    for random in [0, 100] {
        let mut signaling = joined();
        let mut since = Duration::ZERO;
        while since < SEAT_GRACE {
            let pause = break_newest(&mut signaling, random);
            assert!(pause < Duration::from_secs(2), "{pause:?} at {since:?}");
            since += pause;
        }
    }
}

#[test]
fn a_socket_that_breaks_as_soon_as_it_is_open_is_no_success_and_one_that_lives_is() {
    let mut signaling = joined();
    assert_eq!(break_newest(&mut signaling, 0), Duration::ZERO);
    let again = |signaling: &mut Signaling| {
        let room = RoomName::parse("r").expect("a name");
        signaling.opened(signaling.socket, &ann(), &room, Ticket::default());
        signaling.joined(SeatKey("k".to_owned()), true);
    };
    again(&mut signaling);
    assert_eq!(break_newest(&mut signaling, 0), FIRST_PAUSES[1]);
    again(&mut signaling);
    signaling.ping();
    signaling.pong();
    assert_eq!(break_newest(&mut signaling, 0), Duration::ZERO);
}

#[test]
fn a_server_that_names_a_time_is_left_alone_for_so_long_once() {
    let mut signaling = joined();
    signaling.hold(Duration::from_secs(4));
    assert_eq!(break_newest(&mut signaling, 0), Duration::from_secs(4));
    assert_eq!(break_newest(&mut signaling, 0), FIRST_PAUSES[1]);
    signaling.hold(Duration::MAX);
    assert_eq!(break_newest(&mut signaling, 0), LONGEST_HOLD);
}

#[test]
fn a_network_that_is_back_is_tried_at_once_also_when_an_attempt_hangs_in_the_old_one() {
    let mut signaling = joined();
    for _ in 0..5 {
        break_newest(&mut signaling, 0);
    }
    let hanging = signaling.socket;
    let effects = signaling.went_online();
    assert_eq!(
        effects[..2],
        [Effect::CloseSocket, Effect::OpenSocket(SocketId(hanging.0 + 1))]
    );
    signaling.closed(signaling.socket, Moment::default());
    assert!(
        signaling
            .went_online()
            .contains(&Effect::OpenSocket(SocketId(hanging.0 + 2)))
    );
}

#[test]
fn a_dead_socket_is_found_within_six_seconds_in_a_call() {
    let timer = |effects: &[Effect], which: Timer| {
        effects.iter().find_map(|effect| match effect {
            Effect::StartTimer { timer, after } if *timer == which => Some(*after),
            _ => None,
        })
    };
    let mut signaling = joined();
    assert!(!signaling.set_in_call(true).is_empty(), "it is looked at now");
    let next = timer(&signaling.pong(), Timer::Ping).expect("a ping");
    let late = timer(&signaling.ping(), Timer::PongLate).expect("a limit");
    assert!(next + late < Duration::from_secs(6));
    assert!(signaling.set_in_call(false).is_empty());
    assert!(timer(&signaling.pong(), Timer::Ping) > Some(next));
}

#[test]
fn a_socket_that_is_dead_in_another_network_is_found_before_the_next_ping_puts_it_off() {
    let mut signaling = joined();
    signaling.set_in_call(true);
    signaling.pong();
    let effects = signaling.probe();
    assert!(effects.contains(&Effect::StopTimer(Timer::Ping)));
    let late = effects.iter().find_map(|effect| match effect {
        Effect::StartTimer {
            timer: Timer::PongLate,
            after,
        } => Some(*after),
        _ => None,
    });
    assert!(late.is_some_and(|late| late < CALL_PING_INTERVAL));
    let answered = signaling.pong();
    assert!(answered.contains(&signaling.ping_soon()));
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
    assert!(effects.contains(&Effect::OpenSocket(SocketId(2))));
}

#[test]
fn reports_of_an_older_socket_are_stale() {
    let mut signaling = joined();
    assert_eq!(signaling.closed(SocketId(0), Moment::default()), []);
    assert!(signaling.is_joined());
}
