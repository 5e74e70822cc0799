//! The rules that keep two ends in agreement, by name.
//!
//! They always stand in the app. A test takes one away and sees that the search through all orders of events finds
//! what goes wrong without it: so the search is known to look, and no rule to be there for nothing.

/// A rule without which two ends go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Guard {
    /// The impolite end ignores an offer that crosses its own.
    ImpoliteInsists,
    /// The polite end drops its own offer, which is not set yet, for one that crosses it.
    PoliteYields,
    /// Candidates wait for the description that names their ICE generation.
    GenerationsMatch,
    /// Signals of another epoch are dropped.
    EpochsMatch,
    /// Signals count once and in order.
    InOrder,
    /// What may be lost is said again.
    SaidAgain,
}

/// Which rules stand: all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Guards {
    #[cfg(test)]
    missing: Option<Guard>,
}

impl Guards {
    /// All but one.
    #[cfg(test)]
    pub(crate) fn without(guard: Guard) -> Self {
        Self { missing: Some(guard) }
    }

    /// Whether a rule stands.
    #[cfg(test)]
    pub(crate) fn stand(self, guard: Guard) -> bool {
        self.missing != Some(guard)
    }

    /// Whether a rule stands.
    #[cfg(not(test))]
    #[allow(clippy::unused_self, reason = "in a test it has something to say")]
    pub(crate) const fn stand(self, _: Guard) -> bool {
        true
    }
}
