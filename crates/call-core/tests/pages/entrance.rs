//! Ways in and out: the door, the lobby, a page loaded anew, a seat that another page holds, a session that ended.

use std::time::Duration;

use call_core::{
    AccountIntent, ApiAnswer, ApiCall, ApiError, Beginning, Core, Deed, Device, DeviceEvent, DeviceIntent,
    DeviceOrder, DeviceView, DoorIntent, Effect, Entrance, Event, FormError, HeldSeat, Intent, Lab,
    LabIntent, MediaError, Moment, OpenDevice, PageEvent, PageOrder, PageView, PeerOrder, RequestId,
    RoomIntent, SocketEvent, SocketId, SocketOrder, StoreOrder, Timer, TrackSettings,
};
use protocol::http::{Registration, ServerInfo, SignedIn};
use protocol::{
    ClientMessage, ErrorCode, NameError, ParticipantId, RoomName, SeatKey, ServerMessage, SessionToken,
    UserName, Welcome,
};

use crate::page::{Page, api_call};

impl Page {
    /// A page with a session at the address of a room, gone on into it.
    fn enter(path: &str, seat: Option<HeldSeat>) -> Self {
        let (mut page, _) = Self::open(path, Some(ann()), seat);
        assert!(
            matches!(page.page(), PageView::Ready { .. }),
            "it stops before the room"
        );
        page.wish(RoomIntent::EnterPrepared);
        page
    }
}

/// Alone in a room in which nobody has said anything.
pub fn welcome() -> ServerMessage {
    ServerMessage::Welcome(Box::new(Welcome {
        version: protocol::VERSION,
        room: RoomName::parse("r").expect("a name"),
        you: ParticipantId(1),
        seat: SeatKey("mine".to_owned()),
        resumed: false,
        participants: Vec::new(),
        conference: Vec::new(),
        invitations: Vec::new(),
        links: Vec::new(),
        messages: Vec::new(),
        history_complete: true,
        settings: protocol::RoomSettings::default(),
        largest_size: 64,
        newcomers: vec![],
        blocked: vec![],
    }))
}

fn seat(room: &str) -> HeldSeat {
    HeldSeat {
        room: RoomName::parse(room).expect("a name"),
        key: SeatKey("mine".to_owned()),
    }
}

pub fn ann() -> SignedIn {
    SignedIn {
        guest_of: None,
        token: Some(SessionToken("token".to_owned())),
        name: UserName::parse("Ann").expect("a name"),
    }
}

fn entrance(name: &str, password: &str, room: &str) -> Entrance {
    Entrance {
        name: name.to_owned(),
        password: password.to_owned(),
        room: room.to_owned(),
        invite_code: String::new(),
    }
}

