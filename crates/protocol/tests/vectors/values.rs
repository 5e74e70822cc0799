//! The values of the test vectors.

use protocol::http::SessionInfo;
use protocol::{
    Access, Ban, ChatEntry, ChatMessage, ClientMessage, Epoch, ErrorCode, Hello, IceCandidate, Invitation,
    InvitationId, InvitationOutcome, Link, LinkCloseReason, MessageId, Nonce, Participant, ParticipantId,
    Pass, PassCode, PassId, Refresh, Role, RoomChanges, RoomName, RoomSettings, SdpType, SeatKey,
    ServerMessage, SessionDescription, SessionToken, Signal, SignalEnvelope, Source, Subject, UnixMillis,
    UserName, VERSION, Welcome,
};

const ANN: ParticipantId = ParticipantId(12);
const BEA: ParticipantId = ParticipantId(7);
const EPOCH: Epoch = Epoch(90);
const SETTINGS: RoomSettings = RoomSettings {
    access: Access::Password,
    size: 12,
    guests: true,
};

fn name(text: &str) -> UserName {
    UserName::parse(text).expect("a user name")
}

fn nonce() -> Nonce {
    Nonce("n".to_owned())
}

fn description(sdp_type: SdpType) -> Signal {
    Signal::Description(SessionDescription {
        sdp_type,
        sdp: "v=0\r\n".to_owned(),
    })
}

fn envelope(number: u32, signal: Signal) -> SignalEnvelope {
    SignalEnvelope {
        number,
        seen: 2,
        signal: Some(signal),
    }
}

fn said(signal: SignalEnvelope) -> ClientMessage {
    ClientMessage::Signal {
        to: BEA,
        epoch: EPOCH,
        signal,
    }
}

pub fn client_messages() -> Vec<ClientMessage> {
    let invitation = InvitationId(4);
    vec![
        ClientMessage::Hello(Hello {
            version: VERSION,
            token: Some(SessionToken("t".to_owned())),
            name: Some(name("Ann")),
            room: "r".to_owned(),
            seat: Some(SeatKey("k".to_owned())),
            take_over: true,
            password: Some("open sesame".to_owned()),
            invite: Some(PassCode("p".to_owned())),
        }),
        ClientMessage::Hello(Hello {
            version: VERSION,
            token: None,
            name: None,
            room: "r".to_owned(),
            seat: None,
            take_over: false,
            password: None,
            invite: None,
        }),
        ClientMessage::Ping {},
        ClientMessage::Leave {},
        ClientMessage::Closing {},
        ClientMessage::Invite { to: BEA },
        ClientMessage::CancelInvitation { invitation },
        ClientMessage::AcceptInvitation { invitation },
        ClientMessage::DeclineInvitation { invitation },
        ClientMessage::JoinConference {},
        ClientMessage::LeaveConference {},
        ClientMessage::HangUp { peer: BEA },
        ClientMessage::RestartLink {
            peer: BEA,
            epoch: EPOCH,
        },
        said(envelope(1, description(SdpType::Offer))),
        said(envelope(
            2,
            Signal::Candidate(IceCandidate {
                candidate: "c".to_owned(),
                sdp_mid: Some("0".to_owned()),
                sdp_m_line_index: Some(0),
                username_fragment: Some("u".to_owned()),
            }),
        )),
        said(envelope(
            3,
            Signal::Media {
                camera: true,
                microphone: false,
                screen: true,
                paused: vec![Source::Camera],
            },
        )),
        said(envelope(
            4,
            Signal::Hears {
                heard: vec![ParticipantId(15)],
                missed: vec![BEA],
            },
        )),
        said(envelope(
            5,
            Signal::Refresh {
                source: Source::ScreenSound,
                how: Refresh::Track,
            },
        )),
        said(SignalEnvelope {
            number: 0,
            seen: 2,
            signal: None,
        }),
        ClientMessage::SendChat {
            text: "你好".to_owned(),
            nonce: nonce(),
        },
        ClientMessage::FetchHistory {
            before: MessageId(41),
        },
    ]
    .into_iter()
    .chain(moderators_messages())
    .collect()
}

fn moderators_messages() -> Vec<ClientMessage> {
    let (participant, newcomer, minutes) = (BEA, ParticipantId(16), 60);
    vec![
        ClientMessage::AdmitNewcomer { newcomer },
        ClientMessage::RefuseNewcomer { newcomer },
        ClientMessage::ChangeRoom {
            settings: RoomChanges {
                access: Some(Access::Password),
                size: None,
                guests: Some(true),
            },
            password: Some("open sesame".to_owned()),
        },
        ClientMessage::ChangeRoom {
            settings: RoomChanges {
                size: Some(12),
                ..RoomChanges::default()
            },
            password: None,
        },
        ClientMessage::FetchRoomAccess {},
        ClientMessage::CreatePass { minutes },
        ClientMessage::RevokePass { pass: PassId(5) },
        ClientMessage::SetModerator {
            participant,
            moderator: true,
        },
        ClientMessage::MuteParticipant { participant },
        ClientMessage::SilenceParticipant {
            participant,
            silenced: true,
        },
        ClientMessage::RemoveParticipant { participant },
        ClientMessage::BanParticipant { participant, minutes },
        ClientMessage::LiftBan { name: name("Bea") },
        ClientMessage::BlockPerson { participant },
        ClientMessage::UnblockPerson { name: name("Bea") },
    ]
}

fn pass() -> Pass {
    Pass {
        id: PassId(5),
        by: name("Ann"),
        until: UnixMillis(1_790_003_600_000),
    }
}

