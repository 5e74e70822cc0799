//! Permissions: each message, sent by a user in each position, and its required outcome.
//!
//! The match over the messages has no wildcard, so a new message does not compile until its row is written
//! here. Clients that have not sent `hello` are covered over sockets (`tests/sockets/matrix.rs`).

use protocol::{
    Access, Epoch, ErrorCode, Hello, InvitationId, MessageId, Nonce, PassId, RoomChanges, RoomSettings,
    ServerMessage, UnixMillis, UserName,
};
use serde_json::value::RawValue;

use super::stage::{GUESTS, Message, Page, Stage};
use crate::{Done, Door, Output, Rules, SocketId, UserId};

/// The position of the sender.
#[derive(Clone, Copy, Debug)]
enum Position {
    InNoRoom,
    Waiting,
    Removed,
    Banned,
    StaleSeat,
    Silenced,
    Blocked,
    NoLink,
    Linked,
    Guest,
    Moderator,
    Owner,
}

use Position as P;
const POSITIONS: [Position; 12] = [
    P::InNoRoom,
    P::Waiting,
    P::Removed,
    P::Banned,
    P::StaleSeat,
    P::Silenced,
    P::Blocked,
    P::NoLink,
    P::Linked,
    P::Guest,
    P::Moderator,
    P::Owner,
];

/// The outcome of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It was carried out, or ordered on disk.
    Done,
    /// It was refused.
    No(ErrorCode),
    /// It was ignored.
    Unheard,
}

use ErrorCode::{
    AlreadyGreeted, AlreadyLinked, InvitationNotTaken, NotAdmitted, NotAllowed, NotInConference, NotLinked,
    Silenced, UnknownInvitation,
};
use Outcome::{Done as D, No, Unheard as U};

/// A room with a waiting room: its owner, Bea who invites Cy, a waiting user, and the sender.
struct Scene {
    stage: Stage,
    speaker: SocketId,
    bea: Page,
    newcomer: protocol::ParticipantId,
    invitation: InvitationId,
    epoch: Epoch,
}

const SPEAKER: i64 = 7;

fn name(user: i64) -> UserName {
    UserName::parse(&format!("user {user}")).expect("a name")
}

fn door(owner: i64) -> Door {
    let settings = RoomSettings {
        access: Access::Lobby,
        guests: true,
        ..RoomSettings::default()
    };
    Door {
        rules: Rules {
            owner: Some(UserId(owner)),
            settings,
            password: None,
        },
        passed: true,
        ..Door::default()
    }
}

fn comes(stage: &mut Stage, user: i64, door: Door) -> Page {
    let socket = stage.knock(user, "lobby", None, false, door);
    stage.welcomed(socket).expect("admitted").0
}

