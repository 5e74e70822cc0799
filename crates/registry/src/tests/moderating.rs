//! Moderation: permissions, and what the others learn of it.

use std::time::Duration;

use protocol::{
    Access, ChatEntry, ErrorCode, LinkCloseReason, Nonce, ParticipantId, Role, RoomChanges, RoomSettings,
    ServerMessage, UnixMillis,
};

use super::messages::names;
use super::stage::{Message, Page, Stage};
use crate::{Change, Done, Door, Rules, UserId};

/// The owner, a moderator and two participants.
fn four() -> (Stage, [Page; 4]) {
    let mut stage = Stage::new();
    let pages = [1, 2, 3, 4].map(|user| {
        let mut door = Door {
            rules: Rules {
                owner: Some(UserId(1)),
                ..Rules::default()
            },
            ..Door::default()
        };
        door.standing.moderator = user == 2;
        let socket = stage.knock(user, "lobby", None, false, door);
        stage.welcomed(socket).expect("an open room").0
    });
    stage.forget();
    (stage, pages)
}

fn acts(participant: ParticipantId) -> [Message; 5] {
    [
        Message::MuteParticipant { participant },
        Message::SilenceParticipant {
            participant,
            silenced: true,
        },
        Message::RemoveParticipant { participant },
        Message::BanParticipant {
            participant,
            minutes: 60,
        },
        Message::SetModerator {
            participant,
            moderator: true,
        },
    ]
}

#[test]
fn participants_act_only_on_lower_roles() {
    let (mut stage, [owner, moderator, ann, bea]) = four();
    for (actor, other) in [
        (&ann, &bea),
        (&ann, &moderator),
        (&moderator, &owner),
        (&ann, &owner),
    ] {
        for act in acts(other.id) {
            stage.say(actor, act.clone());
            assert_eq!(stage.refusal(actor), ErrorCode::NotAllowed, "{act:?}");
        }
    }
    for act in acts(owner.id) {
        stage.say(&owner, act);
        assert_eq!(stage.refusal(&owner), ErrorCode::NotYourself);
    }
    assert!(stage.orders.is_empty());
    for message in [
        Message::ChangeRoom {
            settings: RoomSettings::default().into(),
            password: None,
        },
        Message::FetchRoomAccess {},
        Message::CreatePass { minutes: 60 },
        Message::AdmitNewcomer { newcomer: bea.id },
    ] {
        stage.say(&ann, message);
        assert_eq!(stage.refusal(&ann), ErrorCode::NotAllowed);
    }
}

#[test]
fn only_the_owner_appoints_moderators() {
    let (mut stage, [owner, moderator, ann, bea]) = four();
    let promote = Message::SetModerator {
        participant: ann.id,
        moderator: true,
    };
    stage.say(&moderator, promote.clone());
    assert_eq!(stage.refusal(&moderator), ErrorCode::NotAllowed);
    stage.say(&owner, promote);
    assert!(
        stage.told(&bea).is_empty(),
        "nothing is sent before it is on disk"
    );
    stage.completed(&Done::Moderator(UserId(3), true));
    let told = stage.told(&bea);
    assert!(
        matches!(told.as_slice(), [ServerMessage::ParticipantChanged { participant }]
            if participant.id == ann.id && participant.role == Role::Moderator),
        "{told:?}"
    );
    stage.told(&ann);
    stage.say(&ann, Message::RemoveParticipant { participant: bea.id });
    assert_eq!(stage.closed, [(bea.socket, Some(ErrorCode::Removed))]);
}

#[test]
fn mute_is_sent_to_all_with_its_moderator() {
    let (mut stage, [_, moderator, ann, bea]) = four();
    stage.say(&moderator, Message::MuteParticipant { participant: ann.id });
    for page in [&ann, &bea, &moderator] {
        let told = stage.told(page);
        assert!(
            matches!(told.as_slice(), [ServerMessage::ParticipantMuted { participant, by }]
            if (*participant, *by) == (ann.id, moderator.id))
        );
    }
}

#[test]
fn mute_while_away_is_delivered_on_return() {
    for restarted in [false, true] {
        let (mut stage, [_, moderator, ann, _]) = four();
        stage.lose(&ann);
        stage.say(&moderator, Message::MuteParticipant { participant: ann.id });
        if restarted {
            stage.restart(Duration::ZERO);
        }
        let mut back = || {
            let key = Some(ann.key.clone());
            let socket = stage.knock(3, "lobby", key, false, Door::default());
            stage.told_by_socket(socket)
        };
        let told = back();
        assert!(
            matches!(told.as_slice(), [ServerMessage::Welcome(welcome), ServerMessage::ParticipantMuted { participant, by }]
            if welcome.resumed && (*participant, *by) == (ann.id, moderator.id)),
            "{told:?}"
        );
        assert_eq!(names(&back()), ["welcome"], "sent only once");
    }
}

