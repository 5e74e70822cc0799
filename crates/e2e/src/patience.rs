//! How long a condition may take, and the loop that waits for it.

use std::time::Duration;

use tokio::time::Instant;

/// The pause between two looks: short beside anything that a person waits for, long beside the cost of a look.
const PAUSE: Duration = Duration::from_millis(100);

/// How long a condition may take before a journey gives up.
///
/// The limits are for an idle machine of two cores; the environment variable `CONFAB_PATIENCE` multiplies them all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patience(Duration);

/// The result of one look.
pub(crate) enum Look<T> {
    /// It is there.
    Found(T),
    /// It is not, and this is seen instead.
    NotYet(String),
}

impl Patience {
    /// A limit of this many seconds, times `CONFAB_PATIENCE`.
    pub fn seconds(seconds: u32) -> Self {
        let factor = std::env::var("CONFAB_PATIENCE")
            .ok()
            .and_then(|factor| factor.parse().ok());
        Self(Duration::from_secs(seconds.into()).mul_f64(factor.unwrap_or(1.0)))
    }

    /// The limit.
    pub fn limit(self) -> Duration {
        self.0
    }

    /// Looks until something is found; after the limit, gives what the last look saw instead.
    ///
    /// An error of a look ends the wait at once.
    pub(crate) async fn until<T, E>(
        self,
        mut look: impl AsyncFnMut() -> Result<Look<T>, E>,
    ) -> Result<Result<T, String>, E> {
        let deadline = Instant::now() + self.0;
        loop {
            match look().await? {
                Look::Found(found) => return Ok(Ok(found)),
                Look::NotYet(seen) if Instant::now() >= deadline => return Ok(Err(seen)),
                Look::NotYet(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }
}

impl Default for Patience {
    /// Twenty seconds: three times what the slowest ordinary step took on two busy cores.
    fn default() -> Self {
        Self::seconds(20)
    }
}
