//! Entry rules and moderation, as a page sees them: pass, password, waiting room, and what moderators do.

use call_core::{
    Core, DeviceChoices, Effect, Event, Input, Intent, ModerationAction, Moment, NoticeBody, PageEvent,
    PageOrder, PageView, RoomIntent, SocketEvent, SocketId, SocketOrder, Startup,
};
use protocol::http::SignedIn;
use protocol::{
    Access, ChatEntry, ChatMessage, ClientMessage, ErrorCode, Hello, MessageId, Participant, ParticipantId,
    Pass, PassCode, PassId, Role, RoomName, RoomSettings, SeatKey, ServerMessage, SessionToken, Subject,
    UnixMillis, UserName, Welcome,
};

const ANN: ParticipantId = ParticipantId(1);
const BEA: ParticipantId = ParticipantId(2);
const DAN: ParticipantId = ParticipantId(9);

fn name(text: &str) -> UserName {
    UserName::parse(text).expect("a name")
}

fn room() -> RoomName {
    RoomName::parse("r").expect("a name")
}

/// Ann's page.
struct Page {
    core: Core,
    sockets: u64,
}

impl Page {
    /// Opens a room's path and goes on as far as possible without the server.
    fn at(path: &str) -> (Self, Vec<Effect>) {
        let mut page = Self {
            core: Core::new(),
            sockets: 1,
        };
        let effects = page.event(Event::Page(PageEvent::Started(Box::new(Startup {
            path: path.to_owned(),
            session: Some(SignedIn {
                guest_of: None,
                token: Some(SessionToken("token".to_owned())),
                name: name("Ann"),
            }),
            room: None,
            seat: None,
            devices: DeviceChoices::default(),
        }))));
        page.wish(RoomIntent::EnterPrepared);
        (page, effects)
    }

    /// In the room with Bea, in this role.
    fn inside(role: Role) -> Self {
        let (mut page, _) = Self::at("/room/r");
        page.says_hello();
        page.hears(welcome(role));
        page
    }

    fn event(&mut self, event: Event) -> Vec<Effect> {
        self.handle(event.into())
    }

    fn wish(&mut self, intent: impl Into<Intent>) -> Vec<Effect> {
        self.handle(Input::from(intent))
    }

    fn handle(&mut self, input: Input) -> Vec<Effect> {
        let effects = self.core.handle(Moment::default(), input);
        assert_eq!(*self.core.view(), self.core.whole_view(), "a change is not shown");
        effects
    }

    fn says_hello(&mut self) -> Hello {
        let effects = self.event(Event::Socket {
            socket: SocketId(self.sockets),
            event: SocketEvent::Opened,
        });
        let hello = effects.into_iter().find_map(|effect| match effect {
            Effect::Socket(SocketOrder::Send(ClientMessage::Hello(hello))) => Some(hello),
            _ => None,
        });
        hello.expect("a hello")
    }

    fn hears(&mut self, message: ServerMessage) -> Vec<Effect> {
        self.event(Event::Socket {
            socket: SocketId(self.sockets),
            event: SocketEvent::Received(Ok(message)),
        })
    }

    fn is_told(&mut self, code: ErrorCode, until: Option<UnixMillis>) {
        self.hears(ServerMessage::Bye {
            code,
            retry_after_ms: None,
            until,
            session: None,
        });
    }

    fn notices(&self) -> Vec<NoticeBody> {
        let view = self.core.view();
        view.notices.iter().cloned().map(|notice| notice.body).collect()
    }
}

fn ann(role: Role) -> Participant {
    Participant {
        role,
        ..Participant::new(ANN, name("Ann"))
    }
}

fn welcome(role: Role) -> ServerMessage {
    let moderator = Participant {
        role: Role::Moderator,
        ..Participant::new(BEA, name("Bea"))
    };
    ServerMessage::Welcome(Box::new(Welcome {
        participants: vec![ann(role), moderator],
        ..Welcome::new(room(), ANN, SeatKey("mine".to_owned()))
    }))
}

#[test]
fn pass_of_a_link_is_sent_and_removed_from_the_path() {
    let (mut page, effects) = Page::at("/room/r?invite=abc-_");
    assert!(effects.contains(&Effect::Page(PageOrder::ShowPath("/room/r".to_owned(), false))));
    assert_eq!(page.says_hello().invite, Some(PassCode("abc-_".to_owned())));
    page.wish(RoomIntent::Leave);
    page.wish(RoomIntent::Enter("other".to_owned()));
    page.wish(RoomIntent::EnterPrepared);
    page.sockets = 2;
    let hello = page.says_hello();
    assert_eq!((hello.room.as_str(), hello.invite), ("other", None));
}

