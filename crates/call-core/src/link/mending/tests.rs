//! Tests of recovery: its steps one by one, and under any order of events.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use ConnectionState::{Connected, Connecting, Disconnected, Failed, New};

fn well(polite: bool) -> Mending {
    let mut mending = Mending::new(polite);
    mending.changed(Connected);
    mending.settled(true);
    mending
}

/// All steps until the user is asked, each with the timeout before it in milliseconds.
fn steps(mending: &mut Mending, state: ConnectionState) -> Vec<(u128, Step)> {
    let mut steps = Vec::new();
    mending.changed(state);
    while let Some(patience) = mending.patience() {
        let step = mending.late(true);
        if step == Step::Renew {
            *mending = mending.renewed();
        }
        steps.push((patience.as_millis(), step));
    }
    steps
}

#[test]
fn lost_connection_restarts_ice_then_renews_then_gives_up() {
    let mut mending = well(false);
    mending.relays_offered(true);
    assert_eq!(
        steps(&mut mending, Disconnected),
        [
            (2_000, Step::Restart),
            (3_000, Step::Restart),
            (4_000, Step::Restart),
            (6_000, Step::Renew),
            (12_000, Step::Renew),
            (12_000, Step::Renew),
            (12_000, Step::GiveUp),
        ]
    );
    assert!(mending.relay_only(), "the last attempt used relays only");
    assert_eq!(mending.retry(), Step::Renew);
    assert!(!mending.renewed().relay_only(), "a retry starts over");
}

#[test]
fn polite_end_acts_later() {
    for state in [Disconnected, Failed, Connecting] {
        let (mut polite, mut impolite) = (well(true), well(false));
        for end in [&mut polite, &mut impolite] {
            end.changed(state);
        }
        assert!(polite.patience() >= impolite.patience().map(|patience| patience + POLITE));
    }
}

#[test]
fn never_connected_epoch_is_not_restarted() {
    let mut mending = Mending::new(false);
    let steps = steps(&mut mending, Failed);
    assert!(steps.iter().all(|(_, step)| *step != Step::Restart));
}

#[test]
fn refusing_relays_end_a_relay_only_attempt_soon() {
    let mut mending = Mending::new(false);
    mending.relays_offered(true);
    while !mending.relay_only() {
        assert_eq!(mending.late(true), Step::Renew);
        mending = mending.renewed();
        mending.changed(New);
    }
    assert_eq!(mending.patience(), Some(CONNECT));
    mending.relay_failed(401);
    assert_eq!(mending.patience(), Some(HOPELESS), "its state stays New");
    assert_eq!(mending.late(true), Step::GiveUp);
    assert_eq!(mending.trouble(), LinkTrouble::RelayRefused);
    mending.relay_found();
    assert_eq!(mending.trouble(), LinkTrouble::NoWay, "another relay worked");
}

#[test]
fn step_waits_while_server_is_unreachable() {
    let mut mending = well(false);
    mending.changed(Failed);
    for _ in 0..20 {
        assert_eq!(mending.late(false), Step::Wait);
        assert_eq!(mending.patience(), None);
    }
    assert_eq!(mending.resumed(), Step::Restart);
    assert_eq!(mending.resumed(), Step::Wait, "once");
}

#[test]
fn certain_network_change_restarts_a_working_connection() {
    let mut mending = well(true);
    assert_eq!(mending.network_changed(true), Step::Restart);
    assert_eq!(mending.patience(), None, "it still works");
    mending.settled(false);
    assert_eq!(
        mending.patience(),
        Some(SETTLE),
        "a working connection is not given up soon"
    );
}

#[test]
fn possible_network_change_restarts_only_lost_connections() {
    let mut mending = well(false);
    assert_eq!(mending.network_changed(false), Step::Wait);
    mending.changed(Disconnected);
    assert_eq!(mending.patience(), Some(BROKEN));
    let mut lost = well(false);
    lost.changed(Disconnected);
    assert_eq!(lost.network_changed(false), Step::Restart);
    assert_eq!(lost.patience(), Some(RESTARTED[0]));
}

#[test]
fn network_change_retries_after_giving_up() {
    let mut mending = well(false);
    steps(&mut mending, Failed);
    assert!(mending.given_up());
    assert_eq!(mending.network_changed(false), Step::Wait);
    assert_eq!(mending.network_changed(true), Step::Renew);
}

#[test]
fn silent_connection_is_recovered_like_a_lost_one() {
    let mut mending = well(false);
    let mut taken = Vec::new();
    for _ in 0..20 {
        // Each attempt connects, and no media arrives.
        mending.changed(Connected);
        mending.settled(true);
        mending.hears(true, false);
        assert!(mending.patience().is_some());
        let step = mending.late(true);
        if step == Step::Renew {
            mending = mending.renewed();
        }
        taken.push(step);
        if step == Step::GiveUp {
            break;
        }
    }
    let count = |step| taken.iter().filter(|taken| **taken == step).count();
    assert_eq!(
        (count(Step::Restart), count(Step::Renew), count(Step::GiveUp)),
        (12, 3, 1),
        "{taken:?}"
    );
    mending.hears(false, true);
    mending.changed(Connected);
    mending.settled(true);
    assert_eq!(mending.patience(), None, "until media arrives");
}

#[derive(Clone, Copy, Debug)]
enum Happening {
    Changed(ConnectionState),
    Settled(bool),
    Late(bool),
    Resumed,
    Network(bool),
    RelayFailed(u16),
    Hears(bool),
}

fn happening() -> impl Strategy<Value = Happening> {
    let state = prop_oneof![
        Just(New),
        Just(Connecting),
        Just(Connected),
        Just(Disconnected),
        Just(Failed)
    ];
    prop_oneof![
        state.prop_map(Happening::Changed),
        any::<bool>().prop_map(Happening::Settled),
        any::<bool>().prop_map(Happening::Late),
        Just(Happening::Resumed),
        any::<bool>().prop_map(Happening::Network),
        any::<u16>().prop_map(Happening::RelayFailed),
        any::<bool>().prop_map(Happening::Hears),
    ]
}

proptest! {
    /// After any events, a connection that does not work has a timeout, waits for the server, or has asked the user;
    /// and a bounded number of further steps leads to asking the user.
    #[test]
    fn unwell_connection_always_has_a_next_step(happenings in vec(happening(), 0..60), polite in any::<bool>()) {
        let mut mending = Mending::new(polite);
        for happening in happenings {
            let step = match happening {
                Happening::Changed(state) => { mending.changed(state); Step::Wait }
                Happening::Settled(settled) => { mending.settled(settled); Step::Wait }
                Happening::Late(can) if mending.patience().is_some() => mending.late(can),
                Happening::Late(_) => Step::Wait,
                Happening::Resumed => mending.resumed(),
                Happening::Network(certain) => mending.network_changed(certain),
                Happening::RelayFailed(code) => { mending.relay_failed(code); Step::Wait }
                Happening::Hears(hears) => {
                    mending.hears(!hears, hears);
                    Step::Wait
                }
            };
            if step == Step::Renew {
                mending = mending.renewed();
            }
            let waits = mending.paused || mending.given_up;
            prop_assert_eq!(mending.patience().is_none(), mending.is_well() || waits);
        }
        mending.changed(Failed);
        mending.resumed();
        prop_assert!(steps(&mut mending, Failed).len() <= RESTARTED.len() + usize::from(RENEWALS) + 1);
        prop_assert!(mending.given_up());
    }
}
