//! Snapshot of a room, from which a restarted server continues.
//!
//! A plain copy, requested by [`super::Output::Persist`] after each change. It does not record connections:
//! after a start no user is connected, and every seat is held for its page. Nor does it contain seat keys, of
//! which the room knows only the hashes, so the snapshot on disk opens no seat.

use std::time::Duration;

use protocol::{Epoch, InvitationId, ParticipantId, UnixMillis, UserName};
use serde::{Deserialize, Serialize};

use super::deadlines::Due;
use super::ids::UserId;
use super::pair::{LinkState, Pair, PendingInvitation};
use super::room::Room;
use super::rules::{Rules, Standing};
use super::seat::{KeyHash, Presence, Seat};
use super::turn::Turn;

/// The state of a room that outlives the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomSnapshot {
    /// The rules when the snapshot was taken; each `hello` brings the current ones.
    #[serde(default)]
    rules: Rules,
    seats: Vec<KeptSeat>,
    conference: Vec<ParticipantId>,
    invitations: Vec<KeptInvitation>,
    links: Vec<KeptLink>,
    apart: Vec<[ParticipantId; 2]>,
    /// Participants muted while away, each with the moderator: `[participant, moderator]`.
    #[serde(default)]
    muted: Vec<[ParticipantId; 2]>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptSeat {
    id: ParticipantId,
    user: UserId,
    name: UserName,
    #[serde(default)]
    guest: bool,
    #[serde(default)]
    standing: Standing,
    key: KeyHash,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptInvitation {
    id: InvitationId,
    from: ParticipantId,
    to: ParticipantId,
    /// By the calendar, since the monotonic clock restarts with the server.
    until: UnixMillis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptLink {
    between: [ParticipantId; 2],
    epoch: Epoch,
    invited: bool,
}

impl Room {
    /// Returns a snapshot, or `None` if the room has no seats. `now` is the current time, and `at` the same
    /// moment by the calendar.
    pub fn snapshot(&self, now: Duration, at: UnixMillis) -> Option<RoomSnapshot> {
        // Waiting users send `hello` to the next server.
        if self.seats.is_empty() {
            return None;
        }
        let seats = self.seats.iter().map(|(id, seat)| KeptSeat {
            id: *id,
            user: seat.user,
            name: seat.name.clone(),
            guest: seat.guest,
            standing: seat.standing.clone(),
            key: seat.key,
        });
        let invitations = self.invitations.iter().map(|(id, ringing)| KeptInvitation {
            id: *id,
            from: ringing.from,
            to: ringing.to,
            until: at.after(ringing.until.saturating_sub(now)),
        });
        let links = self.links.iter().map(|(pair, tie)| KeptLink {
            between: pair.both(),
            epoch: tie.epoch,
            invited: tie.invited,
        });
        Some(RoomSnapshot {
            rules: self.rules.clone(),
            seats: seats.collect(),
            conference: self.conference.iter().copied().collect(),
            invitations: invitations.collect(),
            links: links.collect(),
            apart: self.apart.iter().map(|pair| pair.both()).collect(),
            muted: self.muted.iter().map(|(id, by)| [*id, *by]).collect(),
        })
    }

    /// Restores a room from a snapshot: all seats are held for their pages, and invitations ring on.
    ///
    /// Entries that refer to missing seats are dropped.
    pub fn restored(kept: RoomSnapshot, at: UnixMillis, turn: &Turn<'_>) -> Self {
        let (now, until) = (turn.now, turn.now + turn.timings.seat_grace);
        let mut room = Room {
            rules: kept.rules,
            ..Room::default()
        };
        for KeptSeat {
            id,
            user,
            name: of,
            guest,
            standing,
            key,
        } in kept.seats
        {
            if room.seat_of(user).is_some() {
                continue;
            }
            let presence = Presence::Away(until);
            let seat = Seat {
                user,
                name: of,
                guest,
                standing,
                key,
                presence,
            };
            room.seats.insert(id, Box::new(seat));
            room.deadlines.set(until, Due::Seat(id));
            // Seats are restored even beyond the limit, which may have changed.
            let _ = turn.users.take_seat(user, turn.room, u32::MAX);
            turn.ids.skip(id.0);
        }
        let there = |ids: &[ParticipantId]| ids.iter().all(|id| room.seats.contains_key(id));
        let conference = kept.conference.into_iter().filter(|id| there(&[*id]));
        let conference = conference.collect();
        let links = kept.links.into_iter().filter(|link| there(&link.between));
        let links: Vec<_> = links.collect();
        let apart = kept.apart.into_iter().filter(|pair| there(pair));
        let apart = apart.map(|[one, two]| Pair::new(one, two)).collect();
        let invitations = kept.invitations.into_iter().filter(|i| there(&[i.from, i.to]));
        let invitations: Vec<_> = invitations.collect();
        let muted = kept.muted.into_iter().filter(|[id, _]| there(&[*id]));
        let muted = muted.map(|[id, by]| (id, by)).collect();
        (room.conference, room.apart, room.muted) = (conference, apart, muted);
        for KeptLink {
            between: [one, two],
            epoch,
            invited,
        } in links
        {
            room.links
                .insert(Pair::new(one, two), LinkState { epoch, invited });
            turn.ids.skip(epoch.0);
        }
        for KeptInvitation { id, from, to, until } in invitations {
            let left = until.since(at);
            let until = now + left.min(turn.timings.invitation_rings);
            room.invitations.insert(id, PendingInvitation { from, to, until });
            room.deadlines.set(until, Due::Invitation(id));
            turn.ids.skip(id.0);
        }
        room
    }
}
