//! What is done about a connection that is not as it should be, as `mending` decides.

use protocol::ClientMessage;

use super::Link;
use super::mending::Step;
use crate::turn::Turn;
use crate::{LinkTrouble, TileState, Timer};

impl Link {
    /// The time is up for a connection that is not as it should be.
    pub(crate) fn late(&mut self, turn: &mut Turn, online: bool) {
        self.watch = None;
        let step = self.mending.late(online);
        self.mend(turn, step);
    }

    /// The user asks for another attempt; a connection that was not given up goes on.
    pub(crate) fn retry(&mut self, turn: &mut Turn) {
        if self.stalls.retry() {
            return self.renew(turn);
        }
        let step = self.mending.retry();
        self.mend(turn, step);
    }

    /// The network changed, for certain or perhaps.
    pub(crate) fn network_changed(&mut self, turn: &mut Turn, certain: bool) {
        let step = self.mending.network_changed(certain);
        self.mend(turn, step);
    }

    /// The server, or the peer, is within reach again: what may be lost is said once more, and what could not be done
    /// meanwhile is done.
    pub(crate) fn resumed(&mut self, turn: &mut Turn) {
        if self.orphaned {
            // The wish for the next epoch may be what was lost.
            self.mending.resumed();
            return self.renew(turn);
        }
        self.say_again(turn);
        let step = self.mending.resumed();
        self.mend(turn, step);
    }

    /// A new epoch, or the end of all attempts.
    pub(crate) fn renew(&mut self, turn: &mut Turn) {
        let step = self.mending.renew();
        self.mend(turn, step);
    }

    fn mend(&mut self, turn: &mut Turn, step: Step) {
        let (peer, epoch) = (self.peer, self.epoch);
        match step {
            Step::Wait | Step::GiveUp => {}
            Step::Restart => self.want_restart(),
            Step::Renew => turn.send(ClientMessage::RestartLink { peer, epoch }),
        }
        self.watch(turn);
    }

    /// Keeps the timer right: started when patience begins to run, stopped when all is well.
    pub(crate) fn watch(&mut self, turn: &mut Turn) {
        self.mending.settled(self.negotiation.settled());
        let patience = self.mending.patience().filter(|_| self.opened);
        if patience == self.watch {
            return;
        }
        self.watch = patience;
        let timer = Timer::LinkLate(self.peer, self.epoch);
        match patience {
            Some(after) => turn.start(timer, after),
            None => turn.stop(timer),
        }
    }

    /// Why the connection was given up; asked for once.
    pub(crate) fn take_failure(&mut self) -> Option<LinkTrouble> {
        let given_up = self.mending.given_up();
        let told = std::mem::replace(&mut self.failure_told, given_up);
        (given_up && !told).then(|| self.mending.trouble())
    }

    pub(crate) fn tile_state(&self) -> TileState {
        if self.mending.given_up() {
            TileState::Failed
        } else if self.mending.is_connected() {
            TileState::Connected
        } else if self.mending.was_connected() {
            TileState::Reconnecting
        } else {
            TileState::Connecting
        }
    }
}