#[test]
fn silenced_participant_cannot_write_until_allowed() {
    let (mut stage, [owner, _, ann, bea]) = four();
    let line = || Message::SendChat {
        text: "hello".to_owned(),
        nonce: Nonce("n".to_owned()),
    };
    let silence = |silenced| Message::SilenceParticipant {
        participant: ann.id,
        silenced,
    };
    stage.say(&owner, silence(true));
    stage.completed(&Done::Silenced(UserId(3), true));
    assert!(
        matches!(stage.told(&bea).as_slice(), [ServerMessage::ParticipantChanged { participant }]
        if participant.silenced)
    );
    stage.forget();
    stage.say(&ann, line());
    assert_eq!(stage.refusal(&ann), ErrorCode::Silenced);
    stage.say(&owner, silence(false));
    stage.completed(&Done::Silenced(UserId(3), false));
    stage.forget();
    stage.say(&ann, line());
    assert_eq!(stage.lines.len(), 1);
}

#[test]
fn removed_participant_goes_at_once_and_may_return() {
    let (mut stage, [owner, _, ann, bea]) = four();
    stage.link(&ann, &bea);
    stage.forget();
    stage.say(&owner, Message::RemoveParticipant { participant: ann.id });
    assert_eq!(stage.closed, [(ann.socket, Some(ErrorCode::Removed))]);
    let told = stage.told(&bea);
    assert!(
        matches!(told.as_slice(), [
            ServerMessage::LinkClosed { link, reason: LinkCloseReason::Removed },
            ServerMessage::ParticipantLeft { participant },
        ] if link.peer == ann.id && *participant == ann.id),
        "{told:?}"
    );
    let by = protocol::UserName::parse("user 1").expect("a name");
    assert_eq!(
        stage.lines.pop(),
        Some(("user 3".to_owned(), ChatEntry::Removed { by }))
    );
    stage.say(&ann, Message::Ping {});
    assert!(stage.told(&ann).is_empty());
    stage.closed.clear();
    let (_, welcome) = stage
        .enter(3, "lobby", Some(ann.key), false)
        .expect("removed is not banned");
    assert!(!welcome.resumed, "the seat was removed");
}

#[test]
fn banned_participant_goes_once_the_ban_is_on_disk() {
    let (mut stage, [_, moderator, ann, bea]) = four();
    stage.say(
        &moderator,
        Message::BanParticipant {
            participant: ann.id,
            minutes: 60,
        },
    );
    let hour = Duration::from_secs(3600);
    assert!(
        matches!(stage.orders.last().map(|order| &order.change), Some(Change::Ban(UserId(3), lasts)) if *lasts == hour)
    );
    assert!(stage.told(&bea).is_empty());
    stage.completed(&Done::Banned(UserId(3), UnixMillis(7)));
    assert_eq!(stage.closed, [(ann.socket, Some(ErrorCode::Banned))]);
    assert_eq!(names(&stage.told(&bea)), ["participant-left"]);
}

#[test]
fn room_settings_are_validated() {
    let (mut stage, [owner, _, ann, _]) = four();
    let change = |access, size, password: Option<&str>| Message::ChangeRoom {
        settings: RoomSettings {
            access,
            size,
            guests: false,
        }
        .into(),
        password: password.map(str::to_owned),
    };
    for (message, code) in [
        (change(Access::Open, 0, None), ErrorCode::OutOfBounds),
        (change(Access::Open, 65, None), ErrorCode::OutOfBounds),
        (change(Access::Password, 9, None), ErrorCode::InvalidRoomPassword),
        (
            change(Access::Password, 9, Some("abc")),
            ErrorCode::InvalidRoomPassword,
        ),
        (Message::CreatePass { minutes: 0 }, ErrorCode::OutOfBounds),
        (
            Message::BanParticipant {
                participant: ann.id,
                minutes: u32::MAX,
            },
            ErrorCode::OutOfBounds,
        ),
    ] {
        stage.say(&owner, message);
        assert_eq!(stage.refusal(&owner), code);
    }
    stage.say(&owner, change(Access::Password, 9, Some("sesame")));
    let settings = RoomSettings {
        access: Access::Password,
        size: 9,
        guests: false,
    };
    stage.completed(&Done::Settings(settings, Some("hash".to_owned())));
    let told = stage.told(&ann);
    assert!(
        matches!(told.as_slice(), [ServerMessage::RoomChanged { settings: told, by }]
        if *told == settings && *by == owner.id)
    );
    stage.told(&owner);
    stage.say(&owner, change(Access::Password, 8, None));
    assert_eq!(stage.orders.len(), 1, "the password stays as it is");
    let only = |settings| Message::ChangeRoom {
        settings,
        password: None,
    };
    let none = RoomChanges::default();
    stage.say(
        &owner,
        only(RoomChanges {
            size: Some(65),
            ..none
        }),
    );
    assert_eq!(stage.refusal(&owner), ErrorCode::OutOfBounds);
    let size = RoomChanges {
        size: Some(7),
        ..none
    };
    stage.say(&owner, only(size));
    let ordered = stage.orders.last().map(|order| &order.change);
    assert!(matches!(ordered, Some(Change::Settings(changes, None)) if *changes == size));
    // A password alone may be changed only while the access requires one; otherwise it is ignored.
    for (access, kept) in [(Access::Password, true), (Access::Open, false)] {
        stage.completed(&Done::Settings(RoomSettings { access, ..settings }, None));
        let password = Some("open sesame".to_owned());
        let settings = none;
        stage.say(&owner, Message::ChangeRoom { settings, password });
        let ordered = stage.orders.last().map(|order| &order.change);
        assert!(matches!(ordered, Some(Change::Settings(_, password)) if password.is_some() == kept));
    }
}
