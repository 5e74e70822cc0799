//! When an input came, and chance: handed in, because nothing here may read a clock or draw a number.

use protocol::UnixMillis;

/// The moment of one input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The page's clock.
    pub now: UnixMillis,
    /// A number that nobody can guess, fresh for each input.
    pub random: u64,
}
