//! A registry under any sequence of inputs from several sockets, clumsy or hostile, with its invariants checked after each.
//!
//! The steps are made of bytes (`arbitrary`), so the same storm is driven by proptest here and by libFuzzer in `fuzz/`. What
//! each page was told must add up to what it should know ([`super::checks`]).

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use arbitrary::{Arbitrary, Unstructured};
use protocol::{
    Access, Epoch, InvitationId, Link, MessageId, Nonce, ParticipantId, RoomChanges, RoomSettings, SeatKey,
    ServerMessage, UnixMillis, UserName,
};

use super::stage::{GUESTS, Message, Page, Stage};
use crate::checks::{Known, check, truth};
use crate::{Change, Done, Door, RawServerMessage, Rules, SocketId, Standing, UserId};

/// One input. Numbers choose among the latest that there were, so most of them name something that still is.
#[derive(Clone, Debug)]
enum Step {
    /// A user says hello in a room, with the key that some socket got, or without.
    Come {
        user: u8,
        room: u8,
        key: Option<u8>,
        take_over: bool,
        knows: bool,
    },
    /// A socket says something.
    Say { socket: u8, what: What },
    /// A socket breaks.
    Lose { socket: u8 },
    /// A session ends.
    End { socket: u8 },
    /// So many tenths of a second pass.
    Pass { tenths: u16 },
    /// The disk has done what was ordered first.
    Disk,
    /// History was read for who was admitted last.
    Admit,
    /// The server is killed and started again.
    Restart,
}

/// People talk more than they come and go: else there would be little to break.
impl<'a> Arbitrary<'a> for Step {
    fn arbitrary(source: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(match source.int_in_range(0..=99_u8)? {
            0..=71 => Self::Say {
                socket: source.arbitrary()?,
                what: source.arbitrary()?,
            },
            72..=85 => Self::Come {
                user: source.arbitrary()?,
                room: source.arbitrary()?,
                key: source.arbitrary()?,
                take_over: source.arbitrary()?,
                knows: source.arbitrary()?,
            },
            86..=89 => Self::Lose {
                socket: source.arbitrary()?,
            },
            90 => Self::End {
                socket: source.arbitrary()?,
            },
            91 | 92 => Self::Pass {
                tenths: source.arbitrary()?,
            },
            93..=96 => Self::Disk,
            97 | 98 => Self::Admit,
            _ => Self::Restart,
        })
    }
}

/// What a socket says; `who` and `which` choose among those that there were.
#[derive(Clone, Debug, Arbitrary)]
enum What {
    Ping,
    Leave,
    Closing,
    Invite {
        who: u8,
    },
    Cancel {
        which: u8,
    },
    Accept {
        which: u8,
    },
    Decline {
        which: u8,
    },
    Join,
    Quit,
    HangUp {
        who: u8,
    },
    Restart {
        who: u8,
        epoch: u8,
    },
    Signal {
        who: u8,
        epoch: u8,
    },
    Chat {
        length: u16,
        nonce: u8,
    },
    History {
        before: u64,
    },
    LetIn {
        who: u8,
        admit: bool,
    },
    Change {
        access: u8,
        size: u8,
        guests: bool,
    },
    Moderate {
        who: u8,
        moderator: bool,
    },
    Silence {
        who: u8,
        silenced: bool,
    },
    Remove {
        who: u8,
    },
    Ban {
        who: u8,
    },
    Block {
        who: u8,
        block: bool,
    },
    /// Whatever the decoder makes of it.
    Raw {
        text: String,
    },
}

/// The steps that bytes mean.
fn steps(bytes: &[u8]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut source = Unstructured::new(bytes);
    while !source.is_empty() {
        match Step::arbitrary(&mut source) {
            Ok(step) => steps.push(step),
            Err(_) => break,
        }
    }
    steps
}

/// Runs a storm of these bytes.
///
/// # Panics
///
/// When something does not hold.
pub fn run(bytes: &[u8]) {
    let mut storm = Storm::new();
    for step in steps(bytes) {
        storm.step(step);
        storm.look();
    }
}

