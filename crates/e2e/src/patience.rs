//! Time limits of conditions, and the loop that polls them.

use std::time::Duration;

use tokio::time::Instant;

/// Poll interval: short compared with what a user waits for, long compared with the cost of a check.
const PAUSE: Duration = Duration::from_millis(100);

/// How long a condition may take before a journey fails.
///
/// The limits are for an idle machine with two cores; the environment variable `CONFAB_PATIENCE` multiplies
/// them all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patience(Duration);

/// Result of one check.
pub(crate) enum Check<T> {
    /// The condition holds.
    Found(T),
    /// The condition does not hold yet; this was found instead.
    NotYet(String),
}

impl Patience {
    /// A limit of this many seconds, multiplied by `CONFAB_PATIENCE`.
    pub fn seconds(seconds: u32) -> Self {
        let factor = std::env::var("CONFAB_PATIENCE")
            .ok()
            .and_then(|factor| factor.parse().ok());
        Self(Duration::from_secs(seconds.into()).mul_f64(factor.unwrap_or(1.0)))
    }

    /// The limit, already multiplied.
    pub fn limit(self) -> Duration {
        self.0
    }

    /// Polls until the condition holds. After the limit, returns what the last check found instead as the
    /// inner error.
    ///
    /// An error of a check ends the wait at once.
    pub(crate) async fn until<T, E>(
        self,
        mut look: impl AsyncFnMut() -> Result<Check<T>, E>,
    ) -> Result<Result<T, String>, E> {
        let deadline = Instant::now() + self.0;
        loop {
            match look().await? {
                Check::Found(found) => return Ok(Ok(found)),
                Check::NotYet(seen) if Instant::now() >= deadline => return Ok(Err(seen)),
                Check::NotYet(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }
}

impl Default for Patience {
    /// 20 s: three times the slowest ordinary step measured on two busy cores.
    fn default() -> Self {
        Self::seconds(20)
    }
}
