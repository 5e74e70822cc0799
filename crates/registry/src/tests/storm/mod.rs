//! Runs a registry through random sequences of inputs from several sockets, clumsy or hostile, and checks its
//! invariants after each.
//!
//! Steps are decoded from bytes (`arbitrary`), so the same storm is run by proptest here and by libFuzzer in
//! `fuzz/`. The messages that each page received must add up to what it should know ([`crate::checks`]).

mod disk;
mod learn;
mod says;
mod steps;

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use protocol::{Epoch, InvitationId, ParticipantId, RoomSettings, SeatKey, ServerMessage, UserName};

use super::stage::{GUESTS, Page, Stage};
use crate::checks::{Known, check, truth};
use crate::{Door, RawServerMessage, Rules, SocketId, Standing, UserId};
use learn::learn;
use steps::{Step, steps};

/// Runs a storm decoded from these bytes.
///
/// # Panics
///
/// If an invariant is violated.
pub fn run(bytes: &[u8]) {
    let mut storm = Storm::new();
    for step in steps(bytes) {
        storm.step(step);
        storm.look();
    }
}

/// Most users enter the same room, so that they meet.
const ROOMS: [&str; 5] = ["lobby", "lobby", "lobby", "lobby", "hall"];
const USERS: u8 = 12;
/// Users from this number on are guests.
const ACCOUNTS: u8 = 9;
/// How many of the latest participants, invitations and epochs may be named by a step.
const LATEST: usize = 8;

struct Storm {
    stage: Stage,
    known: HashMap<SocketId, Known>,
    participants: Vec<ParticipantId>,
    invitations: Vec<InvitationId>,
    epochs: Vec<Epoch>,
    /// Stored rules of rooms and standings of users.
    rules: BTreeMap<&'static str, Rules>,
    standings: BTreeMap<(String, UserId), Standing>,
    sockets: u64,
}

/// The user or guest of a number.
fn who_comes(number: u8) -> UserId {
    let user = i64::from(number % USERS);
    UserId(if number % USERS < ACCOUNTS {
        user
    } else {
        GUESTS + user
    })
}

fn pick<T: Copy>(of: &[T], number: u8) -> Option<T> {
    of.get(usize::from(number) % of.len().max(1)).copied()
}

fn latest<T: Copy>(of: &[T], number: u8) -> Option<T> {
    pick(&of[of.len().saturating_sub(LATEST)..], number)
}

impl Storm {
    fn new() -> Self {
        let rules = Rules {
            owner: Some(UserId(0)),
            settings: RoomSettings {
                guests: true,
                ..RoomSettings::default()
            },
            ..Rules::default()
        };
        Self {
            stage: Stage::new(),
            known: HashMap::new(),
            participants: Vec::new(),
            invitations: Vec::new(),
            epochs: Vec::new(),
            rules: ROOMS.into_iter().map(|room| (room, rules.clone())).collect(),
            standings: BTreeMap::new(),
            sockets: 0,
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Come {
                user,
                room,
                key,
                take_over,
                knows,
            } => self.come(who_comes(user), room, key, take_over, knows),
            Step::Say { socket, what } => {
                if let (Some(page), Some(message)) = (self.page(socket), self.message(what)) {
                    self.stage.say(&page, message);
                }
            }
            Step::Lose { socket } => {
                if let Some(page) = self.page(socket) {
                    self.stage.lose(&page);
                }
            }
            Step::End { socket } => {
                if let Some(page) = self.page(socket) {
                    self.stage.end(&page);
                }
            }
            Step::Pass { tenths } => self
                .stage
                .pass(Duration::from_millis(u64::from(tenths % 400) * 100)),
            Step::Disk => self.disk(),
            Step::Admit => {
                if !self.stage.admissions.is_empty() {
                    self.stage.read_for_newcomer();
                }
            }
            Step::Restart => {
                self.stage.restart(Duration::from_secs(1));
                // Deadlines that passed meanwhile take effect at once.
                self.stage.pass(Duration::ZERO);
                self.known.clear();
                self.stage.orders.clear();
                self.stage.admissions.clear();
            }
        }
    }

    fn come(&mut self, user: UserId, room: u8, key: Option<u8>, take_over: bool, knows: bool) {
        let Some(room) = pick(&ROOMS, room) else {
            return;
        };
        let rules = self.rules.get(room).cloned().unwrap_or_default();
        let standing = self.standings.get(&(room.to_owned(), user)).cloned();
        let door = Door {
            proven: rules.password.clone().filter(|_| knows),
            rules,
            standing: standing.unwrap_or_default(),
            passed: false,
        };
        let key = key.map(|n| SeatKey(format!("key {}", u64::from(n) % (self.sockets + 1))));
        self.sockets += 1;
        self.stage.knock(user.0, room, key, take_over, door);
    }

    /// A connected page, or the one of the last socket, which may be gone.
    fn page(&self, number: u8) -> Option<Page> {
        let mut sockets = self.stage.sockets();
        if number == u8::MAX {
            sockets.clear();
            sockets.push(SocketId(self.sockets));
        }
        pick(&sockets, number).map(|socket| Page {
            socket,
            id: ParticipantId(0),
            key: SeatKey(String::new()),
        })
    }

    /// Reads all messages and checks the invariants.
    fn look(&mut self) {
        check(&self.stage.registry);
        for (socket, said) in self.stage.all_told() {
            for message in said {
                self.note(&message);
                let known = self.known.entry(socket).or_default();
                learn(known, message);
            }
        }
        for socket in self.stage.sockets() {
            if let Some(truth) = truth(&self.stage.registry, socket) {
                assert_eq!(self.known.get(&socket), Some(&truth), "what {socket:?} knows");
            }
        }
        self.stage.lines.clear();
    }

    /// Remembers ids that later steps can name.
    fn note(&mut self, message: &RawServerMessage) {
        match message {
            ServerMessage::Welcome(welcome) => self.participants.push(welcome.you),
            ServerMessage::NewcomerWaiting { newcomer } => self.participants.push(newcomer.id),
            ServerMessage::InvitationRinging { invitation } => self.invitations.push(invitation.id),
            ServerMessage::LinkOpened { link } => self.epochs.push(link.epoch),
            _ => {}
        }
    }
}

fn name(user: UserId) -> UserName {
    UserName::parse(&format!("user {}", user.0)).expect("a name")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

        #[test]
        fn invariants_hold_for_any_input(bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
            super::run(&bytes);
        }
    }
}