/// Most are in one room, so that they meet.
const ROOMS: [&str; 5] = ["lobby", "lobby", "lobby", "lobby", "hall"];
const USERS: u8 = 12;
/// Those from this one on are guests.
const ACCOUNTS: u8 = 9;
/// How many of the latest participants, invitations and epochs are named.
const LATEST: usize = 8;

struct Storm {
    stage: Stage,
    known: HashMap<SocketId, Known>,
    participants: Vec<ParticipantId>,
    invitations: Vec<InvitationId>,
    epochs: Vec<Epoch>,
    /// What is on disk of each room, and of how users stand there.
    rules: BTreeMap<&'static str, Rules>,
    standings: BTreeMap<(String, UserId), Standing>,
    sockets: u64,
}

/// The user, or the guest, of a number.
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
                // What was due meanwhile ends at once.
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

    /// One of those who are connected, or one that was.
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

    fn message(&self, what: What) -> Option<Message> {
        let who = |number| latest(&self.participants, number);
        let which = |number| latest(&self.invitations, number);
        let of = |number| latest(&self.epochs, number);
        Some(match what {
            What::Ping => Message::Ping {},
            What::Leave => Message::Leave {},
            What::Closing => Message::Closing {},
            What::Invite { who: to } => Message::Invite { to: who(to)? },
            What::Cancel { which: id } => Message::CancelInvitation {
                invitation: which(id)?,
            },
            What::Accept { which: id } => Message::AcceptInvitation {
                invitation: which(id)?,
            },
            What::Decline { which: id } => Message::DeclineInvitation {
                invitation: which(id)?,
            },
            What::Join => Message::JoinConference {},
            What::Quit => Message::LeaveConference {},
            What::HangUp { who: peer } => Message::HangUp { peer: who(peer)? },
            What::Restart { who: peer, epoch } => Message::RestartLink {
                peer: who(peer)?,
                epoch: of(epoch)?,
            },
            What::Signal { who: to, epoch } => Message::Signal {
                to: who(to)?,
                epoch: of(epoch)?,
                signal: serde_json::value::to_raw_value(&epoch).ok()?,
            },
            What::Chat { length, nonce } => Message::SendChat {
                text: "x".repeat(usize::from(length % 4100)),
                nonce: Nonce("n".repeat(usize::from(nonce % 70))),
            },
            What::History { before } => Message::FetchHistory {
                before: MessageId(before),
            },
            What::LetIn { who: newcomer, admit } => {
                let newcomer = who(newcomer)?;
                if admit {
                    Message::AdmitNewcomer { newcomer }
                } else {
                    Message::RefuseNewcomer { newcomer }
                }
            }
            What::Change { access, size, guests } => Message::ChangeRoom {
                // Each may be left as it is.
                settings: RoomChanges {
                    access: [Access::Open, Access::Lobby, Access::Locked, Access::Password]
                        .get(usize::from(access) % 5)
                        .copied(),
                    size: (size > 0).then_some(size.into()),
                    guests: Some(guests),
                },
                password: Some("password".to_owned()),
            },
            What::Moderate {
                who: participant,
                moderator,
            } => Message::SetModerator {
                participant: who(participant)?,
                moderator,
            },
            What::Silence {
                who: participant,
                silenced,
            } => Message::SilenceParticipant {
                participant: who(participant)?,
                silenced,
            },
            What::Remove { who: participant } => Message::RemoveParticipant {
                participant: who(participant)?,
            },
            What::Ban { who: participant } => Message::BanParticipant {
                participant: who(participant)?,
                minutes: 5,
            },
            What::Block {
                who: participant,
                block: true,
            } => Message::BlockPerson {
                participant: who(participant)?,
            },
            What::Block { who, block: false } => Message::UnblockPerson {
                name: name(UserId((who % USERS).into())),
            },
            What::Raw { text } => protocol::decode(&text).ok()?,
        })
    }

    /// The disk has done the first of what was ordered.
    fn disk(&mut self) {
        if self.stage.orders.is_empty() {
            return;
        }
        self.stage.orders.rotate_left(1);
        let Some(order) = self.stage.orders.last().cloned() else {
            return;
        };
        let room = order.room.as_str();
        let done = match order.change {
            Change::Settings(settings, password) => {
                if let Some(rules) = self.rules.get_mut(room) {
                    rules.settings = settings.of(rules.settings);
                    rules.password = password.or(rules.password.take());
                }
                let rules = self.rules.get(room).cloned().unwrap_or_default();
                Done::Settings(rules.settings, rules.password)
            }
            Change::Moderator(user, moderator) => {
                self.standing(room, user).moderator = moderator;
                Done::Moderator(user, moderator)
            }
            Change::Silenced(user, silenced) => {
                self.standing(room, user).silenced = silenced;
                Done::Silenced(user, silenced)
            }
            Change::Ban(user, _) => {
                let until = UnixMillis(1 << 40);
                self.standing(room, user).banned_until = Some(until);
                Done::Banned(user, until)
            }
            Change::Block(other) => Done::Blocked(vec![(other, name(other))]),
            Change::Unblock(_) => Done::Blocked(Vec::new()),
            Change::CreatePass(_) => Done::Full,
            Change::LiftBan(_) | Change::RevokePass(_) | Change::Access => {
                Done::Access(Vec::new(), Vec::new())
            }
        };
        self.stage.done(&done);
    }

    fn standing(&mut self, room: &str, user: UserId) -> &mut Standing {
        self.standings.entry((room.to_owned(), user)).or_default()
    }

    /// Reads what everybody was told, and checks all that should hold.
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
                assert_eq!(self.known.get(&socket), Some(&truth), "what {socket:?} was told");
            }
        }
        self.stage.lines.clear();
    }

    /// Remembers what can be named later.
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

