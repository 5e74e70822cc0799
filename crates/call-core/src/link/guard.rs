//! The rules that keep two ends in agreement, which tests can switch off one at a time.
//!
//! In the app all rules apply. A test removes one and checks that the exhaustive search (`search`) finds a fault:
//! this proves that the search can find faults, and that the rule is necessary.

/// A rule without which two ends can disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Guard {
    /// The impolite end ignores an offer that collides with its own.
    ImpoliteIgnores,
    /// The polite end drops its own offer, which is not set yet, in favour of a colliding one.
    PoliteYields,
    /// Candidates wait for the description that has their ICE generation.
    GenerationsMatch,
    /// Signals of another epoch are dropped.
    EpochsMatch,
    /// Signals are handled once and in order.
    InOrder,
    /// Signals that may be lost are retransmitted.
    Retransmit,
}

/// The rules that apply: all of them outside tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Guards {
    #[cfg(test)]
    missing: Option<Guard>,
}

impl Guards {
    /// Returns all rules but one.
    #[cfg(test)]
    pub(crate) fn without(guard: Guard) -> Self {
        Self { missing: Some(guard) }
    }

    #[cfg(test)]
    /// Returns whether a rule applies.
    pub(crate) fn stand(self, guard: Guard) -> bool {
        self.missing != Some(guard)
    }

    #[cfg(not(test))]
    /// Returns whether a rule applies.
    #[allow(clippy::unused_self, reason = "the version for tests reads it")]
    pub(crate) const fn stand(self, _: Guard) -> bool {
        true
    }
}