impl Scene {
    fn of(position: Position) -> Self {
        let mut stage = Stage::new();
        let owner = if matches!(position, P::Owner) { SPEAKER } else { 1 };
        let host = comes(&mut stage, 1, door(1));
        let (bea, cy) = (
            comes(&mut stage, 4, door(owner)),
            comes(&mut stage, 5, door(owner)),
        );
        let mut speaker = door(owner);
        match position {
            P::Waiting => speaker.passed = false,
            P::Moderator => speaker.standing.moderator = true,
            P::Silenced => speaker.standing.silenced = true,
            _ => {}
        }
        let socket = if matches!(position, P::InNoRoom) {
            SocketId(999)
        } else {
            let user = if matches!(position, P::Guest) {
                GUESTS + SPEAKER
            } else {
                SPEAKER
            };
            stage.knock(user, "lobby", None, false, speaker.clone())
        };
        let mut epoch = Epoch(0);
        if !matches!(position, P::InNoRoom | P::Waiting) {
            let (page, _) = stage.welcomed(socket).expect("admitted");
            let (participant, minutes) = (page.id, 60);
            match position {
                P::Removed => stage.say(&host, Message::RemoveParticipant { participant }),
                P::Banned => {
                    stage.say(&host, Message::BanParticipant { participant, minutes });
                    stage.completed(&Done::Banned(UserId(SPEAKER), UnixMillis(1)));
                }
                P::StaleSeat => {
                    stage.knock(SPEAKER, "lobby", None, true, speaker);
                }
                P::Blocked => {
                    stage.say(&bea, Message::BlockPerson { participant });
                    stage.completed(&Done::Blocked(vec![(UserId(SPEAKER), name(SPEAKER))]));
                }
                P::Linked => epoch = stage.link(&page, &bea),
                _ => {}
            }
        }
        let mut newcomer = door(owner);
        newcomer.passed = false;
        stage.forget();
        stage.knock(9, "lobby", None, false, newcomer);
        let newcomer = match stage.told(&host).pop() {
            Some(ServerMessage::NewcomerWaiting { newcomer }) => newcomer.id,
            // The sender owns the room.
            _ => match stage.told_by_socket(socket).pop() {
                Some(ServerMessage::NewcomerWaiting { newcomer }) => newcomer.id,
                other => panic!("no newcomer-waiting was sent: {other:?}"),
            },
        };
        let invitation = stage.ring(&bea, &cy);
        stage.forget();
        Self {
            stage,
            speaker: socket,
            bea,
            newcomer,
            invitation,
            epoch,
        }
    }

    /// Sends a message and classifies the outcome.
    fn outcome(&mut self, message: Message) -> Outcome {
        let speaker = self.speaker;
        let outputs = self
            .stage
            .turn_of(speaker, |open| open.handle_message(speaker, message));
        let refusal = outputs.iter().find_map(|output| match output {
            Output::Send { to, message } if *to == [self.speaker] => match **message {
                ServerMessage::Error { code, .. } => Some(code),
                _ => None,
            },
            _ => None,
        });
        match refusal {
            Some(code) => No(code),
            None if outputs.is_empty() => U,
            None => D,
        }
    }
}

/// The required outcome of a message in each position, in the order of [`POSITIONS`].
type Row = [Outcome; POSITIONS.len()];

/// The outcomes for participants; waiting users are not admitted, and messages of the others are ignored. A
/// guest may do what a participant without a link may.
const fn inside(inside: [Outcome; 6]) -> Row {
    let [silenced, blocked, no_link, linked, moderator, owner] = inside;
    let guest = no_link;
    let waiting = No(NotAdmitted);
    [
        U, waiting, U, U, U, silenced, blocked, no_link, linked, guest, moderator, owner,
    ]
}

const EVERYBODY: Row = inside([D; 6]);
const NOBODYS_INVITATION: Row = inside([No(UnknownInvitation); 6]);
const ALONG_A_LINK: Row = {
    let no = No(NotLinked);
    inside([no, no, no, D, no, no])
};
const MODERATORS: Row = {
    let no = No(NotAllowed);
    inside([no, no, no, no, D, D])
};
const THE_OWNER: Row = {
    let no = No(NotAllowed);
    inside([no, no, no, no, no, D])
};

/// Builds the list of samples, and the match from a message to its row, from one table.
macro_rules! matrix {
    ($($pattern:pat => $row:expr, $sample:expr;)*) => {
        const SAMPLES: &[fn(&Scene) -> Message] = &[$($sample),*];

        fn row(message: &Message) -> Row {
            match message {
                $($pattern => $row,)*
            }
        }
    };
}

