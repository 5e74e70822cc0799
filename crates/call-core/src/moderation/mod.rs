//! What a room's moderators decided and do, as the server tells it: settings, who waits, roles, passes, bans; and whom
//! the user blocks.

mod act;
mod core;
mod told;
mod view;

use std::collections::BTreeMap;

use protocol::{Ban, Participant, ParticipantId, Pass, PassCode, PassId, RoomSettings, UserName, Welcome};

pub use act::Act;
pub use view::{ModerationView, NewcomerView};

/// All of it, of one room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moderation {
    pub(crate) settings: RoomSettings,
    /// How large moderators may make the room.
    pub(crate) largest_size: u32,
    /// Who waits; told to moderators only.
    pub(crate) newcomers: Vec<Participant>,
    /// Of whom the user takes no invitations.
    pub(crate) blocked: Vec<UserName>,
    /// The room's passes, as they were asked for last.
    pub(crate) passes: Vec<Pass>,
    /// Its bans, likewise.
    pub(crate) bans: Vec<Ban>,
    /// The code of the pass that the user made last.
    pub(crate) fresh: Option<(PassId, PassCode)>,
    /// Bans by the user that the room has not heard of yet: of whom, and for how many minutes.
    bans_wished: BTreeMap<ParticipantId, (UserName, u32)>,
}

impl Moderation {
    /// Takes what a welcome tells; passes and bans are asked for again when they are looked at.
    pub(crate) fn welcomed(&mut self, welcome: &Welcome) {
        self.settings = welcome.settings;
        self.largest_size = welcome.largest_size;
        self.newcomers.clone_from(&welcome.newcomers);
        self.blocked.clone_from(&welcome.blocked);
    }

    /// The server refused something about a participant, or about anything.
    pub(crate) fn ban_refused(&mut self, participant: Option<ParticipantId>) {
        match participant {
            Some(participant) => drop(self.bans_wished.remove(&participant)),
            None => self.bans_wished.clear(),
        }
    }

    fn forget_what_moderators_know(&mut self) {
        self.bans_wished.clear();
        self.newcomers.clear();
        self.passes.clear();
        self.bans.clear();
        self.fresh = None;
    }

    /// Somebody waits at the door.
    pub(crate) fn newcomer_waits(&mut self, newcomer: Participant) {
        self.newcomer_gone(newcomer.id);
        self.newcomers.push(newcomer);
    }

    /// Somebody does not wait any more.
    pub(crate) fn newcomer_gone(&mut self, newcomer: ParticipantId) {
        self.newcomers.retain(|known| known.id != newcomer);
    }

    /// The passes and bans that were asked for.
    pub(crate) fn access(&mut self, passes: Vec<Pass>, bans: Vec<Ban>) {
        let still = |(id, _): &(PassId, PassCode)| passes.iter().any(|pass| pass.id == *id);
        self.fresh = self.fresh.take().filter(still);
        (self.passes, self.bans) = (passes, bans);
    }

    /// The pass that the user made.
    pub(crate) fn pass_created(&mut self, pass: Pass, code: PassCode) {
        self.fresh = Some((pass.id, code));
        self.passes.push(pass);
    }
}