fn news_of_the_room() -> Vec<ServerMessage> {
    let newcomer = ParticipantId(16);
    vec![
        ServerMessage::Waiting {
            room: RoomName::parse("r").expect("a room name"),
        },
        ServerMessage::ParticipantChanged {
            participant: Participant {
                role: Role::Moderator,
                silenced: true,
                ..Participant::new(BEA, name("Bea"))
            },
        },
        ServerMessage::ParticipantMuted {
            participant: BEA,
            by: ANN,
        },
        ServerMessage::NewcomerWaiting {
            newcomer: Participant::new(newcomer, name("Dan")),
        },
        ServerMessage::NewcomerGone { newcomer },
        ServerMessage::RoomChanged {
            settings: SETTINGS,
            by: ANN,
        },
        ServerMessage::RoomAccess {
            passes: vec![pass()],
            bans: vec![Ban {
                name: name("Dan"),
                until: UnixMillis(1_790_003_600_000),
                guest: true,
            }],
        },
        ServerMessage::PassCreated {
            code: PassCode("p".to_owned()),
            pass: pass(),
        },
        ServerMessage::Blocked {
            names: vec![name("Dan")],
        },
        ServerMessage::Bye {
            code: ErrorCode::Banned,
            retry_after_ms: None,
            until: Some(UnixMillis(1_790_003_600_000)),
            session: None,
        },
        ServerMessage::Bye {
            code: ErrorCode::AnotherUser,
            retry_after_ms: None,
            until: None,
            session: Some(SessionInfo {
                name: name("Bea"),
                guest_of: None,
            }),
        },
    ]
}

fn chat(id: u64, author: &str, entry: ChatEntry) -> ChatMessage {
    ChatMessage {
        id: MessageId(id),
        at: UnixMillis(1_790_000_000_000),
        author: name(author),
        guest: false,
        entry,
    }
}

fn invitation(rings_for_ms: u32) -> Invitation {
    Invitation {
        id: InvitationId(3),
        from: BEA,
        to: ANN,
        rings_for_ms,
    }
}

fn refusal(code: ErrorCode, subject: Option<Subject>) -> ServerMessage {
    ServerMessage::Error { code, subject }
}

fn bye(code: ErrorCode, retry_after_ms: Option<u32>) -> ServerMessage {
    ServerMessage::Bye {
        code,
        retry_after_ms,
        until: None,
        session: None,
    }
}

pub fn server_messages() -> Vec<ServerMessage> {
    let link = Link {
        peer: BEA,
        epoch: EPOCH,
    };
    vec![
        ServerMessage::Welcome(Box::new(Welcome {
            version: VERSION,
            room: RoomName::parse("r").expect("a room name"),
            you: ANN,
            seat: SeatKey("k".to_owned()),
            resumed: false,
            participants: vec![
                Participant {
                    away: true,
                    ..Participant::new(BEA, name("Bea"))
                },
                Participant {
                    role: Role::Owner,
                    ..Participant::new(ANN, name("Ann"))
                },
            ],
            conference: vec![ANN],
            invitations: vec![invitation(21_500)],
            links: vec![link],
            messages: vec![chat(
                41,
                "Bea",
                ChatEntry::Text {
                    text: "hello".to_owned(),
                    nonce: nonce(),
                },
            )],
            history_complete: true,
            settings: SETTINGS,
            largest_size: 200,
            newcomers: vec![Participant::new(ParticipantId(16), name("Dan"))],
            blocked: vec![name("Eve")],
        })),
        ServerMessage::Pong {},
        ServerMessage::ParticipantJoined {
            participant: Participant::new(ParticipantId(15), name("Cy")),
        },
        ServerMessage::ParticipantAway {
            participant: ParticipantId(15),
        },
        ServerMessage::ParticipantBack {
            participant: ParticipantId(15),
        },
        ServerMessage::ParticipantLeft {
            participant: ParticipantId(15),
        },
        ServerMessage::InvitationRinging {
            invitation: invitation(30_000),
        },
        ServerMessage::InvitationEnded {
            invitation: InvitationId(3),
            outcome: InvitationOutcome::TimedOut,
        },
        ServerMessage::LinkOpened { link },
        ServerMessage::LinkClosed {
            link,
            reason: LinkCloseReason::ParticipantLeft,
        },
        ServerMessage::ConferenceJoined { participant: ANN },
        ServerMessage::ConferenceLeft { participant: ANN },
        ServerMessage::Signal {
            from: BEA,
            epoch: EPOCH,
            signal: envelope(3, description(SdpType::Answer)),
        },
        ServerMessage::Chat {
            message: chat(42, "Ann", ChatEntry::CallStarted { with: name("Bea") }),
        },
        ServerMessage::History {
            messages: vec![],
            complete: true,
        },
        refusal(ErrorCode::NotLinked, Some(Subject::Participant(BEA))),
        refusal(
            ErrorCode::UnknownInvitation,
            Some(Subject::Invitation(InvitationId(3))),
        ),
        refusal(ErrorCode::ChatTooLong, Some(Subject::Nonce(nonce()))),
        refusal(ErrorCode::UnknownMessage, None),
        bye(ErrorCode::ShuttingDown, None),
        bye(ErrorCode::ServerBusy, Some(1000)),
    ]
    .into_iter()
    .chain(news_of_the_room())
    .chain(news_of_guests())
    .collect()
}

fn news_of_guests() -> Vec<ServerMessage> {
    vec![
        ServerMessage::ParticipantJoined {
            participant: Participant {
                guest: true,
                ..Participant::new(ParticipantId(18), name("Tom"))
            },
        },
        ServerMessage::Chat {
            message: ChatMessage {
                guest: true,
                ..chat(43, "Tom", ChatEntry::Joined {})
            },
        },
    ]
}
