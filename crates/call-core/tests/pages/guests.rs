//! A guest: enters with a name only, in one room, and is back at the sign-in page afterwards.

use call_core::{
    ApiAnswer, ApiCall, ApiError, DoorIntent, Effect, Event, FormError, HeldSeat, PageEvent, PageView,
    RoomIntent, SignInForm, SocketEvent, SocketId, SocketOrder, StoreOrder,
};
use protocol::http::{NewGuest, Registration, ServerInfo, SessionInfo, SignedIn};
use protocol::{
    ChatEntry, ChatMessage, ClientMessage, ErrorCode, Invitation, InvitationId, MessageId, NameError, Nonce,
    Participant, ParticipantId, Role, RoomName, SeatKey, ServerMessage, UnixMillis, UserName, Welcome,
};

use crate::page::{Page, api_call};

const TOM: ParticipantId = ParticipantId(1);
const BEA: ParticipantId = ParticipantId(2);

fn name(text: &str) -> UserName {
    UserName::parse(text).expect("a name")
}

fn room(text: &str) -> RoomName {
    RoomName::parse(text).expect("a name")
}

/// Tom's session as a guest of the room `r`; its token is in the cookie.
fn tom() -> SignedIn {
    SignedIn {
        token: None,
        name: name("Tom"),
        guest_of: Some(room("r")),
    }
}

fn entrance(name: &str, room: &str) -> SignInForm {
    SignInForm {
        name: name.to_owned(),
        password: String::new(),
        room: room.to_owned(),
        invite_code: String::new(),
    }
}

impl Page {
    /// Tom's page in the room with Bea, who may be a guest too.
    fn inside(bea_is_guest: bool) -> Self {
        let mut page = Self::greeting();
        page.hears(welcome(bea_is_guest));
        page
    }

    /// Tom's page, which has sent its hello.
    fn greeting() -> Self {
        let (mut page, _) = Self::open("/room/r", Some(tom()), None);
        page.wish(RoomIntent::EnterPrepared);
        page.event(Event::Socket {
            socket: SocketId(1),
            event: SocketEvent::Opened,
        });
        page
    }

    /// Room and error of the form for guests.
    fn form(&self) -> (String, Option<FormError>) {
        match self.0.view().page.clone() {
            PageView::SignIn {
                room,
                error,
                guest: true,
                ..
            } => (room, error),
            other => panic!("expected the form for guests: {other:?}"),
        }
    }
}

fn welcome(bea_is_guest: bool) -> ServerMessage {
    let mark = |id, text, guest| Participant {
        guest,
        ..Participant::new(id, name(text))
    };
    ServerMessage::Welcome(Box::new(Welcome {
        participants: vec![mark(BEA, "Bea", bea_is_guest), mark(TOM, "Tom", true)],
        ..Welcome::new(room("r"), TOM, SeatKey("mine".to_owned()))
    }))
}

fn signs_out(effects: &[Effect]) -> bool {
    matches!(api_call(effects), Some((_, ApiCall::SignOut(_))))
}

#[test]
fn sign_in_page_learns_whether_guests_are_allowed() {
    let (mut page, effects) = Page::open("/room/r", None, None);
    assert!(!page.0.view().account.guests);
    let (request, _) = api_call(&effects).expect("a request to the server");
    let (registration, guests) = (Registration::Closed, true);
    page.answers(
        request,
        Ok(ApiAnswer::Server(ServerInfo { registration, guests })),
    );
    assert!(page.0.view().account.guests);
}

#[test]
fn name_and_room_are_checked_before_the_request() {
    let (mut page, _) = Page::open("/room/r", None, None);
    for (name, room, error) in [
        ("", "r", FormError::UserName(NameError::Empty)),
        ("Tom", "", FormError::RoomName(NameError::Empty)),
    ] {
        let effects = page.wish(DoorIntent::JoinAsGuest(entrance(name, room)));
        assert_eq!((api_call(&effects), page.form().1), (None, Some(error)));
    }
    let effects = page.wish(DoorIntent::JoinAsGuest(entrance("Tom", "R")));
    let (request, call) = api_call(&effects).expect("a request to the server");
    let (name, room) = ("Tom".to_owned(), "r".to_owned());
    assert_eq!(call, ApiCall::JoinAsGuest(NewGuest { name, room }));
    let effects = page.answers(request, Ok(ApiAnswer::SignedIn(tom())));
    let (request, _) = api_call(&effects).expect("a request with the cookie");
    let SignedIn { name, guest_of, .. } = tom();
    let effects = page.answers(request, Ok(ApiAnswer::Session(SessionInfo { name, guest_of })));
    assert!(effects.contains(&Effect::Store(StoreOrder::Session(tom()))));
    assert!(matches!(page.0.view().page, PageView::Ready { .. }));
    assert!(page.0.view().account.guest);
}

#[test]
fn room_without_guests_is_an_error_in_the_form() {
    let (mut page, _) = Page::open("/room/r", None, None);
    let effects = page.wish(DoorIntent::JoinAsGuest(entrance("Tom", "r")));
    let (request, _) = api_call(&effects).expect("a request to the server");
    let no = ApiError::Refused(ErrorCode::GuestsNotAdmitted);
    page.answers(request, Err(no));
    assert_eq!(page.form(), ("r".to_owned(), Some(FormError::Server(no))));
}