#[test]
fn what_the_server_would_refuse_is_said_beside_its_field_without_asking() {
    let (mut page, _) = Page::open("/", None, None);
    let mut error_of = |name: &str, password: &str, room: &str| {
        let effects = page.wish(DoorIntent::CreateAccount(entrance(name, password, room)));
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
    let effects = page.wish(DoorIntent::SignIn(entrance("Ann", "password1", "class-3b")));
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

    let effects = page.wish(DoorIntent::SignIn(entrance("Ann", "password2", "class-3b")));
    let (request, _) = api_call(&effects).expect("the server is asked");
    let effects = page.event(Event::ApiAnswered {
        request,
        answer: Ok(ApiAnswer::SignedIn(ann())),
    });
    assert!(effects.contains(&Effect::Store(StoreOrder::Session(ann()))));
    assert!(matches!(page.page(), PageView::Ready { .. }));
    let effects = page.wish(RoomIntent::EnterPrepared);
    assert!(effects.contains(&Effect::Socket(SocketOrder::Open(SocketId(1)))));
    assert!(matches!(page.page(), PageView::Entering { .. }));
    assert_eq!(page.says_hello().room, "class-3b");
}

/// A page that has asked the server to sign Ann in.
fn signing_in() -> (Page, RequestId) {
    let (mut page, _) = Page::open("/", None, None);
    let effects = page.wish(DoorIntent::SignIn(entrance("Ann", "password1", "r")));
    let (request, _) = api_call(&effects).expect("the server is asked");
    (page, request)
}

#[test]
fn an_answer_to_an_earlier_attempt_is_stale() {
    let (mut page, earlier) = signing_in();
    page.wish(DoorIntent::SignIn(entrance("Ann", "password2", "r")));
    page.event(Event::ApiAnswered {
        request: earlier,
        answer: Ok(ApiAnswer::SignedIn(ann())),
    });
    assert!(matches!(page.page(), PageView::SignIn { busy: true, .. }));
}

#[test]
fn who_looks_at_a_lab_while_signing_in_is_signed_in_there() {
    let (mut page, request) = signing_in();
    page.wish(LabIntent::Open(Lab::Connection));
    let effects = page.answers(request, Ok(ApiAnswer::SignedIn(ann())));
    assert!(effects.contains(&Effect::Store(StoreOrder::Session(ann()))));
    assert_eq!(page.page(), PageView::Lab(Lab::Connection));
    let effects = page.wish(LabIntent::CheckServers);
    let asks = |(_, call)| call == ApiCall::FetchIceServers(ann().token);
    assert!(api_call(&effects).is_some_and(asks), "{effects:?}");
    page.wish(LabIntent::Close);
    assert!(matches!(page.page(), PageView::Ready { room, .. } if room.as_str() == "r"));
}

#[test]
fn who_comes_back_from_a_lab_before_the_answer_waits_for_it_at_the_form() {
    let (mut page, request) = signing_in();
    page.wish(LabIntent::Open(Lab::SetUp));
    page.wish(LabIntent::Close);
    assert!(matches!(page.page(), PageView::SignIn { busy: true, .. }));
    page.answers(request, Err(ApiError::Refused(ErrorCode::WrongCredentials)));
    let PageView::SignIn { busy, error, .. } = page.page() else {
        panic!("{:?}", page.page());
    };
    assert_eq!((busy, error), (false, Some(FormError::WrongCredentials)));
}

#[test]
fn a_page_that_is_loaded_anew_takes_its_own_seat_and_another_page_asks_first() {
    let (mut reloaded, _) = Page::open("/room/r", Some(ann()), Some(seat("r")));
    let hello = reloaded.says_hello();
    assert_eq!(hello.seat, Some(seat("r").key));
    assert!(!hello.take_over, "another page may have it by now");

    let mut elsewhere = Page::enter("/room/r", Some(seat("another")));
    let hello = elsewhere.says_hello();
    assert_eq!(
        (hello.seat, hello.take_over),
        (None, false),
        "a seat in another room is no right to this one"
    );

    let mut second = Page::enter("/room/r", None);
    assert!(!second.says_hello().take_over);
    second.is_told(ErrorCode::SeatOccupied);
    assert!(matches!(second.page(), PageView::SeatOccupied { .. }));
    let effects = second.wish(RoomIntent::TakeSeatOver);
    assert!(effects.contains(&Effect::Socket(SocketOrder::Open(SocketId(2)))));
}

#[test]
fn a_seat_that_went_to_a_late_hello_of_the_page_itself_is_taken_back_without_asking() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.event(Event::TimerFired(Timer::PongLate));
    page.says_hello_on(2);
    page.hears_on(2, welcome());
    // The hello of the first socket came only now, and the server gave the seat to that one.
    page.is_told_on(2, ErrorCode::SeatTakenOver);
    assert!(matches!(page.page(), PageView::Room { .. }));
    page.event(Event::Socket {
        socket: SocketId(2),
        event: SocketEvent::Closed,
    });
    page.event(Event::TimerFired(Timer::Reconnect));
    let hello = page.says_hello_on(3);
    assert_eq!((hello.seat, hello.take_over), (Some(seat("r").key), false));
    page.hears_on(3, welcome());
    page.is_told_on(3, ErrorCode::SeatTakenOver);
    assert!(
        matches!(page.page(), PageView::SeatTakenOver { .. }),
        "there was but one hello without an answer"
    );
}

