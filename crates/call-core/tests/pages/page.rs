//! The core of one page, with helpers to feed events into it and read its effects.

use call_core::{
    ApiAnswer, ApiCall, ApiError, Core, DeviceChoices, Effect, Event, HeldSeat, Input, Intent, Moment,
    PageEvent, PageView, RequestId, RoomIntent, SocketEvent, SocketId, SocketOrder, Startup,
};
use protocol::http::SignedIn;
use protocol::{
    ClientMessage, ErrorCode, Hello, Invitation, InvitationId, Participant, ParticipantId, RoomName, SeatKey,
    ServerMessage, SessionToken, UserName, Welcome,
};

pub struct Page(pub Core);

impl Page {
    /// A page that starts, and its first effects.
    pub fn open(path: &str, session: Option<SignedIn>, seat: Option<HeldSeat>) -> (Self, Vec<Effect>) {
        let mut page = Self(Core::new());
        let effects = page.event(Event::Page(PageEvent::Started(Box::new(Startup {
            path: path.to_owned(),
            session,
            room: None,
            seat,
            devices: DeviceChoices::default(),
        }))));
        (page, effects)
    }

    pub fn event(&mut self, event: Event) -> Vec<Effect> {
        self.handle(event.into())
    }

    pub fn wish(&mut self, intent: impl Into<Intent>) -> Vec<Effect> {
        self.handle(Input::from(intent))
    }

    fn handle(&mut self, input: Input) -> Vec<Effect> {
        let effects = self.0.handle(Moment::default(), input);
        assert_eq!(*self.0.view(), self.0.whole_view(), "a change is not shown");
        effects
    }

    pub fn page(&self) -> PageView {
        self.0.view().page.clone()
    }

    pub fn says_hello(&mut self) -> Hello {
        self.says_hello_on(1)
    }

    pub fn says_hello_on(&mut self, socket: u64) -> Hello {
        let effects = self.event(Event::Socket {
            socket: SocketId(socket),
            event: SocketEvent::Opened,
        });
        let hello = effects.into_iter().find_map(|effect| match effect {
            Effect::Socket(SocketOrder::Send(ClientMessage::Hello(hello))) => Some(hello),
            _ => None,
        });
        hello.expect("a hello")
    }

    pub fn hears(&mut self, message: ServerMessage) -> Vec<Effect> {
        self.hears_on(1, message)
    }

    pub fn hears_on(&mut self, socket: u64, message: ServerMessage) -> Vec<Effect> {
        let (socket, message) = (SocketId(socket), Ok(message));
        self.event(Event::Socket {
            socket,
            event: SocketEvent::Received(message),
        })
    }

    /// The server refuses the socket or closes it for good, with this code.
    pub fn is_told(&mut self, code: ErrorCode) -> Vec<Effect> {
        self.is_told_on(1, code)
    }

    pub fn is_told_on(&mut self, socket: u64, code: ErrorCode) -> Vec<Effect> {
        self.hears_on(
            socket,
            ServerMessage::Bye {
                code,
                retry_after_ms: None,
                until: None,
                session: None,
            },
        )
    }

    /// The server answers over HTTP.
    pub fn answers(&mut self, request: RequestId, answer: Result<ApiAnswer, ApiError>) -> Vec<Effect> {
        self.event(Event::ApiAnswered { request, answer })
    }
}

/// The first HTTP call among the effects.
pub fn api_call(effects: &[Effect]) -> Option<(RequestId, ApiCall)> {
    effects.iter().find_map(|effect| match effect {
        Effect::CallApi { request, call } => Some((*request, call.clone())),
        _ => None,
    })
}

impl Page {
    /// A page with a session that opens a room's path and enters.
    pub fn enter(path: &str, seat: Option<HeldSeat>) -> Self {
        let (mut page, _) = Self::open(path, Some(ann()), seat);
        assert!(
            matches!(page.page(), PageView::Ready { .. }),
            "the page before the room"
        );
        page.wish(RoomIntent::EnterPrepared);
        page
    }
}

/// A welcome to the room `r`, alone and with an empty chat.
pub fn welcome() -> ServerMessage {
    ServerMessage::Welcome(Box::new(Welcome::new(
        RoomName::parse("r").expect("a name"),
        ParticipantId(1),
        SeatKey("mine".to_owned()),
    )))
}

/// A seat in a room, as the tab's storage has it.
pub fn seat(room: &str) -> HeldSeat {
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

impl Page {
    /// An intent that leads to an HTTP call; returns that call.
    pub fn deed(&mut self, wish: impl Into<Intent>) -> (RequestId, ApiCall) {
        api_call(&self.wish(wish)).expect("a call to the server")
    }
}

/// A participant joined the room.
pub fn joins(id: ParticipantId, name: &str) -> ServerMessage {
    let name = UserName::parse(name).expect("a name");
    ServerMessage::ParticipantJoined {
        participant: Participant::new(id, name),
    }
}

/// An invitation rings.
pub fn rings(id: u64, from: ParticipantId, to: ParticipantId) -> ServerMessage {
    let id = InvitationId(id);
    let rings_for_ms = 60_000;
    ServerMessage::InvitationRinging {
        invitation: Invitation {
            id,
            from,
            to,
            rings_for_ms,
        },
    }
}
