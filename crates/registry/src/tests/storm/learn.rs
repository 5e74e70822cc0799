//! What a page learns from its messages.

use protocol::{Link, ServerMessage};

use crate::RawServerMessage;
use crate::checks::Known;

/// Applies a message to what a page knows.
pub(super) fn learn(known: &mut Known, message: RawServerMessage) {
    match message {
        ServerMessage::Welcome(welcome) => {
            *known = Known {
                participants: welcome
                    .participants
                    .iter()
                    .map(|who| (who.id, who.away))
                    .collect(),
                conference: welcome.conference.into_iter().collect(),
                links: welcome.links.iter().map(|link| (link.peer, link.epoch)).collect(),
                invitations: welcome
                    .invitations
                    .iter()
                    .map(|invitation| invitation.id)
                    .collect(),
            };
        }
        ServerMessage::ParticipantJoined { participant } => {
            known.participants.insert(participant.id, participant.away);
        }
        ServerMessage::ParticipantAway { participant } => {
            known.participants.insert(participant, true);
        }
        ServerMessage::ParticipantBack { participant } => {
            known.participants.insert(participant, false);
        }
        ServerMessage::ParticipantLeft { participant } => {
            assert!(
                !known.links.contains_key(&participant),
                "left before its link was closed"
            );
            known.participants.remove(&participant);
        }
        ServerMessage::ConferenceJoined { participant } => {
            known.conference.insert(participant);
        }
        ServerMessage::ConferenceLeft { participant } => {
            known.conference.remove(&participant);
        }
        ServerMessage::LinkOpened {
            link: Link { peer, epoch },
        } => {
            let before = known.links.insert(peer, epoch);
            assert!(
                before.is_none_or(|before| before <= epoch),
                "epochs must increase"
            );
        }
        ServerMessage::LinkClosed { link, .. } => {
            assert_eq!(
                known.links.remove(&link.peer),
                Some(link.epoch),
                "the epoch of the closed link"
            );
        }
        ServerMessage::InvitationRinging { invitation } => {
            known.invitations.insert(invitation.id);
        }
        ServerMessage::InvitationEnded { invitation, .. } => {
            assert!(
                known.invitations.remove(&invitation),
                "the invitation was ringing"
            );
        }
        _ => {}
    }
}
