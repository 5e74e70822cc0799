//! For tests: what holds in a registry after every input, whatever came before, each as an assertion; and what a page should know.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use protocol::{Epoch, InvitationId, ParticipantId, SeatKey, limits};

use crate::deadlines::Due;
use crate::lock::lock;
use crate::pair::Pair;
use crate::room::Room;
use crate::seat::Presence;
use crate::{HashedKey, KeyHash, Registry, SocketId, UserId};

/// What a page may know of its room: what it was told adds up to this.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Everybody, and whether they are away.
    pub participants: BTreeMap<ParticipantId, bool>,
    /// Who is in the conference.
    pub conference: BTreeSet<ParticipantId>,
    /// The page's own links.
    pub links: BTreeMap<ParticipantId, Epoch>,
    /// What rings from or for the page's user.
    pub invitations: BTreeSet<InvitationId>,
}

/// What a page should know; nothing for a socket that has no seat.
pub fn truth<S>(registry: &Registry<S>, socket: SocketId) -> Option<Known> {
    let rooms = registry.all();
    rooms
        .iter()
        .find_map(|shared| known(&lock(&shared.state).room, socket))
}

fn known(room: &Room, socket: SocketId) -> Option<Known> {
    let me = room.places.get(&socket)?;
    room.seats.get(me)?;
    let links = room.links_of(*me).into_iter().map(|link| (link.peer, link.epoch));
    let invitations = room.invitations_of(*me, std::time::Duration::ZERO);
    Some(Known {
        participants: room
            .seats
            .iter()
            .map(|(id, seat)| (*id, seat.socket().is_none()))
            .collect(),
        conference: room.conference.clone(),
        links: links.collect(),
        invitations: invitations.into_iter().map(|invitation| invitation.id).collect(),
    })
}

/// Asserts all that holds in a registry by itself.
pub fn check<S>(registry: &Registry<S>) {
    let mut sockets = BTreeSet::new();
    let mut seats: BTreeMap<UserId, usize> = BTreeMap::new();
    let mut next = None;
    let mut ids = BTreeSet::new();
    for shared in registry.all() {
        let state = lock(&shared.state);
        let room = &state.room;
        assert!(!room.is_empty() && !state.closed, "a room that no one is in");
        let mut places = BTreeMap::new();
        let mut due = BTreeSet::new();
        check_room(room);
        let newcomers = room.newcomers.iter();
        let waiting = newcomers.map(|(id, newcomer)| (*id, newcomer.user(), Some(newcomer.socket())));
        let seated = room
            .seats
            .iter()
            .map(|(id, seat)| (*id, seat.user, seat.socket()));
        for (id, user, socket) in seated.chain(waiting) {
            *seats.entry(user).or_default() += 1;
            assert!(ids.insert(id.0), "an id that two have");
            if let Some(socket) = socket {
                assert!(sockets.insert(socket), "a socket in two places");
                places.insert(socket, id);
            }
        }
        for (id, seat) in &room.seats {
            if let Presence::Away(until) = seat.presence {
                due.insert((until, Due::Seat(*id)));
            }
        }
        for (id, ringing) in &room.invitations {
            assert!(ids.insert(id.0), "an id that two have");
            due.insert((ringing.until, Due::Invitation(*id)));
        }
        for tie in room.links.values() {
            assert!(ids.insert(tie.epoch.0), "an epoch that two links have");
        }
        assert_eq!(
            places,
            room.places.clone().into_iter().collect(),
            "who sits where"
        );
        assert!(due.iter().eq(room.deadlines.all()), "what is due");
        let first = due.first().map(|(at, _)| *at);
        assert_eq!(state.due, first, "when the room is due");
        next = [next, first].into_iter().flatten().min();
    }
    assert_eq!(registry.next_deadline(), next, "when a room is due first");
    assert_eq!(seats, registry.common.users.seats(), "seats of users");
    assert!(
        ids.last().is_none_or(|last| *last <= registry.common.ids.last()),
        "an id before its time"
    );
}

fn check_room(room: &Room) {
    let there = |id: &ParticipantId| room.seats.contains_key(id);
    let users: BTreeSet<UserId> = room.seats.values().map(|seat| seat.user).collect();
    assert_eq!(users.len(), room.seats.len(), "two seats of one user");
    assert!(room.seats.len() <= limits::ROOM_PARTICIPANTS);
    assert!(room.conference.len() <= limits::CONFERENCE_PARTICIPANTS);
    assert!(room.conference.iter().all(there), "nobody in the conference");
    let meshed = |pair: &Pair| {
        pair.both().iter().all(|who| room.conference.contains(who)) && !room.apart.contains(pair)
    };
    for (pair, tie) in &room.links {
        assert!(pair.both().iter().all(there), "a link with nobody");
        assert!(tie.invited || meshed(pair), "a link without a reason");
    }
    for one in &room.conference {
        for two in room.conference.range(..one) {
            let pair = Pair::new(*one, *two);
            assert!(
                room.links.contains_key(&pair) || room.apart.contains(&pair),
                "two in the conference without a link"
            );
        }
    }
    for (id, seat) in &room.seats {
        assert!(
            !(seat.guest && room.role(*id).moderates()),
            "a guest who moderates"
        );
    }
    for pair in &room.apart {
        let members = pair.both().iter().all(|who| room.conference.contains(who));
        assert!(members, "kept apart outside the conference");
    }
    let ringing: BTreeSet<Pair> = room
        .invitations
        .values()
        .map(|ringing| Pair::new(ringing.from, ringing.to))
        .collect();
    assert_eq!(
        ringing.len(),
        room.invitations.len(),
        "two invitations of one pair"
    );
    for pair in &ringing {
        assert!(pair.both()[0] != pair.both()[1], "an invitation of oneself");
        assert!(pair.both().iter().all(there), "an invitation of nobody");
    }
    for id in room.seats.keys() {
        let count =
            |pairs: &mut dyn Iterator<Item = &Pair>| pairs.filter(|pair| pair.other(*id).is_some()).count();
        assert!(count(&mut room.links.keys()) <= limits::PARTICIPANT_LINKS);
        assert!(count(&mut ringing.iter()) <= limits::RINGING_INVITATIONS);
    }
}

/// A key with its hash: enough to tell keys apart.
pub fn hashed(key: SeatKey) -> HashedKey {
    let mut hasher = DefaultHasher::new();
    key.0.hash(&mut hasher);
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&hasher.finish().to_be_bytes());
    let hash = KeyHash(hash);
    HashedKey { key, hash }
}
