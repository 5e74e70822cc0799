//! Carries out the steps of recovery that `recovery` decides.

use protocol::ClientMessage;

use super::Link;
use super::recovery::Step;
use crate::turn::Turn;
use crate::{LinkTrouble, TileState, Timer};

impl Link {
    /// Handles the recovery timeout; `online` says whether signals can reach the peer.
    pub(crate) fn timed_out(&mut self, turn: &mut Turn, online: bool) {
        let watched = self.watch.take();
        if let Some((patience, since)) = watched.filter(|_| turn.is_busy()) {
            // The device may have become busy after the timer was started.
            let rest = turn.allow(patience).saturating_sub(turn.now().since(since));
            if !rest.is_zero() {
                self.watch = watched;
                return turn.start(Timer::RecoveryTimeout(self.peer, self.epoch), rest);
            }
        }
        let step = self.recovery.timed_out(online);
        self.take_step(turn, step);
    }

    /// Starts another attempt at the user's request, if recovery was given up.
    pub(crate) fn retry(&mut self, turn: &mut Turn) {
        if self.stalls.retry() {
            return self.renew(turn);
        }
        let step = self.recovery.retry();
        self.take_step(turn, step);
    }

    /// Handles a change of the network, which is certain or only possible.
    pub(crate) fn network_changed(&mut self, turn: &mut Turn, certain: bool) {
        let step = self.recovery.network_changed(certain);
        self.take_step(turn, step);
    }

    /// Handles that the server, or the peer, is reachable again: retransmits signals, and takes the step that was due.
    pub(crate) fn resumed(&mut self, turn: &mut Turn) {
        if self.orphaned {
            // The request for the next epoch may be what was lost.
            self.recovery.resumed();
            return self.renew(turn);
        }
        self.retransmit(turn);
        let step = self.recovery.resumed();
        self.take_step(turn, step);
    }

    /// Asks the server for a new epoch, or gives up.
    pub(crate) fn renew(&mut self, turn: &mut Turn) {
        let step = self.recovery.renew();
        self.take_step(turn, step);
    }

    fn take_step(&mut self, turn: &mut Turn, step: Step) {
        let (peer, epoch) = (self.peer, self.epoch);
        match step {
            Step::Wait | Step::GiveUp => {}
            Step::Restart => self.want_restart(),
            Step::Renew => turn.send(ClientMessage::RestartLink { peer, epoch }),
        }
        self.watch(turn);
    }

    /// Starts, restarts or stops the recovery timer when the timeout of the present state changes.
    pub(crate) fn watch(&mut self, turn: &mut Turn) {
        self.recovery.settled(self.negotiation.settled());
        let patience = self.recovery.patience().filter(|_| self.opened);
        if patience == self.watch.map(|(patience, _)| patience) {
            return;
        }
        self.watch = patience.map(|patience| (patience, turn.now()));
        let timer = Timer::RecoveryTimeout(self.peer, self.epoch);
        match patience {
            Some(patience) => turn.start(timer, turn.allow(patience)),
            None => turn.stop(timer),
        }
    }

    /// Returns why recovery was given up; only once each time.
    pub(crate) fn take_failure(&mut self) -> Option<LinkTrouble> {
        let given_up = self.recovery.given_up();
        let told = std::mem::replace(&mut self.failure_notified, given_up);
        (given_up && !told).then(|| self.recovery.trouble())
    }

    pub(crate) fn tile_state(&self) -> TileState {
        if self.recovery.given_up() {
            TileState::Failed
        } else if self.recovery.is_connected() {
            TileState::Connected
        } else if self.recovery.was_connected() {
            TileState::Reconnecting
        } else {
            TileState::Connecting
        }
    }
}
