//! When the pictures that are sent have to begin anew: after a time in which nothing arrived.
//!
//! A picture is told as what changed since the last one. Who missed some has nothing to change, and Chromium's receivers were seen to
//! wait for ten seconds before they said so. So the end that sends does not wait to be asked.

use crate::IceState;

/// What is known of the way to the other end, in one epoch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    /// There was a way once.
    met: bool,
    /// There is one.
    open: bool,
}

impl Gap {
    /// Whether a way was found again just now, be it the one that there was.
    pub(super) fn ends(&mut self, state: IceState) -> bool {
        let open = matches!(state, IceState::Connected | IceState::Completed);
        let was_open = std::mem::replace(&mut self.open, open);
        open && !was_open && std::mem::replace(&mut self.met, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After which of these states in turn it ends.
    fn ends(states: &[IceState]) -> Vec<bool> {
        let mut gap = Gap::default();
        states.iter().map(|state| gap.ends(*state)).collect()
    }

    #[test]
    fn a_way_that_is_found_for_the_first_time_ends_no_gap() {
        use IceState::{Checking, Completed, Connected, New};
        assert_eq!(ends(&[New, Checking, Connected, Completed]), [false; 4]);
    }

    #[test]
    fn each_way_that_is_found_again_ends_one() {
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
