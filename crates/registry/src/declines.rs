//! Recently declined invitations: rate limit for inviting the same user again.

use std::time::Duration;

use protocol::ErrorCode;

use super::ids::UserId;
use crate::bucket::Rate;
use crate::buckets::Buckets;

/// The most pairs to remember; pairs beyond it are not limited, but the invitee can still block the inviter.
const MOST: usize = 16 * 1024;

/// Token buckets by (inviter, invitee), for pairs whose invitation was declined recently.
#[derive(Debug)]
pub(super) struct Declines(Buckets<(UserId, UserId)>);

impl Declines {
    pub fn new(rate: Rate) -> Self {
        Self(Buckets::new(rate, MOST))
    }

    /// Records that `to` declined an invitation from `from`.
    pub fn declined(&mut self, from: UserId, to: UserId, now: Duration) {
        // At the limit, the pair is not recorded.
        let _ = self.0.of((from, to), now);
    }

    /// Forgets earlier declines, since `to` accepted an invitation from `from`.
    pub fn accepted(&mut self, from: UserId, to: UserId) {
        self.0.forget(&(from, to));
    }

    /// Counts an invitation from `from` to `to`; fails if `to` declined before and the rate is exceeded.
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
    fn invitations_are_limited_after_a_decline_until_accepted() {
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
            "the other direction is counted separately"
        );
        let half_an_hour = Duration::from_secs(1800);
        assert_eq!(declines.ask(ann, bea, half_an_hour), Ok(()));
        declines.accepted(ann, bea);
        for _ in 0..9 {
            assert_eq!(declines.ask(ann, bea, half_an_hour), Ok(()));
        }
    }
}
