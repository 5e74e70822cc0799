//! Who declined whom of late, and may be asked again only so often.

use std::collections::HashMap;
use std::time::Duration;

use protocol::ErrorCode;

use super::output::UserId;
use crate::bucket::{Bucket, Rate};

/// Pairs that are remembered; what is beyond them is not counted, and blocking is left.
const MOST: usize = 16 * 1024;

/// Who declined whom of late: the one who asked, and the one who said no.
#[derive(Debug)]
pub(super) struct Declines {
    rate: Rate,
    pairs: HashMap<(UserId, UserId), Bucket>,
}

impl Declines {
    pub fn new(rate: Rate) -> Self {
        Self {
            rate,
            pairs: HashMap::new(),
        }
    }

    /// Somebody said no.
    pub fn declined(&mut self, from: UserId, to: UserId, now: Duration) {
        let rate = self.rate;
        if self.pairs.len() >= MOST {
            self.pairs.retain(|_, bucket| !bucket.is_full(rate, now));
        }
        if self.pairs.len() < MOST {
            self.pairs
                .entry((from, to))
                .or_insert_with(|| Bucket::full(rate, now));
        }
    }

    /// Somebody said yes: what was before is forgiven.
    pub fn accepted(&mut self, from: UserId, to: UserId) {
        self.pairs.remove(&(from, to));
    }

    /// Somebody asks; only so often one who has declined.
    pub fn ask(&mut self, from: UserId, to: UserId, now: Duration) -> Result<(), ErrorCode> {
        match self.pairs.get_mut(&(from, to)) {
            Some(bucket) => bucket
                .take(self.rate, 1.0, now)
                .map_err(|_| ErrorCode::DeclinedTooOften),
            None => Ok(()),
        }
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
