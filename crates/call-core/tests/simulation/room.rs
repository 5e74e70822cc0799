//! The server's part, as small as the wire's contract allows: one room, invitations, links, relay, chat.

use std::collections::BTreeMap;

use protocol::{
    ChatEntry, ChatMessage, ClientMessage, Epoch, ErrorCode, Invitation, InvitationId, InvitationOutcome,
    Link, LinkCloseReason, MessageId, Nonce, Participant, ParticipantId, SeatKey, ServerMessage, Subject,
    UnixMillis, UserName, Welcome, limits,
};

type Pair = (usize, usize);
type Said = Vec<(usize, ServerMessage)>;

#[derive(Default)]
pub struct ServerRoom {
    seats: BTreeMap<usize, (ParticipantId, UserName)>,
    connected: Vec<usize>,
    conference: Vec<usize>,
    invitations: BTreeMap<InvitationId, Pair>,
    links: BTreeMap<Pair, Epoch>,
    last: u64,
    /// What was written, by whom, in order.
    pub history: Vec<ChatMessage>,
    /// What is left of each socket's bucket for lines, in thousandths, and since when.
    buckets: BTreeMap<usize, (u64, u64)>,
    /// Lines that came too fast.
    pub too_fast: usize,
    /// The moment, in milliseconds.
    pub now: u64,
    pub signals_of_strangers: usize,
}

fn same_nonce(a: &ChatEntry, b: &ChatEntry) -> bool {
    matches!((a, b), (ChatEntry::Text { nonce: a, .. }, ChatEntry::Text { nonce: b, .. }) if a == b)
}

fn pair(a: usize, b: usize) -> Pair {
    (a.min(b), a.max(b))
}

impl ServerRoom {
    pub fn id(&self, at: usize) -> Option<ParticipantId> {
        self.seats.get(&at).map(|(id, _)| *id)
    }

    pub fn name(&self, at: usize) -> Option<String> {
        self.seats.get(&at).map(|(_, name)| name.to_string())
    }

    /// A socket broke; the seat waits, and the others are told so.
    pub fn lost(&mut self, at: usize) -> Said {
        self.disconnect(at);
        let Some(participant) = self.id(at) else {
            return Vec::new();
        };
        self.all(&ServerMessage::ParticipantAway { participant })
    }

    fn disconnect(&mut self, at: usize) {
        self.connected.retain(|other| *other != at);
    }

    pub fn take(&mut self, from: usize, message: ClientMessage) -> Said {
        match message {
            ClientMessage::Hello(hello) => self.hello(
                from,
                hello.token.as_ref().map_or("", |token| &token.0),
                hello.seat.as_ref(),
            ),
            ClientMessage::Ping {} => vec![(from, ServerMessage::Pong {})],
            ClientMessage::Leave {} => self.leave(from),
            ClientMessage::Closing {} => Vec::new(),
            ClientMessage::Invite { to } => self.invite(from, to),
            ClientMessage::AcceptInvitation { invitation } => {
                self.end(invitation, InvitationOutcome::Accepted)
            }
            ClientMessage::DeclineInvitation { invitation } => {
                self.end(invitation, InvitationOutcome::Declined)
            }
            ClientMessage::CancelInvitation { invitation } => {
                self.end(invitation, InvitationOutcome::Cancelled)
            }
            ClientMessage::JoinConference {} => self.join(from),
            ClientMessage::LeaveConference {} => {
                self.conference.retain(|other| *other != from);
                self.all(&ServerMessage::ConferenceLeft {
                    participant: self.seats[&from].0,
                })
            }
            ClientMessage::HangUp { peer } => self.close(from, peer, LinkCloseReason::HungUp),
            ClientMessage::RestartLink { peer, epoch } => self.restart(from, peer, epoch),
            ClientMessage::Signal { to, epoch, signal } => {
                let Some(other) = self.find(to) else {
                    return Vec::new();
                };
                if self.links.get(&pair(from, other)) != Some(&epoch) {
                    self.signals_of_strangers += 1;
                    return Vec::new();
                }
                vec![(
                    other,
                    ServerMessage::Signal {
                        from: self.seats[&from].0,
                        epoch,
                        signal,
                    },
                )]
            }
            ClientMessage::SendChat { text, nonce } => self.write(from, text, nonce),
            ClientMessage::FetchHistory { before } => {
                let (messages, complete) = self.page(Some(before));
                vec![(from, ServerMessage::History { messages, complete })]
            }
            // Nobody moderates here.
            _ => vec![(
                from,
                ServerMessage::Error {
                    code: ErrorCode::NotAllowed,
                    subject: None,
                },
            )],
        }
    }

