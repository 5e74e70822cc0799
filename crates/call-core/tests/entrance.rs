//! Ways in and out: the door, the lobby, a page loaded anew, a seat that another page holds, a session that ended.

use call_core::{
    ApiAnswer, ApiCall, ApiError, Beginning, Core, Effect, Entrance, Event, FormError, HeldSeat, Intent,
    Moment, PageView, RequestId, SocketId, Timer,
};
use protocol::http::SignedIn;
use protocol::{
    ClientMessage, ErrorCode, NameError, RoomName, SeatKey, ServerMessage, SessionToken, UserName,
};

struct Page(Core);

impl Page {
    fn open(path: &str, session: Option<SignedIn>, seat: Option<HeldSeat>) -> (Self, Vec<Effect>) {
        let mut page = Self(Core::new());
        let effects = page.event(Event::Started(Beginning {
            path: path.to_owned(),
            session,
            room: None,
            seat,
        }));
        (page, effects)
    }

    fn event(&mut self, event: Event) -> Vec<Effect> {
        self.0.handle(Moment::default(), event.into())
    }

    fn wish(&mut self, intent: Intent) -> Vec<Effect> {
        self.0.handle(Moment::default(), intent.into())
    }

    fn page(&self) -> PageView {
        self.0.view().page
    }

    fn says_hello(&mut self) -> protocol::Hello {
        let effects = self.event(Event::SocketOpened(SocketId(1)));
        let hello = effects.into_iter().find_map(|effect| match effect {
            Effect::Send(ClientMessage::Hello(hello)) => Some(hello),
            _ => None,
        });
        hello.expect("a hello")
    }

    fn hears(&mut self, message: ServerMessage) -> Vec<Effect> {
        self.event(Event::MessageReceived {
            socket: SocketId(1),
            message: Ok(message),
        })
    }
}

fn seat(room: &str) -> HeldSeat {
    HeldSeat {
        room: RoomName::parse(room).expect("a name"),
        key: SeatKey("mine".to_owned()),
    }
}

fn ann() -> SignedIn {
    SignedIn {
        token: SessionToken("token".to_owned()),
        name: UserName::parse("Ann").expect("a name"),
    }
}

fn entrance(name: &str, password: &str, room: &str) -> Entrance {
    Entrance {
        name: name.to_owned(),
        password: password.to_owned(),
        room: room.to_owned(),
    }
}

fn api_call(effects: &[Effect]) -> Option<(RequestId, ApiCall)> {
    effects.iter().find_map(|effect| match effect {
        Effect::CallApi { request, call } => Some((*request, call.clone())),
        _ => None,
    })
}

#[test]
fn what_the_server_would_refuse_is_said_beside_its_field_without_asking() {
    let (mut page, _) = Page::open("/", None, None);
    let mut error_of = |name: &str, password: &str, room: &str| {
        let effects = page.wish(Intent::CreateAccount(entrance(name, password, room)));
        assert_eq!(effects, [], "the server is not asked");
        match page.page() {
            PageView::SignIn { error, .. } => error,
            other => panic!("at the door, not {other:?}"),
        }
    };
    assert_eq!(
        error_of(" ", "password", "r"),
        Some(FormError::UserName(NameError::Empty))
    );
    assert_eq!(error_of("Ann", "short", "r"), Some(FormError::Password));
    assert_eq!(
        error_of("Ann", "password", "a/b"),
        Some(FormError::RoomName(NameError::Character))
    );
}

#[test]
fn a_wrong_password_is_named_and_the_right_one_leads_into_the_room_of_the_link() {
    let (mut page, _) = Page::open("/room/class-3b", None, None);
    assert!(matches!(page.page(), PageView::SignIn { room, .. } if room == "class-3b"));
    let effects = page.wish(Intent::SignIn(entrance("Ann", "password1", "class-3b")));
    let (request, _) = api_call(&effects).expect("the server is asked");
    page.event(Event::ApiAnswered {
        request,
        answer: Err(ApiError::Refused(ErrorCode::WrongCredentials)),
    });
    assert!(matches!(
        page.page(),
        PageView::SignIn {
            busy: false,
            error: Some(FormError::WrongCredentials),
            ..
        }
    ));

    let effects = page.wish(Intent::SignIn(entrance("Ann", "password2", "class-3b")));
    let (request, _) = api_call(&effects).expect("the server is asked");
    let effects = page.event(Event::ApiAnswered {
        request,
        answer: Ok(ApiAnswer::SignedIn(ann())),
    });
    assert!(effects.contains(&Effect::StoreSession(Some(ann()))));
    assert!(effects.contains(&Effect::OpenSocket(SocketId(1))));
    assert!(matches!(page.page(), PageView::Entering { .. }));
    assert_eq!(page.says_hello().room, "class-3b");
}

