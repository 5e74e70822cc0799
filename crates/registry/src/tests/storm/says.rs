//! Messages that a socket sends in a storm.

use protocol::{Access, MessageId, Nonce, RoomChanges};

use super::steps::What;
use super::{Storm, USERS, latest, name};
use crate::UserId;
use crate::tests::stage::Message;

impl Storm {
    /// Returns the message, if the things it names exist.
    pub(super) fn message(&self, what: What) -> Option<Message> {
        let who = |number| latest(&self.participants, number);
        let which = |number| latest(&self.invitations, number);
        let of = |number| latest(&self.epochs, number);
        Some(match what {
            What::Ping => Message::Ping {},
            What::Leave => Message::Leave {},
            What::Closing => Message::Closing {},
            What::Invite { who: to } => Message::Invite { to: who(to)? },
            What::Cancel { which: id } => Message::CancelInvitation {
                invitation: which(id)?,
            },
            What::Accept { which: id } => Message::AcceptInvitation {
                invitation: which(id)?,
            },
            What::Decline { which: id } => Message::DeclineInvitation {
                invitation: which(id)?,
            },
            What::Join => Message::JoinConference {},
            What::Quit => Message::LeaveConference {},
            What::HangUp { who: peer } => Message::HangUp { peer: who(peer)? },
            What::Restart { who: peer, epoch } => Message::RestartLink {
                peer: who(peer)?,
                epoch: of(epoch)?,
            },
            What::Signal { who: to, epoch } => Message::Signal {
                to: who(to)?,
                epoch: of(epoch)?,
                signal: serde_json::value::to_raw_value(&epoch).ok()?,
            },
            What::Chat { length, nonce } => Message::SendChat {
                text: "x".repeat(usize::from(length % 4100)),
                nonce: Nonce("n".repeat(usize::from(nonce % 70))),
            },
            What::History { before } => Message::FetchHistory {
                before: MessageId(before),
            },
            What::LetIn { who: newcomer, admit } => {
                let newcomer = who(newcomer)?;
                if admit {
                    Message::AdmitNewcomer { newcomer }
                } else {
                    Message::RefuseNewcomer { newcomer }
                }
            }
            What::Change { access, size, guests } => Message::ChangeRoom {
                // Each setting may also be absent.
                settings: RoomChanges {
                    access: [Access::Open, Access::Lobby, Access::Locked, Access::Password]
                        .get(usize::from(access) % 5)
                        .copied(),
                    size: (size > 0).then_some(size.into()),
                    guests: Some(guests),
                },
                password: Some("password".to_owned()),
            },
            What::Moderate {
                who: participant,
                moderator,
            } => Message::SetModerator {
                participant: who(participant)?,
                moderator,
            },
            What::Silence {
                who: participant,
                silenced,
            } => Message::SilenceParticipant {
                participant: who(participant)?,
                silenced,
            },
            What::Remove { who: participant } => Message::RemoveParticipant {
                participant: who(participant)?,
            },
            What::Ban { who: participant } => Message::BanParticipant {
                participant: who(participant)?,
                minutes: 5,
            },
            What::Block {
                who: participant,
                block: true,
            } => Message::BlockPerson {
                participant: who(participant)?,
            },
            What::Block { who, block: false } => Message::UnblockPerson {
                name: name(UserId((who % USERS).into())),
            },
            What::Raw { text } => protocol::decode(&text).ok()?,
        })
    }
}
