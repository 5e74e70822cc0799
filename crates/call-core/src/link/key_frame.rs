//! When to send key frames unasked: when the connection is back after an interruption.
//!
//! Video frames are deltas: a receiver that missed some needs a key frame, and Chromium's receivers were seen to wait
//! ten seconds before requesting one. So the sender does not wait for the request.

use crate::IceState;

/// State of the path to the peer in one epoch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct KeyFrameTrigger {
    /// Whether there has been a path.
    met: bool,
    /// Whether there is a path now.
    open: bool,
}

impl KeyFrameTrigger {
    /// Returns whether this state ends an interruption: ICE is connected again, on the same path or another.
    pub(super) fn ends(&mut self, state: IceState) -> bool {
        let open = matches!(state, IceState::Connected | IceState::Completed);
        let was_open = std::mem::replace(&mut self.open, open);
        open && !was_open && std::mem::replace(&mut self.met, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For each state of a sequence, whether it ends an interruption.
    fn ends(states: &[IceState]) -> Vec<bool> {
        let mut key_frames = KeyFrameTrigger::default();
        states.iter().map(|state| key_frames.ends(*state)).collect()
    }

    #[test]
    fn first_connection_ends_no_gap() {
        use IceState::{Checking, Completed, Connected, New};
        assert_eq!(ends(&[New, Checking, Connected, Completed]), [false; 4]);
    }

    #[test]
    fn each_reconnection_ends_a_gap() {
        use IceState::{Checking, Completed, Connected, Disconnected, Failed};
        let states = [
            Connected,
            Disconnected,
            Connected,
            Failed,
            Checking,
            Completed,
            Connected,
        ];
        assert_eq!(ends(&states), [false, false, true, false, false, true, false]);
    }
}