#[test]
fn a_seat_that_a_late_hello_of_the_page_itself_holds_is_asked_for_again_before_the_user_is() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.event(Event::TimerFired(Timer::PongLate));
    page.says_hello_on(2);
    page.is_told_on(2, ErrorCode::SeatOccupied);
    assert!(matches!(page.page(), PageView::Entering { .. }));
    page.event(Event::Socket {
        socket: SocketId(2),
        event: SocketEvent::Closed,
    });
    page.event(Event::TimerFired(Timer::Reconnect));
    page.says_hello_on(3);
    page.is_told_on(3, ErrorCode::SeatOccupied);
    assert!(matches!(page.page(), PageView::SeatOccupied { .. }));
}

#[test]
fn a_seat_that_another_page_took_over_is_known_as_that_on_a_page_that_was_loaded_anew() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), Some(seat("r")));
    page.says_hello();
    page.hears(welcome());
    page.is_told(ErrorCode::SeatTakenOver);
    page.event(Event::Socket {
        socket: SocketId(1),
        event: SocketEvent::Closed,
    });
    page.event(Event::TimerFired(Timer::Reconnect));
    page.says_hello_on(2);
    page.is_told_on(2, ErrorCode::SeatOccupied);
    assert!(matches!(page.page(), PageView::SeatTakenOver { .. }));
}

#[test]
fn a_session_that_ended_leads_to_the_door_and_says_so() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    let effects = page.is_told(ErrorCode::NotSignedIn);
    assert!(effects.contains(&Effect::Store(StoreOrder::ForgetSession(ann().name))));
    assert!(
        matches!(page.page(), PageView::SignIn { room, error: Some(FormError::SessionEnded), .. } if room == "r")
    );
}

#[test]
fn ice_servers_are_asked_for_again_when_the_server_says() {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), Some(seat("r")));
    let request = effects.iter().find_map(|effect| match effect {
        Effect::CallApi { request, .. } => Some(*request),
        _ => None,
    });
    let effects = page.event(Event::ApiAnswered {
        request: request.expect("a call"),
        answer: Err(ApiError::Later(ErrorCode::ServerBusy, 3)),
    });
    let (timer, after) = (Timer::IceServers, Duration::from_secs(3));
    assert!(effects.contains(&Effect::StartTimer { timer, after }));
}

#[test]
fn a_server_that_is_busy_says_when_to_come_back() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.hears(welcome());
    page.hears(ServerMessage::Bye {
        code: ErrorCode::ServerBusy,
        retry_after_ms: Some(4000),
        until: None,
        session: None,
    });
    let effects = page.event(Event::Socket {
        socket: SocketId(1),
        event: SocketEvent::Closed,
    });
    let (timer, after) = (Timer::Reconnect, Duration::from_secs(4));
    assert!(
        effects.contains(&Effect::StartTimer { timer, after }),
        "{effects:?}"
    );
    assert!(matches!(
        page.page(),
        PageView::Room {
            reconnecting: true,
            ..
        }
    ));
}

#[test]
fn a_server_out_of_reach_is_tried_again_and_the_page_says_so() {
    let mut page = Page::enter("/room/r", None);
    let effects = page.event(Event::Socket {
        socket: SocketId(1),
        event: SocketEvent::Closed,
    });
    assert!(
        effects.contains(&Effect::Socket(SocketOrder::Open(SocketId(2)))),
        "at once"
    );
    let effects = page.event(Event::Socket {
        socket: SocketId(2),
        event: SocketEvent::Closed,
    });
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
            .contains(&Effect::Socket(SocketOrder::Open(SocketId(3))))
    );
}

#[test]
fn a_full_room_says_so_and_can_be_tried_again() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.is_told(ErrorCode::RoomFull);
    assert!(matches!(
        page.page(),
        PageView::Refused {
            code: ErrorCode::RoomFull,
            ..
        }
    ));
    assert!(
        page.wish(RoomIntent::Retry)
            .contains(&Effect::Socket(SocketOrder::Open(SocketId(2))))
    );
}

#[test]
fn signing_out_ends_the_session_here_and_there() {
    let (mut page, _) = Page::open("/", Some(ann()), None);
    assert!(matches!(page.page(), PageView::Lobby { .. }));
    let effects = page.wish(DoorIntent::SignOut);
    assert!(effects.contains(&Effect::Store(StoreOrder::ForgetSession(ann().name))));
    assert_eq!(
        api_call(&effects).map(|(_, call)| call),
        Some(ApiCall::SignOut(ann()))
    );
    assert!(matches!(page.page(), PageView::SignIn { .. }));
}

