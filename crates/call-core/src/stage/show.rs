//! Who is speaking, as it is shown.

use super::view::SpeakingView;
use super::{OwnVoice, Speakers};
use crate::room::Room;

impl SpeakingView {
    /// The user, if they are speaking, and the participants of the room who are.
    pub(crate) fn of(room: &Room, voice: OwnVoice, speakers: &Speakers) -> Self {
        let peers = room.links.iter().map(|link| link.peer);
        Self {
            you: voice.speaks(),
            peers: peers.filter(|peer| speakers.speaks(*peer)).collect(),
        }
    }
}