#[test]
fn reload_keeps_a_guest_in_their_room_only() {
    let seat = HeldSeat {
        room: room("r"),
        key: SeatKey("mine".to_owned()),
    };
    let (page, _) = Page::open("/room/r", Some(tom()), Some(seat));
    assert!(matches!(page.0.view().page, PageView::Entering { .. }));
    for path in ["/room/another", "/"] {
        let (page, effects) = Page::open(path, Some(tom()), None);
        assert_eq!(page.form().1, None);
        let forgotten = effects.contains(&Effect::Store(StoreOrder::ForgetSession(tom().name)));
        assert!(!forgotten, "another page of theirs may be in the room");
    }
}

#[test]
fn leaving_the_room_ends_the_visit() {
    let mut page = Page::inside(false);
    let effects = page.wish(RoomIntent::Leave);
    assert!(effects.contains(&Effect::Socket(SocketOrder::Send(ClientMessage::Leave {}))));
    assert!(signs_out(&effects) && effects.contains(&Effect::Store(StoreOrder::ForgetSession(tom().name))));
    assert_eq!(page.form().1, None);

    let mut page = Page::inside(false);
    let effects = page.event(Event::Page(PageEvent::PathChanged("/room/another".to_owned())));
    assert!(signs_out(&effects));
    assert!(effects.contains(&Effect::Store(StoreOrder::ForgetChats(tom().name))));
    assert_eq!(page.form(), ("another".to_owned(), None));
}

#[test]
fn page_without_the_seat_does_not_end_the_visit() {
    let mut page = Page::greeting();
    page.is_told(ErrorCode::SeatOccupied);
    let effects = page.wish(RoomIntent::Leave);
    assert!(!signs_out(&effects) && !effects.contains(&Effect::Store(StoreOrder::ForgetSession(tom().name))));
    assert_eq!(page.form().1, None);
}

#[test]
fn refused_guest_sees_the_reason_in_the_form() {
    for (code, error) in [
        (ErrorCode::UserNameTaken, FormError::UserNameTaken),
        (
            ErrorCode::Removed,
            FormError::Server(ApiError::Refused(ErrorCode::Removed)),
        ),
        (
            ErrorCode::Banned,
            FormError::Server(ApiError::Refused(ErrorCode::Banned)),
        ),
        (
            ErrorCode::GuestsNotAdmitted,
            FormError::Server(ApiError::Refused(ErrorCode::GuestsNotAdmitted)),
        ),
        (ErrorCode::SessionEnded, FormError::VisitEnded),
    ] {
        let mut page = Page::greeting();
        let effects = page.is_told(code);
        assert!(
            effects.contains(&Effect::Store(StoreOrder::ForgetSession(tom().name))),
            "{code:?}"
        );
        let lives = matches!(code, ErrorCode::UserNameTaken | ErrorCode::GuestsNotAdmitted);
        assert_eq!(signs_out(&effects), lives, "{code:?}");
        assert_eq!(page.form(), ("r".to_owned(), Some(error)), "{code:?}");
    }
}

#[test]
fn other_refusals_are_shown_as_for_accounts() {
    for code in [ErrorCode::RoomPasswordRequired, ErrorCode::RoomLocked] {
        let mut page = Page::greeting();
        page.is_told(code);
        assert!(matches!(page.0.view().page, PageView::Refused { .. }), "{code:?}");
    }
}

#[test]
fn guests_are_marked_wherever_their_name_is_shown() {
    let mut page = Page::inside(true);
    page.hears(ServerMessage::InvitationRinging {
        invitation: Invitation {
            id: InvitationId(3),
            from: BEA,
            to: TOM,
            rings_for_ms: 1000,
        },
    });
    page.hears(ServerMessage::Chat {
        message: line(1, "Bea", true),
    });
    let view = page.0.view();
    assert!(view.people.iter().all(|person| person.guest));
    assert!(view.invitations.incoming[0].guest);
    assert!(view.chat.lines[0].guest);
    assert!(!Page::inside(false).0.view().people[0].guest);
}

#[test]
fn lines_of_an_account_of_the_same_name_are_not_the_guests() {
    let mut page = Page::inside(false);
    for (id, guest) in [(1, true), (2, false)] {
        page.hears(ServerMessage::Chat {
            message: line(id, "Tom", guest),
        });
    }
    let lines = page.0.view().chat.lines.clone();
    let mine: Vec<bool> = lines.iter().map(|line| line.mine).collect();
    assert_eq!(mine, [true, false]);
}

#[test]
fn owner_can_remove_a_guest_but_not_promote_them() {
    let mut page = Page::inside(true);
    let owner = Participant {
        role: Role::Owner,
        guest: false,
        ..Participant::new(TOM, name("Tom"))
    };
    page.hears(ServerMessage::ParticipantChanged { participant: owner });
    let bea = &page.0.view().people[0];
    assert!(bea.moderated && !bea.appointed);
}

fn line(id: u64, author: &str, guest: bool) -> ChatMessage {
    ChatMessage {
        id: MessageId(id),
        at: UnixMillis(id),
        author: name(author),
        guest,
        entry: ChatEntry::Text {
            text: "hello".to_owned(),
            nonce: Nonce(format!("n{id}")),
        },
    }
}

#[test]
fn ended_visit_leaves_no_chats_behind() {
    for code in [
        ErrorCode::Removed,
        ErrorCode::Banned,
        ErrorCode::UserNameTaken,
        ErrorCode::NotSignedIn,
        ErrorCode::SessionEnded,
    ] {
        let mut page = Page::inside(false);
        let effects = page.is_told(code);
        assert!(
            effects.contains(&Effect::Store(StoreOrder::ForgetChats(tom().name))),
            "{code:?}"
        );
    }
}
