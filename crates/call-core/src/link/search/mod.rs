//! Exhaustive check of negotiation, within bounds: visits every state that two real ends can reach.
//!
//! Two [`Room`](crate::room::Room)s with a link each, two model browsers, and the sockets and data channel between
//! them ([`pair`]) are taken through every order of events. Visited states are known by a 64-bit hash.
//!
//! In every state: two settled ends in one epoch agree on the descriptions; no order is one that the browser would
//! refuse, or that would roll an offer back; no candidate is added to a description of another generation; no end has
//! two connections. At rest, where nothing proceeds by itself: both ends are settled, in the newest epoch, with all
//! signals acknowledged. And from every state, what proceeds by itself comes to rest.

mod browser;
mod pair;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write as _;

use browser::Fault;
use pair::{Bounds, Pair, Step};

use crate::link::{Guard, Guards};

/// Maximum number of states: a search with more takes too long for everyday tests (chosen).
const MOST_STATES: usize = 2_000_000;

/// Statistics of a search.
struct Found {
    states: usize,
    steps: usize,
    deepest: usize,
}

/// The steps from the initial state to a fault.
#[derive(Debug)]
struct Counterexample {
    fault: Fault,
    steps: Vec<Step>,
}

/// How a state was reached, and which one follows it by itself.
struct Visit {
    from: Option<(u64, Step)>,
    depth: usize,
    /// The next state of a fair continuation; `None` at rest.
    next: Option<u64>,
}

#[derive(Default)]
struct Search {
    visits: HashMap<u64, Visit>,
    steps: usize,
}

/// Visits every state within the bounds.
fn search(bounds: Bounds, guards: Guards) -> Result<Found, Counterexample> {
    let mut search = Search::default();
    let first = Pair::new(bounds, guards).map_err(|fault| search.way_to(None, fault))?;
    let mut due = vec![(key(&first), first)];
    search.visit(due[0].0, None);
    while let Some((here, pair)) = due.pop() {
        let goes_on = pair.goes_on();
        if goes_on.is_empty() {
            pair.check_rest()
                .map_err(|fault| search.way_to(Some(here), fault))?;
        }
        let all = goes_on.iter().copied().chain(pair.may_happen());
        for (nth, step) in all.enumerate() {
            search.steps += 1;
            let mut after = pair.clone();
            let taken = after.take(step).and_then(|()| after.check());
            let there = key(&after);
            if nth == 0 && !goes_on.is_empty() {
                search
                    .visits
                    .entry(here)
                    .and_modify(|visit| visit.next = Some(there));
            }
            if search.visit(there, Some((here, step))) {
                taken.map_err(|fault| search.way_to(Some(there), fault))?;
                due.push((there, after));
            }
            assert!(search.visits.len() < MOST_STATES, "the bounds are too wide");
        }
    }
    search.check_progress()?;
    let depths = search.visits.values().map(|visit| visit.depth);
    Ok(Found {
        states: search.visits.len(),
        steps: search.steps,
        deepest: depths.max().unwrap_or_default(),
    })
}

impl Search {
    /// Records a state; returns false if it is known.
    fn visit(&mut self, state: u64, from: Option<(u64, Step)>) -> bool {
        let depth = from.map_or(0, |(before, _)| self.visits[&before].depth + 1);
        let Entry::Vacant(unknown) = self.visits.entry(state) else {
            return false;
        };
        unknown.insert(Visit {
            from,
            depth,
            next: None,
        });
        true
    }

    /// Checks that every state comes to rest by itself.
    fn check_progress(&self) -> Result<(), Counterexample> {
        let mut rests: HashMap<u64, bool> = HashMap::new();
        for start in self.visits.keys() {
            let (mut here, mut trail) = (*start, Vec::new());
            while let Entry::Vacant(entry) = rests.entry(here) {
                entry.insert(false);
                trail.push(here);
                match self.visits[&here].next {
                    Some(next) => here = next,
                    None => {
                        rests.insert(here, true);
                    }
                }
            }
            if !rests[&here] {
                return Err(self.way_to(Some(here), "it never comes to rest".to_owned()));
            }
            rests.extend(trail.into_iter().map(|passed| (passed, true)));
        }
        Ok(())
    }