/// What a page makes of a message.
fn learn(known: &mut Known, message: RawServerMessage) {
    match message {
        ServerMessage::Welcome(welcome) => {
            *known = Known {
                participants: welcome
                    .participants
                    .iter()
                    .map(|who| (who.id, who.away))
                    .collect(),
                conference: welcome.conference.into_iter().collect(),
                links: welcome.links.iter().map(|link| (link.peer, link.epoch)).collect(),
                invitations: welcome
                    .invitations
                    .iter()
                    .map(|invitation| invitation.id)
                    .collect(),
            };
        }
        ServerMessage::ParticipantJoined { participant } => {
            known.participants.insert(participant.id, participant.away);
        }
        ServerMessage::ParticipantAway { participant } => {
            known.participants.insert(participant, true);
        }
        ServerMessage::ParticipantBack { participant } => {
            known.participants.insert(participant, false);
        }
        ServerMessage::ParticipantLeft { participant } => {
            assert!(
                !known.links.contains_key(&participant),
                "left before the link was closed"
            );
            known.participants.remove(&participant);
        }
        ServerMessage::ConferenceJoined { participant } => {
            known.conference.insert(participant);
        }
        ServerMessage::ConferenceLeft { participant } => {
            known.conference.remove(&participant);
        }
        ServerMessage::LinkOpened {
            link: Link { peer, epoch },
        } => {
            let before = known.links.insert(peer, epoch);
            assert!(before.is_none_or(|before| before <= epoch), "epochs grow");
        }
        ServerMessage::LinkClosed { link, .. } => {
            assert_eq!(
                known.links.remove(&link.peer),
                Some(link.epoch),
                "the link that closes"
            );
        }
        ServerMessage::InvitationRinging { invitation } => {
            known.invitations.insert(invitation.id);
        }
        ServerMessage::InvitationEnded { invitation, .. } => {
            assert!(known.invitations.remove(&invitation), "it rang");
        }
        _ => {}
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
        fn whatever_is_said_by_whomever_the_registry_holds(bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
            super::run(&bytes);
        }
    }
}