    fn write(&mut self, from: usize, text: String, nonce: Nonce) -> Said {
        let full = u64::from(limits::CHAT_BURST) * 1000;
        let (left, since) = self.buckets.get(&from).copied().unwrap_or((full, 0));
        let left = full.min(left + (self.now - since) * u64::from(limits::CHAT_PER_SECOND));
        if left < 1000 {
            self.buckets.insert(from, (left, self.now));
            self.too_fast += 1;
            let (code, subject) = (ErrorCode::RateLimited, Some(Subject::Nonce(nonce)));
            return vec![(from, ServerMessage::Error { code, subject })];
        }
        self.buckets.insert(from, (left - 1000, self.now));
        let author = self.seats[&from].1.clone();
        let entry = ChatEntry::Text { text, nonce };
        if let Some(before) = self
            .history
            .iter()
            .find(|m| m.author == author && same_nonce(&m.entry, &entry))
        {
            return vec![(
                from,
                ServerMessage::Chat {
                    message: before.clone(),
                },
            )];
        }
        let message = ChatMessage {
            id: MessageId(self.next()),
            at: UnixMillis(0),
            author,
            guest: false,
            entry,
        };
        self.history.push(message.clone());
        self.all(&ServerMessage::Chat { message })
    }

    fn page(&self, before: Option<MessageId>) -> (Vec<ChatMessage>, bool) {
        let older = self
            .history
            .iter()
            .filter(|m| before.is_none_or(|before| m.id < before));
        let older: Vec<_> = older.cloned().collect();
        let first = older.len().saturating_sub(limits::HISTORY_PAGE);
        (older[first..].to_vec(), first == 0)
    }

    fn hello(&mut self, from: usize, name: &str, seat: Option<&SeatKey>) -> Said {
        let resumed = seat.is_some() && self.seats.contains_key(&from);
        let mut said = Vec::new();
        self.connected.push(from);
        self.buckets.remove(&from);
        let (messages, history_complete) = self.page(None);
        if !resumed {
            // The odd ones come with small ids, so that politeness is not the order of arrival.
            let id = if from % 2 == 1 {
                1_000 - self.next()
            } else {
                1_000 + self.next()
            };
            let name = UserName::parse(name).expect("a name");
            let participant = Participant::new(ParticipantId(id), name.clone());
            said = self.all(&ServerMessage::ParticipantJoined { participant });
            said.retain(|(to, _)| *to != from);
            self.seats.insert(from, (ParticipantId(id), name));
        }
        let you = self.seats[&from].0;
        if resumed {
            said = self.all(&ServerMessage::ParticipantBack { participant: you });
            said.retain(|(to, _)| *to != from);
            // The peers say again what the seat may have missed.
            for ((a, b), epoch) in &self.links {
                let (a, b) = (*a, *b);
                if a == from || b == from {
                    let peer = if a == from { b } else { a };
                    said.push((
                        peer,
                        ServerMessage::LinkOpened {
                            link: Link {
                                peer: you,
                                epoch: *epoch,
                            },
                        },
                    ));
                }
            }
        }
        let links = self
            .links
            .iter()
            .filter(|((a, b), _)| *a == from || *b == from)
            .map(|((a, b), epoch)| Link {
                peer: self.seats[if *a == from { b } else { a }].0,
                epoch: *epoch,
            })
            .collect();
        let welcome = Welcome {
            version: protocol::VERSION,
            room: protocol::RoomName::parse("r").expect("a name"),
            you,
            seat: SeatKey(format!("seat {from}")),
            resumed,
            participants: self
                .seats
                .iter()
                .map(|(at, (id, name))| Participant {
                    away: !self.connected.contains(at),
                    ..Participant::new(*id, name.clone())
                })
                .collect(),
            conference: self.conference.iter().map(|at| self.seats[at].0).collect(),
            invitations: vec![],
            links,
            messages,
            history_complete,
            settings: protocol::RoomSettings::default(),
            largest_size: 64,
            newcomers: vec![],
            blocked: vec![],
        };
        said.push((from, ServerMessage::Welcome(Box::new(welcome))));
        said
    }

