//! Password hashing: Argon2id, by default with 19 MiB, two passes and one lane (the least that OWASP
//! recommends).
//!
//! A check takes tens of milliseconds of one core and 19 MiB, so few run at once, on blocking threads, and the
//! number that may wait is bounded: beyond that, the server is busy. The memory is reused ([`Buffers`]).

mod memory;

use std::sync::Arc;
use std::time::Duration;

use argon2::Params;
use argon2::password_hash::SaltString;
use protocol::ErrorCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use memory::{Buffer, Buffers};

use crate::clock::Clock;
use crate::limits::{PASSWORD_LANES, PASSWORD_MEMORY, PASSWORD_PASSES, PASSWORD_QUEUE, PASSWORDS_AT_ONCE};
use crate::metrics::Metrics;

/// The cost of a hash, and how many may run and wait.
#[derive(Clone, Copy, Debug)]
pub struct HashRules {
    /// Memory for one hash, in KiB.
    pub memory: u32,
    /// Argon2id passes over the memory.
    pub passes: u32,
    /// Argon2id lanes.
    pub lanes: u32,
    /// Hashes computed at the same time.
    pub at_once: u32,
    /// Hashes that may wait.
    pub queue: u32,
}

impl Default for HashRules {
    fn default() -> Self {
        Self {
            memory: PASSWORD_MEMORY,
            passes: PASSWORD_PASSES,
            lanes: PASSWORD_LANES,
            at_once: PASSWORDS_AT_ONCE,
            queue: PASSWORD_QUEUE,
        }
    }
}

/// Why password hashing cannot be set up.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub enum SetUpError {
    /// The system provides no random bytes.
    #[error("the system provides no random bytes")]
    Random,
    /// Argon2 refuses the parameters.
    #[error("password hashing cannot be set up: {0}")]
    Hash(argon2::password_hash::Error),
}

/// A place in the queue for hashing.
#[derive(Debug)]
pub struct Queued {
    place: OwnedSemaphorePermit,
    since: Duration,
}

/// Computes and checks hashes. Clones share one queue.
#[derive(Clone, Debug)]
pub struct Passwords {
    /// Permits for running hashes.
    running: Arc<Semaphore>,
    /// Permits for running and waiting hashes.
    taken: Arc<Semaphore>,
    /// Checked when there is no account, so that an unknown name takes as long as a wrong password.
    nobody: Arc<str>,
    /// Working memory of the hashes.
    buffers: Arc<Buffers>,
    rules: HashRules,
    metrics: Arc<Metrics>,
    clock: Clock,
}

impl Passwords {
    /// Starts with an empty queue. Fails without random bytes, or if the parameters are invalid.
    pub fn new(rules: HashRules, metrics: Arc<Metrics>, clock: Clock) -> Result<Self, SetUpError> {
        let permits = |count: u32| usize::try_from(count).unwrap_or(usize::MAX >> 3);
        let secret = crate::random::key().map_err(|_| SetUpError::Random)?;
        let buffers = Arc::new(Buffers::default());
        Ok(Self {
            running: Arc::new(Semaphore::new(permits(rules.at_once))),
            taken: Arc::new(Semaphore::new(permits(rules.at_once.saturating_add(rules.queue)))),
            nobody: buffers.lend(|buffer| hash_in(buffer, &secret, rules))?.into(),
            buffers,
            rules,
            metrics,
            clock,
        })
    }

    /// Takes a place in the queue. Fails with [`ErrorCode::ServerBusy`] if it is full.
    pub fn queue(&self) -> Result<Queued, ErrorCode> {
        let since = self.clock.elapsed();
        let place = Arc::clone(&self.taken)
            .try_acquire_owned()
            .map_err(|_| ErrorCode::ServerBusy)?;
        Ok(Queued { place, since })
    }

    /// Hashes a password. Returns the hash in PHC format.
    pub async fn hash(&self, password: String) -> Result<String, ErrorCode> {
        let (rules, queued) = (self.rules, self.queue()?);
        let hashed = self
            .in_turn(queued, move |buffer| hash_in(buffer, &password, rules))
            .await?;
        hashed.map_err(|_| ErrorCode::Internal)
    }

