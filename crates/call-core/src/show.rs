//! From the machines to the view: everything that is shown, said in one place.

use protocol::{Participant, Role};

use crate::address;
use crate::core::{Core, Leaving};
use crate::place::Place;
use crate::room::Room;
use crate::{
    CallView, InvitationView, InvitationsView, MediaView, ModerationView, NewcomerView, Notice, NoticeBody,
    PageView, PersonState, PersonView, QualityView, TileState, TileView, View,
};

/// What is shown of a core.
pub(crate) fn view(core: &Core) -> View {
    let mut view = View {
        page: page(core),
        media: MediaView {
            screen: core.screen.view(),
            ..core.media.view()
        },
        account: core.account.view(core.is_guest()),
        level: core.meter.level(),
        notices: notices(core),
        ..View::default()
    };
    if core.place.is_lab() || core.asks_why() {
        view.lab = core.lab_view();
    }
    if let (Some(room), PageView::Room { .. }) = (&core.room, &view.page) {
        view.people = people(room);
        view.invitations = InvitationsView {
            muted: core.ring_muted,
            ..invitations(room)
        };
        view.call = call(room, core);
        view.moderation = moderation(room);
        view.quality = quality(room, core);
        view.chat = room.chat.view(&room.me, |name| {
            room.roster.seat_of(name).filter(|seat| !room.is_engaged(*seat))
        });
    }
    view
}

/// Who can be asked again: somebody who was not in the room when a call was lost may be back by now, and somebody who did
/// not answer may be gone, or here by another seat.
fn notices(core: &Core) -> Vec<Notice> {
    let seat_of = |name: &_| core.room.as_ref().and_then(|room| room.roster.seat_of(name));
    let shown = core.notices.shown().iter().cloned();
    shown
        .map(|mut notice| {
            if let NoticeBody::CallLost { name, peer }
            | NoticeBody::InvitationEnded { name, peer, .. }
            | NoticeBody::InvitationMissed { name, peer, .. } = &mut notice.body
            {
                *peer = seat_of(name);
            }
            notice
        })
        .collect()
}

fn page(core: &Core) -> PageView {
    let name = core.user.as_ref().map(|user| user.name.clone());
    match (&core.place, name) {
        (Place::Starting, _) => PageView::Starting,
        (Place::Door { error }, _) => PageView::SignIn {
            room: core.room_wish.clone(),
            busy: core.signing_in.is_some(),
            error: *error,
            guest: core.as_guest,
        },
        (Place::Lab(lab), _) => PageView::Lab(*lab),
        (Place::AnotherUser(room, session), _) => PageView::AnotherUser {
            room: room.clone(),
            name: session.name.clone(),
        },
        (Place::Nowhere, _) => PageView::Nowhere,
        (_, None) => PageView::SignIn {
            room: core.room_wish.clone(),
            busy: false,
            error: None,
            guest: core.as_guest,
        },
        (Place::Lobby { error }, Some(name)) => PageView::Lobby {
            name,
            room: core.room_wish.clone(),
            error: *error,
        },
        (Place::Ready(room), Some(name)) => PageView::Ready {
            room: room.clone(),
            name,
        },
        (Place::Entering(room), _) => PageView::Entering {
            room: room.clone(),
            unreachable: core.signaling.is_failing(),
        },
        (Place::Occupied(room), _) => PageView::SeatOccupied { room: room.clone() },
        (Place::TakenOver(room), _) => PageView::SeatTakenOver { room: room.clone() },
        (Place::Waiting(room), _) => PageView::Waiting { room: room.clone() },
        (Place::Refused(room, refusal, until), _) => PageView::Refused {
            room: room.clone(),
            code: *refusal,
            until: *until,
        },
        (Place::Inside(room), Some(name)) => PageView::Room {
            room: room.clone(),
            name,
            reconnecting: !core.signaling.is_joined(),
        },
    }
}

