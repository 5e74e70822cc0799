//! The STUN and TURN servers: fetched on the way into a room and well before their credentials expire.
//!
//! Timers stop while a computer sleeps, so before every use the age of the credentials is looked at by the wall clock, and
//! stale ones are replaced first. A relay that refuses credentials all the same leads to one fetch, and a retry with what
//! that brings.

mod core;
mod transport;
pub(crate) mod ways;

use std::sync::Arc;
use std::time::Duration;

use protocol::UnixMillis;
use protocol::http::IceServer;

use crate::turn::Turn;
use crate::{RequestId, Timer};

pub use transport::Transport;

/// The pause before the ICE servers are asked for again after that failed, unless the server names one.
const ICE_RETRY: Duration = Duration::from_secs(15);

/// What it may name at most.
const LONGEST_ICE_RETRY: Duration = Duration::from_secs(60);

/// Credentials as young as this are fresh: connections that are restarted together ask for them once.
const FRESH: Duration = Duration::from_secs(10);

/// How long connections wait for fresh credentials, before they go on with those that there are.
const WAIT: Duration = Duration::from_secs(2);

/// Credentials are not replaced by the timer sooner than this, however short their lifetime: the server shall not be asked
/// at the speed of the network. A judgement.
const SOONEST: Duration = Duration::from_secs(5);

/// The STUN and TURN servers to use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ice {
    /// The call that is under way for them.
    pub(crate) request: Option<RequestId>,
    /// When that was sent: the credentials are no younger, however late the answer comes.
    requested: UnixMillis,
    /// `None` until the first answer, or the first failure to get one.
    pub(crate) servers: Option<Arc<[IceServer]>>,
    /// The last call for them failed, and the user has been told.
    failing: bool,
    /// When those that there are were asked for.
    fetched: Option<UnixMillis>,
    /// When they are to be replaced; never without a lifetime.
    stale_at: Option<UnixMillis>,
    /// Until when the server wants not to be asked.
    held_until: Option<UnixMillis>,
    /// The timer that ends the wait for fresh credentials runs.
    waits: bool,
    /// A call within the page waits for them.
    loopback_waits: bool,
    /// Counts the answers: which credentials are in use.
    generation: u32,
    /// The next answer is wanted because a relay refused these credentials.
    refused: bool,
    /// The present credentials were fetched because a relay refused the ones before.
    after_refusal: bool,
}

impl Ice {
    /// Whether the credentials may be given to a connection at this time. A clock that was set back proves nothing.
    fn is_usable(&self, now: UnixMillis) -> bool {
        let fetched = self.fetched.is_some_and(|at| at <= now);
        fetched && self.stale_at.is_none_or(|at| now < at)
    }

    /// Whether they are as young as those of a moment ago.
    fn is_fresh(&self, now: UnixMillis) -> bool {
        let young = |at: UnixMillis| now >= at && now.since(at) < FRESH;
        self.is_usable(now) && self.fetched.is_some_and(young)
    }

    fn is_held(&self, now: UnixMillis) -> bool {
        self.held_until.is_some_and(|until| now < until)
    }

    /// Whether connections can be made with what there is.
    fn is_ready(&self, now: UnixMillis) -> bool {
        self.servers.is_some() && (self.is_usable(now) || self.is_held(now))
    }

    fn limit_wait(&mut self, turn: &mut Turn) {
        if !std::mem::replace(&mut self.waits, true) {
            turn.start(Timer::RestartDue, WAIT);
        }
    }
}

/// Whether a relay refused the credentials (RFC 8489 §14.8: 401 for wrong or expired ones, 441 for those of another allocation).
/// Browsers answer a stale nonce by themselves.
fn refuses_credentials(code: u16) -> bool {
    matches!(code, 401 | 441)
}