matrix! {
    Message::Hello(_) => [U, No(AlreadyGreeted), U, U, U, No(AlreadyGreeted), No(AlreadyGreeted),
        No(AlreadyGreeted), No(AlreadyGreeted), No(AlreadyGreeted), No(AlreadyGreeted), No(AlreadyGreeted)], |_| Message::Hello(hello());
    Message::Ping {} => [U, D, U, U, U, D, D, D, D, D, D, D], |_| Message::Ping {};
    Message::Leave {} => [U, D, U, U, U, D, D, D, D, D, D, D], |_| Message::Leave {};
    Message::Closing {} => [U; POSITIONS.len()], |_| Message::Closing {};
    Message::Invite { .. } => inside([D, No(InvitationNotTaken), D, No(AlreadyLinked), D, D]),
        |s| Message::Invite { to: s.bea.id };
    Message::CancelInvitation { .. } => NOBODYS_INVITATION,
        |s| Message::CancelInvitation { invitation: s.invitation };
    Message::AcceptInvitation { .. } => NOBODYS_INVITATION,
        |s| Message::AcceptInvitation { invitation: s.invitation };
    Message::DeclineInvitation { .. } => NOBODYS_INVITATION,
        |s| Message::DeclineInvitation { invitation: s.invitation };
    Message::JoinConference {} => EVERYBODY, |_| Message::JoinConference {};
    Message::LeaveConference {} => inside([No(NotInConference); 6]), |_| Message::LeaveConference {};
    Message::HangUp { .. } => ALONG_A_LINK, |s| Message::HangUp { peer: s.bea.id };
    Message::RestartLink { .. } => ALONG_A_LINK,
        |s| Message::RestartLink { peer: s.bea.id, epoch: s.epoch };
    Message::Signal { .. } => ALONG_A_LINK,
        |s| Message::Signal { to: s.bea.id, epoch: s.epoch, signal: RawValue::NULL.to_owned() };
    Message::SendChat { .. } => inside([No(Silenced), D, D, D, D, D]),
        |_| Message::SendChat { text: "hello".to_owned(), nonce: Nonce("n".to_owned()) };
    Message::FetchHistory { .. } => EVERYBODY, |_| Message::FetchHistory { before: MessageId(1) };
    Message::AdmitNewcomer { .. } => MODERATORS, |s| Message::AdmitNewcomer { newcomer: s.newcomer };
    Message::RefuseNewcomer { .. } => MODERATORS, |s| Message::RefuseNewcomer { newcomer: s.newcomer };
    Message::ChangeRoom { .. } => MODERATORS,
        |_| Message::ChangeRoom { settings: RoomChanges::default(), password: None };
    Message::FetchRoomAccess {} => MODERATORS, |_| Message::FetchRoomAccess {};
    Message::CreatePass { .. } => MODERATORS, |_| Message::CreatePass { minutes: 60 };
    Message::RevokePass { .. } => MODERATORS, |_| Message::RevokePass { pass: PassId(1) };
    Message::SetModerator { .. } => THE_OWNER,
        |s| Message::SetModerator { participant: s.bea.id, moderator: true };
    Message::MuteParticipant { .. } => MODERATORS, |s| Message::MuteParticipant { participant: s.bea.id };
    Message::SilenceParticipant { .. } => MODERATORS,
        |s| Message::SilenceParticipant { participant: s.bea.id, silenced: true };
    Message::RemoveParticipant { .. } => MODERATORS, |s| Message::RemoveParticipant { participant: s.bea.id };
    Message::BanParticipant { .. } => MODERATORS,
        |s| Message::BanParticipant { participant: s.bea.id, minutes: 60 };
    Message::LiftBan { .. } => MODERATORS, |_| Message::LiftBan { name: name(4) };
    Message::BlockPerson { .. } => EVERYBODY, |s| Message::BlockPerson { participant: s.bea.id };
    Message::UnblockPerson { .. } => EVERYBODY, |_| Message::UnblockPerson { name: name(4) };
}

fn hello() -> Hello {
    Hello {
        version: protocol::VERSION,
        token: None,
        name: None,
        room: "lobby".to_owned(),
        seat: None,
        take_over: false,
        password: None,
        invite: None,
    }
}

#[test]
fn each_message_has_its_outcome_in_each_position() {
    for sample in SAMPLES {
        for (at, position) in POSITIONS.into_iter().enumerate() {
            let mut scene = Scene::of(position);
            let message = sample(&scene);
            let wanted = row(&message)[at];
            let said = format!("{message:?} sent as {position:?}");
            assert_eq!(scene.outcome(message), wanted, "{said}");
        }
    }
}
