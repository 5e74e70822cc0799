//! Who is speaking, as it is shown.

use super::Speakers;
use super::view::SpeakingView;
use crate::room::Room;

impl SpeakingView {
    /// The participants of the room who are speaking.
    pub(crate) fn of(room: &Room, speakers: &Speakers) -> Self {
        let peers = room.links.iter().map(|link| link.peer);
        Self {
            you: speakers.own_speaks(),
            peers: peers.filter(|peer| speakers.speaks(*peer)).collect(),
        }
    }
}