#[test]
fn typed_room_password_is_sent() {
    let (mut page, _) = Page::at("/room/r");
    assert_eq!(page.says_hello().password, None);
    for (turn, code) in [
        (1, ErrorCode::RoomPasswordRequired),
        (2, ErrorCode::WrongRoomPassword),
    ] {
        page.is_told(code, None);
        assert!(matches!(page.core.view().page, PageView::Refused { code: shown, .. } if shown == code));
        page.wish(RoomIntent::GivePassword(format!("sesame {turn}")));
        page.sockets += 1;
        assert_eq!(page.says_hello().password, Some(format!("sesame {turn}")));
    }
    page.hears(welcome(Role::Participant));
    assert!(matches!(page.core.view().page, PageView::Room { .. }));
}

#[test]
fn waiting_room_keeps_the_socket_alive_and_can_be_left() {
    let (mut page, _) = Page::at("/room/r");
    page.says_hello();
    page.hears(ServerMessage::Waiting { room: room() });
    assert_eq!(page.core.view().page, PageView::Waiting { room: room() });
    let pinged = page.event(Event::TimerFired(call_core::Timer::Ping));
    assert!(pinged.contains(&Effect::Socket(SocketOrder::Send(ClientMessage::Ping {}))));
    let mut other = Page {
        core: page.core.clone(),
        sockets: 1,
    };
    page.hears(welcome(Role::Participant));
    assert!(matches!(page.core.view().page, PageView::Room { .. }));
    let effects = other.wish(RoomIntent::Leave);
    assert!(effects.contains(&Effect::Socket(SocketOrder::Close)));
    assert!(matches!(other.core.view().page, PageView::Lobby { .. }));
}

#[test]
fn ban_shows_its_end_and_does_not_reconnect() {
    let mut page = Page::inside(Role::Participant);
    let until = Some(UnixMillis(7));
    page.is_told(ErrorCode::Banned, until);
    let code = ErrorCode::Banned;
    assert_eq!(
        page.core.view().page,
        PageView::Refused {
            room: room(),
            code,
            until
        }
    );
    let closed = page.event(Event::Socket {
        socket: SocketId(1),
        event: SocketEvent::Closed,
    });
    assert!(
        !closed
            .iter()
            .any(|effect| matches!(effect, Effect::Socket(SocketOrder::Open(_))))
    );
}

#[test]
fn mute_by_a_moderator_mutes_and_notifies() {
    let mut page = Page::inside(Role::Participant);
    page.hears(ServerMessage::ParticipantMuted {
        participant: ANN,
        by: BEA,
    });
    assert!(page.core.view().media.muted);
    assert_eq!(page.notices(), [NoticeBody::Muted { by: name("Bea") }]);
    let mut page = Page::inside(Role::Moderator);
    let before = page.core.view().media.muted;
    page.hears(ServerMessage::ParticipantMuted {
        participant: BEA,
        by: ANN,
    });
    assert_eq!(page.core.view().media.muted, before);
    let (name, by) = (name("Bea"), self::name("Ann"));
    assert_eq!(page.notices(), [NoticeBody::ParticipantMuted { name, by }]);
}

#[test]
fn moderator_sees_newcomers_and_permissions() {
    let mut page = Page::inside(Role::Participant);
    let bea = |page: &Page| page.core.view().people[1].clone();
    assert!(!bea(&page).moderated && !bea(&page).appointed);
    page.hears(ServerMessage::ParticipantChanged {
        participant: ann(Role::Owner),
    });
    assert_eq!(page.notices(), [NoticeBody::RoleChanged(Role::Owner)]);
    assert!(bea(&page).moderated && bea(&page).appointed);
    page.hears(ServerMessage::NewcomerWaiting {
        newcomer: Participant::new(DAN, name("Dan")),
    });
    assert_eq!(page.core.view().moderation.newcomers.len(), 1);
    let said = page.wish(Intent::Moderate(ModerationAction::Admit(DAN)));
    assert!(
        said.contains(&Effect::Socket(SocketOrder::Send(ClientMessage::AdmitNewcomer {
            newcomer: DAN
        })))
    );
    page.hears(ServerMessage::NewcomerGone { newcomer: DAN });
    assert_eq!(page.core.view().moderation.newcomers, []);
}

