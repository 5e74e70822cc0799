//! For tests: invariants of a registry, asserted after every input, and what each page should know.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use protocol::{Epoch, InvitationId, ParticipantId, SeatKey, limits};

use crate::deadlines::Due;
use crate::lock::lock;
use crate::pair::Pair;
use crate::room::Room;
use crate::seat::Presence;
use crate::{HashedKey, KeyHash, Registry, SocketId, UserId};

/// What a page knows of its room, by the messages it received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// All participants, and whether each is away.
    pub participants: BTreeMap<ParticipantId, bool>,
    /// The members of the group call.
    pub conference: BTreeSet<ParticipantId>,
    /// The page's own links.
    pub links: BTreeMap<ParticipantId, Epoch>,
    /// Ringing invitations from and to the page's user.
    pub invitations: BTreeSet<InvitationId>,
}

/// What a page should know; `None` for a socket without a seat.
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

/// Asserts the invariants of a registry.
pub fn check<S>(registry: &Registry<S>) {
    let mut sockets = BTreeSet::new();
    let mut seats: BTreeMap<UserId, usize> = BTreeMap::new();
    let mut next = None;
    let mut ids = BTreeSet::new();
    for shared in registry.all() {
        let state = lock(&shared.state);
        let room = &state.room;
        assert!(!room.is_empty() && !state.closed, "an empty room");
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
            assert!(ids.insert(id.0), "an id is used twice");
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
            assert!(ids.insert(id.0), "an id is used twice");
            due.insert((ringing.until, Due::Invitation(*id)));
        }
        for tie in room.links.values() {
            assert!(ids.insert(tie.epoch.0), "two links share an epoch");
        }
        assert_eq!(
            places,
            room.places.clone().into_iter().collect(),
            "participants by socket"
        );
        assert!(due.iter().eq(room.deadlines.all()), "deadlines");
        let first = due.first().map(|(at, _)| *at);
        assert_eq!(state.due, first, "next deadline of the room");
        next = [next, first].into_iter().flatten().min();
    }
    assert_eq!(registry.next_deadline(), next, "next deadline of the registry");
    assert_eq!(seats, registry.common.users.seats(), "seats of users");
    assert!(
        ids.last().is_none_or(|last| *last <= registry.common.ids.last()),
        "an id above the last one assigned"
    );
}

fn check_room(room: &Room) {
    let there = |id: &ParticipantId| room.seats.contains_key(id);
    let users: BTreeSet<UserId> = room.seats.values().map(|seat| seat.user).collect();
    assert_eq!(users.len(), room.seats.len(), "two seats of one user");
    assert!(room.seats.len() <= limits::ROOM_PARTICIPANTS);
    assert!(room.conference.len() <= limits::CONFERENCE_PARTICIPANTS);
    assert!(
        room.conference.iter().all(there),
        "a member of the conference without a seat"
    );
    let meshed = |pair: &Pair| {
        pair.both().iter().all(|who| room.conference.contains(who)) && !room.apart.contains(pair)
    };
    for (pair, tie) in &room.links {
        assert!(pair.both().iter().all(there), "a link to a missing seat");
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
        assert!(members, "a pair kept apart outside the conference");
    }
    let ringing: BTreeSet<Pair> = room
        .invitations
        .values()
        .map(|ringing| Pair::new(ringing.from, ringing.to))
        .collect();
    assert_eq!(
        ringing.len(),
        room.invitations.len(),
        "two invitations between one pair"
    );
    for pair in &ringing {
        assert!(pair.both()[0] != pair.both()[1], "an invitation to oneself");
        assert!(pair.both().iter().all(there), "an invitation to a missing seat");
    }
    for id in room.seats.keys() {
        let count =
            |pairs: &mut dyn Iterator<Item = &Pair>| pairs.filter(|pair| pair.other(*id).is_some()).count();
        assert!(count(&mut room.links.keys()) <= limits::PARTICIPANT_LINKS);
        assert!(count(&mut ringing.iter()) <= limits::RINGING_INVITATIONS);
    }
}

/// Hashes a key, well enough to tell keys apart in tests.
pub fn hashed(key: SeatKey) -> HashedKey {
    let mut hasher = DefaultHasher::new();
    key.0.hash(&mut hasher);
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&hasher.finish().to_be_bytes());
    let hash = KeyHash(hash);
    HashedKey { key, hash }
}
