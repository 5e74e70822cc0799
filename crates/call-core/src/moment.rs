//! Time and randomness of an input: passed in, because the core may neither read a clock nor draw random numbers.

use protocol::UnixMillis;

/// Time and randomness for one input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Wall-clock time of the page, which may be set back.
    pub now: UnixMillis,
    /// An unpredictable random number, fresh for each input.
    pub random: u64,
}