#[test]
fn link_of_a_new_pass_is_shown_while_the_pass_exists() {
    let mut page = Page::inside(Role::Owner);
    let pass = Pass {
        id: PassId(5),
        by: name("Ann"),
        until: UnixMillis(7),
    };
    page.hears(ServerMessage::PassCreated {
        code: PassCode("abc".to_owned()),
        pass: pass.clone(),
    });
    let shown = page.core.view().moderation.clone();
    assert_eq!(shown.link.as_deref(), Some("/room/r?invite=abc"));
    assert_eq!(shown.passes, [pass]);
    page.hears(ServerMessage::RoomAccess {
        passes: Vec::new(),
        bans: Vec::new(),
    });
    assert_eq!(page.core.view().moderation.link, None);
}

#[test]
fn room_change_by_another_moderator_gets_a_notice() {
    let mut page = Page::inside(Role::Owner);
    let settings = RoomSettings {
        access: Access::Lobby,
        size: 9,
        guests: true,
    };
    page.hears(ServerMessage::RoomChanged { settings, by: ANN });
    assert_eq!(page.notices(), []);
    assert_eq!(page.core.view().moderation.settings, settings);
    page.hears(ServerMessage::RoomChanged { settings, by: BEA });
    let by = name("Bea");
    assert_eq!(page.notices(), [NoticeBody::RoomChanged { by, settings }]);
}

/// The chat entry that Bea was removed.
fn bea_is_removed(by: &str) -> ServerMessage {
    ServerMessage::Chat {
        message: ChatMessage {
            id: MessageId(1),
            at: UnixMillis(0),
            author: name("Bea"),
            guest: false,
            entry: ChatEntry::Removed { by: name(by) },
        },
    }
}

#[test]
fn ban_has_a_notice_with_undo() {
    let mut page = Page::inside(Role::Owner);
    page.wish(Intent::Moderate(ModerationAction::Ban(BEA, 60)));
    page.hears(ServerMessage::ParticipantLeft { participant: BEA });
    assert_eq!(page.notices(), [], "not before it is done");
    page.hears(bea_is_removed("Ann"));
    let banned = NoticeBody::Banned {
        name: name("Bea"),
        minutes: 60,
    };
    assert_eq!(page.notices(), [banned]);
    let effects = page.wish(Intent::Moderate(ModerationAction::LiftBan(name("Bea"))));
    assert!(
        effects.contains(&Effect::Socket(SocketOrder::Send(ClientMessage::LiftBan {
            name: name("Bea")
        })))
    );
}

#[test]
fn refused_ban_has_no_notice() {
    let mut page = Page::inside(Role::Owner);
    page.wish(Intent::Moderate(ModerationAction::Ban(BEA, 60)));
    page.hears(bea_is_removed("Dan"));
    assert_eq!(page.notices(), []);
    page.hears(ServerMessage::Error {
        code: ErrorCode::TooManyKept,
        subject: Some(Subject::Participant(BEA)),
    });
    page.hears(bea_is_removed("Ann"));
    assert_eq!(page.notices(), [NoticeBody::Refused(ErrorCode::TooManyKept)]);
}

#[test]
fn removal_without_ban_has_no_notice() {
    let mut page = Page::inside(Role::Owner);
    page.wish(Intent::Moderate(ModerationAction::Remove(BEA)));
    page.hears(bea_is_removed("Ann"));
    assert_eq!(page.notices(), []);
}

#[test]
fn ban_refused_without_a_subject_has_no_notice() {
    let mut page = Page::inside(Role::Owner);
    page.wish(Intent::Moderate(ModerationAction::Ban(BEA, 60)));
    page.hears(ServerMessage::Error {
        code: ErrorCode::NotAllowed,
        subject: None,
    });
    page.hears(bea_is_removed("Ann"));
    assert_eq!(page.notices(), [NoticeBody::Refused(ErrorCode::NotAllowed)]);
}

#[test]
fn former_moderator_gets_no_ban_notice() {
    let mut page = Page::inside(Role::Moderator);
    page.wish(Intent::Moderate(ModerationAction::Ban(BEA, 60)));
    page.hears(ServerMessage::ParticipantChanged {
        participant: ann(Role::Participant),
    });
    page.hears(bea_is_removed("Ann"));
    assert_eq!(page.notices(), [NoticeBody::RoleChanged(Role::Participant)]);
}
