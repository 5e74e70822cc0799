//! Tests of recovery: its steps one by one, and under any order of events.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use ConnectionState::{Connected, Connecting, Disconnected, Failed, New};

fn well(polite: bool) -> Recovery {
    let mut recovery = Recovery::new(polite);
    recovery.changed(Connected);
    recovery.settled(true);
    recovery
}

/// All steps until the user is asked, each with the timeout before it in milliseconds.
fn steps(recovery: &mut Recovery, state: ConnectionState) -> Vec<(u128, Step)> {
    let mut steps = Vec::new();
    recovery.changed(state);
    while let Some(patience) = recovery.patience() {
        let step = recovery.timed_out(true);
        if step == Step::Renew {
            *recovery = recovery.renewed();
        }
        steps.push((patience.as_millis(), step));
    }
    steps
}

#[test]
fn lost_connection_restarts_ice_then_renews_then_gives_up() {
    let mut recovery = well(false);
    recovery.relays_offered(true);
    assert_eq!(
        steps(&mut recovery, Disconnected),
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
    assert!(recovery.relay_only(), "the last attempt used relays only");
    assert_eq!(recovery.retry(), Step::Renew);
    assert!(!recovery.renewed().relay_only(), "a retry starts over");
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
    let mut recovery = Recovery::new(false);
    let steps = steps(&mut recovery, Failed);
    assert!(steps.iter().all(|(_, step)| *step != Step::Restart));
}

#[test]
fn refusing_relays_end_a_relay_only_attempt_soon() {
    let mut recovery = Recovery::new(false);
    recovery.relays_offered(true);
    while !recovery.relay_only() {
        assert_eq!(recovery.timed_out(true), Step::Renew);
        recovery = recovery.renewed();
        recovery.changed(New);
    }
    assert_eq!(recovery.patience(), Some(CONNECT));
    recovery.relay_failed(401);
    assert_eq!(recovery.patience(), Some(HOPELESS), "its state stays New");
    assert_eq!(recovery.timed_out(true), Step::GiveUp);
    assert_eq!(recovery.trouble(), LinkTrouble::RelayRefused);
    recovery.relay_found();
    assert_eq!(recovery.trouble(), LinkTrouble::NoWay, "another relay worked");
}

#[test]
fn step_waits_while_server_is_unreachable() {
    let mut recovery = well(false);
    recovery.changed(Failed);
    for _ in 0..20 {
        assert_eq!(recovery.timed_out(false), Step::Wait);
        assert_eq!(recovery.patience(), None);
    }
    assert_eq!(recovery.resumed(), Step::Restart);
    assert_eq!(recovery.resumed(), Step::Wait, "once");
}

#[test]
fn certain_network_change_restarts_a_working_connection() {
    let mut recovery = well(true);
    assert_eq!(recovery.network_changed(true), Step::Restart);
    assert_eq!(recovery.patience(), None, "it still works");
    recovery.settled(false);
    assert_eq!(
        recovery.patience(),
        Some(SETTLE),
        "a working connection is not given up soon"
    );
}

#[test]
fn possible_network_change_restarts_only_lost_connections() {
    let mut recovery = well(false);
    assert_eq!(recovery.network_changed(false), Step::Wait);
    recovery.changed(Disconnected);
    assert_eq!(recovery.patience(), Some(BROKEN));
    let mut lost = well(false);
    lost.changed(Disconnected);
    assert_eq!(lost.network_changed(false), Step::Restart);
    assert_eq!(lost.patience(), Some(RESTARTED[0]));
}

#[test]
fn network_change_retries_after_giving_up() {
    let mut recovery = well(false);
    steps(&mut recovery, Failed);
    assert!(recovery.given_up());
    assert_eq!(recovery.network_changed(false), Step::Wait);
    assert_eq!(recovery.network_changed(true), Step::Renew);
}

#[test]
fn silent_connection_is_recovered_like_a_lost_one() {
    let mut recovery = well(false);
    let mut taken = Vec::new();
    for _ in 0..20 {
        // Each attempt connects, and no media arrives.
        recovery.changed(Connected);
        recovery.settled(true);
        recovery.set_inbound(true, false);
        assert!(recovery.patience().is_some());
        let step = recovery.timed_out(true);
        if step == Step::Renew {
            recovery = recovery.renewed();
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
    recovery.set_inbound(false, true);
    recovery.changed(Connected);
    recovery.settled(true);
    assert_eq!(recovery.patience(), None, "until media arrives");
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
        let mut recovery = Recovery::new(polite);
        for happening in happenings {
            let step = match happening {
                Happening::Changed(state) => { recovery.changed(state); Step::Wait }
                Happening::Settled(settled) => { recovery.settled(settled); Step::Wait }
                Happening::Late(can) if recovery.patience().is_some() => recovery.timed_out(can),
                Happening::Late(_) => Step::Wait,
                Happening::Resumed => recovery.resumed(),
                Happening::Network(certain) => recovery.network_changed(certain),
                Happening::RelayFailed(code) => { recovery.relay_failed(code); Step::Wait }
                Happening::Hears(set_inbound) => {
                    recovery.set_inbound(!set_inbound, set_inbound);
                    Step::Wait
                }
            };
            if step == Step::Renew {
                recovery = recovery.renewed();
            }
            let waits = recovery.paused || recovery.given_up;
            prop_assert_eq!(recovery.patience().is_none(), recovery.is_well() || waits);
        }
        recovery.changed(Failed);
        recovery.resumed();
        prop_assert!(steps(&mut recovery, Failed).len() <= RESTARTED.len() + usize::from(RENEWALS) + 1);
        prop_assert!(recovery.given_up());
    }
}