#[test]
fn going_back_to_another_spelling_of_the_room_is_not_leaving_it() {
    let (mut page, effects) = Page::open("/room/Team", Some(ann()), None);
    assert!(
        effects.contains(&Effect::Page(PageOrder::ShowPath("/room/team".to_owned(), false))),
        "no step that back would undo"
    );
    let normal = [Effect::Page(PageOrder::ShowPath("/room/team".to_owned(), false))];
    assert_eq!(
        page.event(Event::Page(PageEvent::PathChanged("/room/Team".to_owned()))),
        normal
    );
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    assert_eq!(
        page.event(Event::Page(PageEvent::PathChanged("/room/Team".to_owned()))),
        normal
    );
    assert!(matches!(page.page(), PageView::Entering { .. }));
    page.event(Event::Page(PageEvent::PathChanged("/".to_owned())));
    assert!(matches!(page.page(), PageView::Lobby { .. }));
}

#[test]
fn a_server_that_is_too_busy_to_let_one_in_says_so() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    page.is_told(ErrorCode::ServerBusy);
    assert!(matches!(
        page.page(),
        PageView::Refused {
            code: ErrorCode::ServerBusy,
            ..
        }
    ));
}

#[test]
fn devices_open_before_the_room_stay_open_into_it_and_go_when_the_user_turns_back() {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), None);
    let both = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Devices(DeviceOrder::Open {
                request,
                camera: Some(_),
                microphone: Some(_),
            }) => Some(*request),
            _ => None,
        })
    };
    let request = both(&effects).expect("both are asked for");
    let open = [Device::Camera, Device::Microphone].map(|device| OpenDevice {
        device,
        id: "1".to_owned(),
        label: "One".to_owned(),
        settings: TrackSettings::default(),
    });
    page.event(Event::Devices(DeviceEvent::Opened {
        request,
        open: open.into(),
    }));
    let effects = page.wish(RoomIntent::EnterPrepared);
    let devices = |effect: &&Effect| {
        matches!(
            effect,
            Effect::Devices(
                DeviceOrder::Open { .. } | DeviceOrder::Close(_) | DeviceOrder::EnableMicrophone(_)
            )
        )
    };
    assert_eq!(effects.iter().find(devices), None, "nothing is opened anew");
    let effects = page.wish(RoomIntent::Leave);
    for device in [Device::Camera, Device::Microphone] {
        assert!(effects.contains(&Effect::Devices(DeviceOrder::Close(device))));
    }
}

#[test]
fn what_was_refused_before_a_room_is_not_asked_for_again_on_the_way_in() {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), None);
    let mut asked: Vec<RequestId> = requests(&effects);
    assert_eq!(asked.len(), 1);
    while let Some(request) = asked.pop() {
        let error = MediaError::NotAllowed;
        asked.extend(requests(
            &page.event(Event::Devices(DeviceEvent::Failed { request, error })),
        ));
    }
    assert_eq!(
        page.0.view().media.camera,
        DeviceView::Failed(MediaError::NotAllowed)
    );
    assert_eq!(requests(&page.wish(RoomIntent::EnterPrepared)), []);
}

/// The requests for devices among effects.
fn requests(effects: &[Effect]) -> Vec<RequestId> {
    let request = |effect: &Effect| match effect {
        Effect::Devices(DeviceOrder::Open { request, .. }) => Some(*request),
        _ => None,
    };
    effects.iter().filter_map(request).collect()
}

#[test]
fn a_page_loaded_anew_goes_straight_in_and_opens_what_the_user_has_on() {
    let (page, effects) = Page::open("/room/r", Some(ann()), Some(seat("r")));
    assert!(matches!(page.page(), PageView::Entering { .. }));
    assert_eq!(requests(&effects).len(), 1);
}