    fn way_to(&self, state: Option<u64>, fault: Fault) -> Counterexample {
        let mut steps = Vec::new();
        let mut from = state.and_then(|state| self.visits[&state].from);
        while let Some((before, step)) = from {
            steps.push(step);
            from = self.visits[&before].from;
        }
        steps.reverse();
        Counterexample { fault, steps }
    }
}

fn key(pair: &Pair) -> u64 {
    let mut hasher = DefaultHasher::new();
    pair.hash(&mut hasher);
    hasher.finish()
}

/// Writes to stderr directly, as the test runner captures the output of passing tests.
fn tell(words: &str) {
    let mut out = std::io::stderr().lock();
    // A failed write must not fail the test.
    let _ = writeln!(out, "proof: {words}");
}

/// Searches within the bounds, reports the statistics, and panics on a fault.
fn prove(bounds: Bounds) {
    match search(bounds, Guards::default()) {
        Ok(Found {
            states,
            steps,
            deepest,
        }) => tell(&format!(
            "{bounds}: {states} states, {steps} steps, {deepest} deep"
        )),
        Err(found) => panic!("{bounds}: {}, after {:?}", found.fault, found.steps),
    }
}

/// Two ends that are connected, with socket and data channel.
const CONNECTED: Bounds = Bounds {
    connected: true,
    ..NOTHING
};
const NOTHING: Bounds = Bounds {
    changes: [0, 0],
    restarts: 0,
    renewals: 0,
    breaks: 0,
    doubles: 0,
    connected: false,
};

#[test]
fn crossing_offers_converge() {
    prove(Bounds {
        changes: [1, 1],
        ..NOTHING
    });
}

#[test]
fn ice_restart_at_any_moment_converges() {
    prove(Bounds {
        changes: [1, 0],
        restarts: 1,
        ..NOTHING
    });
    prove(Bounds {
        restarts: 1,
        renewals: 1,
        ..NOTHING
    });
    prove(Bounds {
        restarts: 2,
        ..CONNECTED
    });
}

#[test]
fn new_epoch_at_any_moment_converges() {
    prove(Bounds {
        changes: [1, 0],
        renewals: 1,
        ..NOTHING
    });
    prove(Bounds {
        renewals: 2,
        ..NOTHING
    });
    prove(Bounds {
        doubles: 1,
        renewals: 1,
        ..NOTHING
    });
}

#[test]
fn broken_socket_at_any_moment_converges() {
    prove(Bounds { breaks: 1, ..NOTHING });
    prove(Bounds {
        changes: [1, 0],
        breaks: 1,
        ..CONNECTED
    });
}

#[test]
fn two_transports_in_any_order_converge() {
    prove(Bounds {
        changes: [1, 1],
        ..CONNECTED
    });
    prove(Bounds {
        changes: [1, 0],
        doubles: 1,
        ..CONNECTED
    });
    prove(Bounds {
        changes: [1, 0],
        renewals: 1,
        ..CONNECTED
    });
}

#[test]
fn each_rule_is_necessary() {
    let crossing = Bounds {
        changes: [1, 1],
        ..NOTHING
    };
    for (rule, bounds) in [
        (Guard::ImpoliteIgnores, crossing),
        (Guard::PoliteYields, crossing),
        (
            Guard::GenerationsMatch,
            Bounds {
                restarts: 1,
                ..NOTHING
            },
        ),
        (
            Guard::EpochsMatch,
            Bounds {
                renewals: 1,
                ..NOTHING
            },
        ),
        (
            Guard::InOrder,
            Bounds {
                changes: [1, 0],
                ..CONNECTED
            },
        ),
        (Guard::Retransmit, Bounds { breaks: 1, ..NOTHING }),
    ] {
        let Err(found) = search(bounds, Guards::without(rule)) else {
            panic!("no fault without {rule:?}");
        };
        tell(&format!(
            "without {rule:?}: {}, after {} steps",
            found.fault,
            found.steps.len()
        ));
    }
}
