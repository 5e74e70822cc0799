//! Who declined whom of late, and may be asked again only so often.

use std::time::Duration;

use protocol::ErrorCode;

use super::ids::UserId;
use crate::bucket::Rate;
use crate::buckets::Buckets;

/// Pairs that are remembered; what is beyond them is not counted, and blocking is left.
const MOST: usize = 16 * 1024;

/// Who declined whom of late: the one who asked, and the one who said no.
#[derive(Debug)]
pub(super) struct Declines(Buckets<(UserId, UserId)>);

impl Declines {
    pub fn new(rate: Rate) -> Self {
        Self(Buckets::new(rate, MOST))
    }

    /// One declined an invitation of another.
    pub fn declined(&mut self, from: UserId, to: UserId, now: Duration) {
        // Where too many are remembered, this one is not.
        let _ = self.0.of((from, to), now);
    }

    /// One accepted: what was before is forgiven.
    pub fn accepted(&mut self, from: UserId, to: UserId) {
        self.0.forget(&(from, to));
    }

    /// One asks another; only so often, if that one has declined.
    pub fn ask(&mut self, from: UserId, to: UserId, now: Duration) -> Result<(), ErrorCode> {
        if self.0.take_if_counted(&(from, to), now) {
            return Ok(());
        }
        Err(ErrorCode::DeclinedTooOften)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_declined_may_ask_so_often_in_an_hour_and_who_was_accepted_as_often_as_they_like() {
        let rate = Rate {
            burst: 2.0,
            per_second: 2.0 / 3600.0,
        };
        let mut declines = Declines::new(rate);
        let (ann, bea, now) = (UserId(1), UserId(2), Duration::ZERO);
        declines.declined(ann, bea, now);
        assert_eq!(declines.ask(ann, bea, now), Ok(()));
        assert_eq!(declines.ask(ann, bea, now), Ok(()));
        assert_eq!(declines.ask(ann, bea, now), Err(ErrorCode::DeclinedTooOften));
        assert_eq!(
            declines.ask(bea, ann, now),
            Ok(()),
            "the other way round is another thing"
        );
        let half_an_hour = Duration::from_secs(1800);
        assert_eq!(declines.ask(ann, bea, half_an_hour), Ok(()));
        declines.accepted(ann, bea);
        for _ in 0..9 {
            assert_eq!(declines.ask(ann, bea, half_an_hour), Ok(()));
        }
    }
}