#[test]
fn what_the_user_turned_off_before_a_room_is_kept_for_the_next_visit() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    page.wish(DeviceIntent::StopCamera);
    let effects = page.wish(DeviceIntent::MuteMicrophone);
    let kept = effects.iter().find_map(|effect| match effect {
        Effect::Store(StoreOrder::DeviceChoices(choices)) => Some(choices.clone()),
        _ => None,
    });
    let kept = kept.expect("the choice is kept");
    assert!(!kept.camera_on && !kept.microphone_on);
    let effects = Core::new().handle(
        Moment::default(),
        Event::Page(PageEvent::Started(Box::new(Beginning {
            path: "/room/r".to_owned(),
            session: Some(ann()),
            room: None,
            seat: None,
            devices: kept,
        })))
        .into(),
    );
    let opens = |effect: &Effect| matches!(effect, Effect::Devices(DeviceOrder::Open { .. }));
    assert!(!effects.iter().any(opens), "nothing is turned on");
}

#[test]
fn the_level_of_the_microphone_is_shown_before_the_room_and_costs_nothing_in_it() {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), None);
    let metered = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Devices(DeviceOrder::Meter(every)) => Some(every.is_some()),
            _ => None,
        })
    };
    assert_eq!(metered(&effects), None, "there is nothing to measure yet");
    let effects = page.event(Event::Devices(DeviceEvent::Opened {
        request: effects
            .iter()
            .find_map(|effect| match effect {
                Effect::Devices(DeviceOrder::Open { request, .. }) => Some(*request),
                _ => None,
            })
            .expect("devices are asked for"),
        open: vec![OpenDevice {
            device: Device::Microphone,
            id: "1".to_owned(),
            label: "One".to_owned(),
            settings: TrackSettings::default(),
        }],
    }));
    assert_eq!(metered(&effects), Some(true));
    page.event(Event::Devices(DeviceEvent::MicrophoneLevel(40)));
    assert_eq!(page.0.view().level, 40);
    let effects = page.wish(RoomIntent::EnterPrepared);
    assert_eq!(metered(&effects), Some(false));
    assert_eq!(page.0.view().level, 0);
}

impl Page {
    fn deed(&mut self, wish: impl Into<Intent>) -> (RequestId, ApiCall) {
        api_call(&self.wish(wish)).expect("a call to the server")
    }
}

fn forgets_the_session(effects: &[Effect]) -> bool {
    effects.contains(&Effect::Store(StoreOrder::ForgetSession(ann().name)))
}

#[test]
fn at_the_door_the_page_learns_who_may_make_an_account() {
    let (mut page, effects) = Page::open("/", None, None);
    let (request, call) = api_call(&effects).expect("a call");
    assert_eq!(call, ApiCall::FetchServer);
    let registration = Registration::Closed;
    let guests = false;
    let info = ServerInfo { registration, guests };
    page.answers(request, Ok(ApiAnswer::Server(info)));
    assert_eq!(page.0.view().account.registration, Registration::Closed);
    let (_, effects) = Page::open("/", Some(ann()), None);
    assert_eq!(api_call(&effects), None, "nobody asks who is signed in");
}

#[test]
fn a_code_is_asked_for_when_the_server_wants_one_and_sent_with_the_new_account() {
    let (mut page, _) = Page::open("/", None, None);
    let (request, _) = page.deed(DoorIntent::CreateAccount(entrance("Ann", "password", "r")));
    page.answers(request, Err(ApiError::Refused(ErrorCode::InvalidInviteCode)));
    assert_eq!(page.0.view().account.registration, Registration::Invite);
    assert!(matches!(
        page.page(),
        PageView::SignIn {
            error: Some(FormError::InviteCode),
            ..
        }
    ));
    let with_code = Entrance {
        invite_code: "k7qd".to_owned(),
        ..entrance("Ann", "password", "r")
    };
    let (_, call) = page.deed(DoorIntent::CreateAccount(with_code));
    assert!(matches!(call, ApiCall::CreateAccount(wanted) if wanted.invite_code.as_deref() == Some("k7qd")));
}