#[test]
fn an_answer_to_an_earlier_attempt_is_stale() {
    let (mut page, _) = Page::open("/", None, None);
    let effects = page.wish(Intent::SignIn(entrance("Ann", "password1", "r")));
    let (earlier, _) = api_call(&effects).expect("the server is asked");
    page.wish(Intent::SignIn(entrance("Ann", "password2", "r")));
    page.event(Event::ApiAnswered {
        request: earlier,
        answer: Ok(ApiAnswer::SignedIn(ann())),
    });
    assert!(matches!(page.page(), PageView::SignIn { busy: true, .. }));
}

#[test]
fn a_page_that_is_loaded_anew_takes_its_own_seat_and_another_page_asks_first() {
    let (mut reloaded, _) = Page::open("/room/r", Some(ann()), Some(seat("r")));
    assert!(reloaded.says_hello().take_over);

    let (mut elsewhere, _) = Page::open("/room/r", Some(ann()), Some(seat("another")));
    assert!(
        !elsewhere.says_hello().take_over,
        "a seat in another room is no right to this one"
    );

    let (mut second, _) = Page::open("/room/r", Some(ann()), None);
    assert!(!second.says_hello().take_over);
    second.hears(ServerMessage::Bye {
        code: ErrorCode::SeatOccupied,
    });
    assert!(matches!(second.page(), PageView::SeatOccupied { .. }));
    let effects = second.wish(Intent::TakeSeatOver);
    assert!(effects.contains(&Effect::OpenSocket(SocketId(2))));
}

#[test]
fn a_session_that_ended_leads_to_the_door_and_says_so() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    page.says_hello();
    let effects = page.hears(ServerMessage::Bye {
        code: ErrorCode::NotSignedIn,
    });
    assert!(effects.contains(&Effect::StoreSession(None)));
    assert!(
        matches!(page.page(), PageView::SignIn { room, error: Some(FormError::SessionEnded), .. } if room == "r")
    );
}

#[test]
fn a_server_out_of_reach_is_tried_again_and_the_page_says_so() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    let effects = page.event(Event::SocketClosed(SocketId(1)));
    assert!(effects.iter().any(|e| matches!(
        e,
        Effect::StartTimer {
            timer: Timer::Reconnect,
            ..
        }
    )));
    assert!(matches!(
        page.page(),
        PageView::Entering {
            unreachable: true,
            ..
        }
    ));
    assert!(
        page.event(Event::TimerFired(Timer::Reconnect))
            .contains(&Effect::OpenSocket(SocketId(2)))
    );
}

#[test]
fn a_full_room_says_so_and_can_be_tried_again() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    page.says_hello();
    page.hears(ServerMessage::Bye {
        code: ErrorCode::RoomFull,
    });
    assert!(matches!(
        page.page(),
        PageView::Refused {
            code: ErrorCode::RoomFull,
            ..
        }
    ));
    assert!(
        page.wish(Intent::Retry)
            .contains(&Effect::OpenSocket(SocketId(2)))
    );
}

#[test]
fn signing_out_ends_the_session_here_and_there() {
    let (mut page, _) = Page::open("/", Some(ann()), None);
    assert!(matches!(page.page(), PageView::Lobby { .. }));
    let effects = page.wish(Intent::SignOut);
    assert!(effects.contains(&Effect::StoreSession(None)));
    assert_eq!(
        api_call(&effects).map(|(_, call)| call),
        Some(ApiCall::SignOut(ann().token))
    );
    assert!(matches!(page.page(), PageView::SignIn { .. }));
}

#[test]
fn going_back_to_another_spelling_of_the_room_is_not_leaving_it() {
    let (mut page, effects) = Page::open("/room/Team", Some(ann()), None);
    assert!(
        effects.contains(&Effect::ShowPath("/room/team".to_owned(), false)),
        "no step that back would undo"
    );
    page.says_hello();
    assert_eq!(page.event(Event::PathChanged("/room/Team".to_owned())), []);
    assert!(matches!(page.page(), PageView::Entering { .. }));
    page.event(Event::PathChanged("/".to_owned()));
    assert!(matches!(page.page(), PageView::Lobby { .. }));
}

#[test]
fn a_server_that_is_too_busy_to_let_one_in_says_so() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    page.says_hello();
    page.hears(ServerMessage::Bye {
        code: ErrorCode::ServerBusy,
    });
    assert!(matches!(
        page.page(),
        PageView::Refused {
            code: ErrorCode::ServerBusy,
            ..
        }
    ));
}
