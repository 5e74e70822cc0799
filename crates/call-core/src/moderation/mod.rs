//! Moderation of a room as the server reports it: settings, newcomers, roles, passes, bans; and blocked users.

mod action;
mod core;
mod events;
mod view;

use std::collections::BTreeMap;

use protocol::{Ban, Participant, ParticipantId, Pass, PassCode, PassId, RoomSettings, UserName, Welcome};

pub use action::ModerationAction;
pub use view::{ModerationView, NewcomerView};

/// Moderation of one room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moderation {
    pub(crate) settings: RoomSettings,
    /// Upper limit of the room's size that moderators can set.
    pub(crate) largest_size: u32,
    /// Newcomers in the waiting room; only moderators receive them.
    pub(crate) newcomers: Vec<Participant>,
    /// Users whose invitations the user blocks.
    pub(crate) blocked: Vec<UserName>,
    /// The room's passes when they were last fetched.
    pub(crate) passes: Vec<Pass>,
    /// The room's bans when they were last fetched.
    pub(crate) bans: Vec<Ban>,
    /// The pass that the user created last, with its code.
    pub(crate) fresh: Option<(PassId, PassCode)>,
    /// Bans that the user requested and the server has not confirmed: name and minutes.
    bans_wished: BTreeMap<ParticipantId, (UserName, u32)>,
}

impl Moderation {
    /// Handles a welcome; passes and bans are fetched again when they are opened.
    pub(crate) fn welcomed(&mut self, welcome: &Welcome) {
        self.settings = welcome.settings;
        self.largest_size = welcome.largest_size;
        self.newcomers.clone_from(&welcome.newcomers);
        self.blocked.clone_from(&welcome.blocked);
    }

    /// Drops the requested ban of a participant after a refusal, or all of them if the refusal names no participant.
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

    /// A newcomer entered the waiting room.
    pub(crate) fn newcomer_waits(&mut self, newcomer: Participant) {
        self.newcomer_gone(newcomer.id);
        self.newcomers.push(newcomer);
    }

    /// A newcomer left the waiting room.
    pub(crate) fn newcomer_gone(&mut self, newcomer: ParticipantId) {
        self.newcomers.retain(|known| known.id != newcomer);
    }

    /// Handles the fetched passes and bans.
    pub(crate) fn access(&mut self, passes: Vec<Pass>, bans: Vec<Ban>) {
        let still = |(id, _): &(PassId, PassCode)| passes.iter().any(|pass| pass.id == *id);
        self.fresh = self.fresh.take().filter(still);
        (self.passes, self.bans) = (passes, bans);
    }

    /// Handles the pass that the user created.
    pub(crate) fn pass_created(&mut self, pass: Pass, code: PassCode) {
        self.fresh = Some((pass.id, code));
        self.passes.push(pass);
    }
}