#[test]
fn another_password_is_taken_once_and_what_is_wrong_with_it_is_said() {
    let (mut page, _) = Page::open("/", Some(ann()), None);
    let change = |new: &str| AccountIntent::ChangePassword {
        current: "old password".to_owned(),
        new: new.to_owned(),
    };
    page.wish(AccountIntent::Open);
    assert_eq!(page.wish(change("short")), []);
    let said = page.0.view().account.error;
    assert_eq!(said, Some((Deed::ChangePassword, FormError::Password)));
    let (request, _) = page.deed(change("new password"));
    assert_eq!(page.wish(change("new password")), [], "one is under way");
    page.answers(request, Err(ApiError::Refused(ErrorCode::WrongCredentials)));
    let said = page.0.view().account.error;
    assert_eq!(said, Some((Deed::ChangePassword, FormError::WrongCredentials)));
    let (request, _) = page.deed(change("new password"));
    assert_eq!(page.answers(request, Ok(ApiAnswer::Done)), []);
    let view = page.0.view().account;
    assert!(view.open && view.changed && view.error.is_none() && view.busy.is_none());
}

#[test]
fn who_signs_out_everywhere_or_ends_the_account_is_at_the_door_without_a_word_whichever_news_comes_first() {
    for wish in [
        AccountIntent::SignOutEverywhere,
        AccountIntent::End {
            password: "password".to_owned(),
        },
    ] {
        let mut page = Page::enter("/room/r", None);
        let (request, _) = page.deed(wish.clone());
        let effects = page.answers(request, Ok(ApiAnswer::Done));
        assert!(forgets_the_session(&effects));
        assert!(effects.contains(&Effect::Store(StoreOrder::ForgetChats(ann().name))));
        assert!(matches!(page.page(), PageView::SignIn { error: None, .. }));

        let mut page = Page::enter("/room/r", None);
        page.says_hello();
        let (request, _) = page.deed(wish);
        let code = ErrorCode::SessionEnded;
        assert!(forgets_the_session(&page.hears(ServerMessage::Bye {
            code,
            retry_after_ms: None,
            until: None,
            session: None,
        })));
        assert!(matches!(page.page(), PageView::SignIn { error: None, .. }));
        assert_eq!(page.answers(request, Ok(ApiAnswer::Done)), []);
    }
}

#[test]
fn who_hides_the_address_connects_by_relays_alone_from_then_on_and_on_the_next_visit() {
    for hidden in [true, false] {
        let mut page = Page::enter("/room/r", None);
        let kept = page
            .wish(DeviceIntent::HideAddress(hidden))
            .into_iter()
            .find_map(|effect| match effect {
                Effect::Store(StoreOrder::DeviceChoices(choices)) => Some(choices.hide_address),
                _ => None,
            });
        assert_eq!((kept, page.0.view().media.hide_address), (Some(hidden), hidden));
        page.says_hello();
        page.hears(welcome());
        let link = protocol::Link {
            peer: ParticipantId(2),
            epoch: protocol::Epoch(3),
        };
        let mut effects = page.hears(ServerMessage::LinkOpened { link });
        // The servers are answered for, or not to be had: the connection is made either way.
        for request in 0..9 {
            effects.extend(page.answers(RequestId(request), Err(ApiError::Unreachable)));
        }
        let relay_only = effects.into_iter().find_map(|effect| match effect {
            Effect::Peer {
                order: PeerOrder::Open { relay_only, .. },
                ..
            } => Some(relay_only),
            _ => None,
        });
        assert_eq!(relay_only, Some(hidden));
    }
}

#[test]
fn name_that_the_welcome_says_is_shown_and_kept() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    let ServerMessage::Welcome(mut told) = welcome() else {
        panic!("a welcome");
    };
    let spelled = UserName::parse("ANN").expect("a name");
    told.participants = vec![protocol::Participant::new(told.you, spelled.clone())];
    let effects = page.hears(ServerMessage::Welcome(told));
    assert!(matches!(page.page(), PageView::Room { name, .. } if name == spelled));
    let kept = effects.iter().any(
        |effect| matches!(effect, Effect::Store(StoreOrder::Session(session)) if session.name == spelled),
    );
    assert!(kept, "{effects:?}");
}

#[test]
fn page_that_is_closed_says_so_when_it_has_a_seat() {
    let mut page = Page::enter("/room/r", None);
    let closing = Effect::Socket(SocketOrder::Send(ClientMessage::Closing {}));
    page.says_hello();
    assert!(!page.event(Event::Page(PageEvent::Closing)).contains(&closing));
    page.hears(welcome());
    assert!(page.event(Event::Page(PageEvent::Closing)).contains(&closing));
}