    fn leave(&mut self, from: usize) -> Said {
        let id = self.seats[&from].0;
        let mut said = Vec::new();
        for invitation in self
            .invitations
            .iter()
            .filter(|(_, p)| p.0 == from || p.1 == from)
            .map(|(id, _)| *id)
            .collect::<Vec<_>>()
        {
            said.extend(self.end(invitation, InvitationOutcome::Withdrawn));
        }
        for other in self.seats.values().map(|(id, _)| *id).collect::<Vec<_>>() {
            said.extend(self.close(from, other, LinkCloseReason::ParticipantLeft));
        }
        self.seats.remove(&from);
        self.disconnect(from);
        self.conference.retain(|other| *other != from);
        said.retain(|(to, _)| *to != from);
        said.extend(self.all(&ServerMessage::ParticipantLeft { participant: id }));
        said
    }

    fn invite(&mut self, from: usize, to: ParticipantId) -> Said {
        let Some(other) = self.find(to) else {
            return Vec::new();
        };
        let crossing = self
            .invitations
            .iter()
            .find(|(_, p)| **p == (other, from))
            .map(|(id, _)| *id);
        if let Some(invitation) = crossing {
            return self.end(invitation, InvitationOutcome::Accepted);
        }
        let id = InvitationId(self.next());
        self.invitations.insert(id, (from, other));
        let invitation = Invitation {
            id,
            from: self.seats[&from].0,
            to,
            rings_for_ms: 30_000,
        };
        [from, other]
            .map(|end| {
                (
                    end,
                    ServerMessage::InvitationRinging {
                        invitation: invitation.clone(),
                    },
                )
            })
            .into()
    }

    fn end(&mut self, invitation: InvitationId, outcome: InvitationOutcome) -> Said {
        let Some((from, to)) = self.invitations.remove(&invitation) else {
            return Vec::new();
        };
        let mut said: Said = [from, to]
            .map(|end| (end, ServerMessage::InvitationEnded { invitation, outcome }))
            .into();
        if outcome == InvitationOutcome::Accepted {
            said.extend(self.open(from, to));
        }
        said
    }

    fn join(&mut self, from: usize) -> Said {
        let mut said = self.all(&ServerMessage::ConferenceJoined {
            participant: self.seats[&from].0,
        });
        for other in std::mem::take(&mut self.conference) {
            if other != from {
                said.extend(self.open(from, other));
                self.conference.push(other);
            }
        }
        self.conference.push(from);
        said
    }

    fn open(&mut self, a: usize, b: usize) -> Said {
        if self.links.contains_key(&pair(a, b)) {
            return Vec::new();
        }
        let epoch = Epoch(self.next());
        self.links.insert(pair(a, b), epoch);
        self.tell_opened(a, b, epoch)
    }

    fn tell_opened(&self, a: usize, b: usize, epoch: Epoch) -> Said {
        [(a, b), (b, a)]
            .map(|(to, of)| {
                (
                    to,
                    ServerMessage::LinkOpened {
                        link: Link {
                            peer: self.seats[&of].0,
                            epoch,
                        },
                    },
                )
            })
            .into()
    }

    fn close(&mut self, a: usize, peer: ParticipantId, reason: LinkCloseReason) -> Said {
        let Some(b) = self.find(peer) else {
            return Vec::new();
        };
        let Some(epoch) = self.links.remove(&pair(a, b)) else {
            return Vec::new();
        };
        [(a, b), (b, a)]
            .map(|(to, of)| {
                (
                    to,
                    ServerMessage::LinkClosed {
                        link: Link {
                            peer: self.seats[&of].0,
                            epoch,
                        },
                        reason,
                    },
                )
            })
            .into()
    }

    fn restart(&mut self, from: usize, peer: ParticipantId, epoch: Epoch) -> Said {
        let Some(other) = self.find(peer) else {
            return Vec::new();
        };
        if self.links.get(&pair(from, other)) != Some(&epoch) {
            return Vec::new();
        }
        let epoch = Epoch(self.next());
        self.links.insert(pair(from, other), epoch);
        self.tell_opened(from, other, epoch)
    }

    fn all(&self, message: &ServerMessage) -> Said {
        self.connected.iter().map(|at| (*at, message.clone())).collect()
    }

    fn find(&self, id: ParticipantId) -> Option<usize> {
        self.seats
            .iter()
            .find(|(_, (seat, _))| *seat == id)
            .map(|(at, _)| *at)
    }

    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}