fn people(room: &Room) -> Vec<PersonView> {
    let role = room.roster.role(room.you);
    let state = |id| {
        if let Some(link) = room.links.iter().find(|link| link.peer == id) {
            return match link.tile_state() {
                TileState::Connected | TileState::Reconnecting => PersonState::Talking,
                TileState::Connecting | TileState::Failed => PersonState::Connecting,
            };
        }
        match room.invitations.with(id) {
            Some(ringing) if ringing.incoming => PersonState::Inviting(ringing.id),
            Some(ringing) => PersonState::Invited(ringing.id),
            None => PersonState::InRoom,
        }
    };
    room.roster
        .iter()
        .map(|participant| PersonView {
            id: participant.id,
            name: participant.name.clone(),
            you: participant.id == room.you,
            in_conference: room.roster.in_conference(participant.id),
            away: participant.away,
            state: state(participant.id),
            guest: participant.guest,
            role: participant.role,
            silenced: participant.silenced,
            blocked: room.moderation.blocked.contains(&participant.name),
            moderated: role.may_act_on(participant.role),
            appointed: role == Role::Owner && participant.id != room.you && !participant.guest,
        })
        .collect()
}

fn moderation(room: &Room) -> ModerationView {
    let known = &room.moderation;
    let newcomer = |newcomer: &Participant| NewcomerView {
        id: newcomer.id,
        name: newcomer.name.clone(),
        guest: newcomer.guest,
    };
    ModerationView {
        role: room.roster.role(room.you),
        settings: known.settings,
        largest_size: known.largest_size,
        newcomers: known.newcomers.iter().map(newcomer).collect(),
        blocked: known.blocked.clone(),
        passes: known.passes.clone(),
        bans: known.bans.clone(),
        link: known
            .fresh
            .as_ref()
            .map(|(_, code)| address::of_pass(&room.name, code)),
    }
}

fn invitations(room: &Room) -> InvitationsView {
    let view = |ringing: &crate::invitation::RingingInvitation| {
        let peer = room.roster.get(ringing.peer)?;
        Some(InvitationView {
            id: ringing.id,
            peer: ringing.peer,
            name: peer.name.clone(),
            guest: peer.guest,
            ends_at: ringing.ends_at,
        })
    };
    InvitationsView {
        incoming: room.invitations.incoming().filter_map(view).collect(),
        outgoing: room.invitations.outgoing().filter_map(view).collect(),
        muted: false,
    }
}

/// Of a connection that is being mended the figures are old; whoever looks at them goes on looking.
fn quality(room: &Room, core: &Core) -> Vec<QualityView> {
    let shown = room.links.iter().filter_map(|link| {
        let inspected = core.inspected == Some(link.peer);
        if !inspected && link.tile_state() != TileState::Connected {
            return None;
        }
        Some(QualityView {
            peer: link.peer,
            name: room.roster.name(link.peer)?.clone(),
            grade: link.quality.grade()?,
            weak: link.quality.weak(),
            details: inspected.then(|| link.quality.details(link.stall_count())),
        })
    });
    shown.collect()
}

fn call(room: &Room, core: &Core) -> CallView {
    CallView {
        in_conference: room.in_conference(),
        conference_others: room.roster.conference_others(room.you),
        tiles: room
            .links
            .iter()
            .filter_map(|link| {
                let peer = room.roster.get(link.peer)?;
                let name = &peer.name;
                Some(TileView {
                    peer: link.peer,
                    epoch: link.epoch,
                    name: name.clone(),
                    guest: peer.guest,
                    state: link.tile_state(),
                    camera: link.camera,
                    microphone: link.microphone,
                    screen: link.screen,
                    away: room.roster.is_away(link.peer),
                    stalls: link.stalls(),
                    speaking: core.speakers.speaks(link.peer),
                    volume: room.volumes.of(name),
                })
            })
            .collect(),
        speaking: core.speakers.own_speaks(),
        stage: core.stage.view(core.speakers.sticky()),
        holes: crate::rows::view(room),
        leave_asked: core.leaving == Leaving::Asked,
    }
}