    /// Whether a password, in one of the forms in which it may have been hashed, matches the hash. Without a
    /// hash, it does not, but takes as long.
    pub async fn check(
        &self,
        forms: Vec<String>,
        known: Option<String>,
        queued: Queued,
    ) -> Result<bool, ErrorCode> {
        let exists = known.is_some();
        let hash = known.map_or_else(|| Arc::clone(&self.nobody), Arc::from);
        let right = self
            .in_turn(queued, move |buffer| {
                forms.iter().any(|form| buffer.matches(form, &hash))
            })
            .await?;
        Ok(right && exists)
    }

    /// Runs slow work when its turn comes. The work itself holds the permits: it runs to its end even if the
    /// request is cancelled.
    async fn in_turn<T: Send + 'static>(
        &self,
        Queued { place, since }: Queued,
        work: impl FnOnce(&mut Buffer) -> T + Send + 'static,
    ) -> Result<T, ErrorCode> {
        let running = Arc::clone(&self.running)
            .acquire_owned()
            .await
            .map_err(|_| ErrorCode::Internal)?;
        let buffers = Arc::clone(&self.buffers);
        let done = tokio::task::spawn_blocking(move || {
            let _turn: [OwnedSemaphorePermit; 2] = [place, running];
            buffers.lend(work)
        });
        let done = done.await.map_err(|_| ErrorCode::Internal)?;
        self.metrics
            .passwords
            .observe(self.clock.elapsed().saturating_sub(since));
        Ok(done)
    }
}

/// Hashes a password in a buffer of its own. Returns the hash in PHC format.
pub fn hash(password: &str, rules: HashRules) -> Result<String, SetUpError> {
    hash_in(&mut Buffer::default(), password, rules)
}

fn hash_in(buffer: &mut Buffer, password: &str, rules: HashRules) -> Result<String, SetUpError> {
    let salt = crate::random::bytes::<16>().map_err(|_| SetUpError::Random)?;
    let salt = SaltString::encode_b64(&salt).map_err(SetUpError::Hash)?;
    let params = Params::new(rules.memory, rules.passes, rules.lanes, None)
        .map_err(|error| SetUpError::Hash(error.into()))?;
    buffer.hash(password, &salt, params).map_err(SetUpError::Hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passwords() -> Passwords {
        Passwords::new(HashRules::default(), Arc::default(), Clock::start()).expect("set up")
    }

    #[tokio::test]
    async fn only_the_right_password_of_an_account_matches() {
        let passwords = passwords();
        let known = passwords.hash("correct horse".to_owned()).await.expect("hash");
        assert!(known.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{known}");
        for (password, known, right) in [
            ("correct horse", Some(known.clone()), true),
            ("wrong horse", Some(known), false),
            ("correct horse", None, false),
        ] {
            let queued = passwords.queue().expect("a place");
            let checked = passwords.check(vec![password.to_owned()], known, queued).await;
            assert_eq!(checked, Ok(right), "{password}");
        }
    }

    #[tokio::test]
    async fn cancelled_work_keeps_its_permits_until_it_ends() {
        let passwords = passwords();
        let free = |passwords: &Passwords| {
            let (running, taken) = (&passwords.running, &passwords.taken);
            (running.available_permits(), taken.available_permits())
        };
        let (running, taken) = free(&passwords);
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let queued = passwords.queue().expect("a place");
        let work = passwords.in_turn(queued, move |_| {
            let _ = begun.send(());
            let _ = ended.recv();
        });
        tokio::select! {
            _ = work => panic!("it waits to be ended"),
            begun = has_begun => begun.expect("begun"),
        }
        assert_eq!(free(&passwords), (running - 1, taken - 1));
        drop(end);
        let all = u32::try_from(taken).expect("few");
        let _all = passwords.taken.acquire_many(all).await.expect("given back");
    }

    #[tokio::test]
    async fn full_queue_is_busy() {
        let passwords = passwords();
        let all = u32::try_from(passwords.taken.available_permits()).expect("few");
        let _others = passwords.taken.acquire_many(all).await.expect("free");
        assert_eq!(
            passwords.hash("correct horse".to_owned()).await,
            Err(ErrorCode::ServerBusy)
        );
    }
}
