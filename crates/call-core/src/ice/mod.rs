//! STUN and TURN servers: fetched on entering a room, and again well before their credentials expire.
//!
//! Timers stop while a computer sleeps, so the age of the credentials is checked by the wall clock before every use,
//! and stale ones are replaced first. A relay that refuses credentials all the same causes one request for fresh ones,
//! and a retry with those.

pub(crate) mod config;
mod core;
mod transport;

use std::sync::Arc;
use std::time::Duration;

use protocol::UnixMillis;
use protocol::http::IceServer;

use crate::turn::Turn;
use crate::{RequestId, Timer};

pub use transport::Transport;

/// Pause after a failed request, unless the server names one (chosen).
const ICE_RETRY: Duration = Duration::from_secs(15);

/// Maximum pause that the server may name (chosen).
const LONGEST_ICE_RETRY: Duration = Duration::from_secs(60);

/// Maximum age of fresh credentials, so that connections that restart together fetch them once (chosen).
const FRESH: Duration = Duration::from_secs(10);

/// How long connections wait for fresh credentials before they go on with the old ones (chosen).
const WAIT: Duration = Duration::from_secs(2);

/// Minimum pause before the timer replaces credentials, however short their lifetime, so that requests do not follow
/// each other at network speed (chosen).
const SOONEST: Duration = Duration::from_secs(5);

/// The ICE servers and the state of their requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ice {
    /// The request under way.
    pub(crate) request: Option<RequestId>,
    /// When the last request was sent. The age of credentials counts from then, however late the answer comes.
    requested: UnixMillis,
    /// `None` until the first answer, or the first failure to get one.
    pub(crate) servers: Option<Arc<[IceServer]>>,
    /// Whether the last request failed; the user has been notified then.
    failing: bool,
    /// When the present servers were requested.
    fetched: Option<UnixMillis>,
    /// When the credentials are to be replaced; `None` for those without a lifetime.
    stale_at: Option<UnixMillis>,
    /// The time before which the server wants no further request.
    held_until: Option<UnixMillis>,
    /// Whether the timer that limits the wait for fresh credentials runs.
    waits: bool,
    /// Whether the loopback call waits for servers.
    loopback_waits: bool,
    /// Number of answers so far; identifies the present credentials.
    generation: u32,
    /// Whether the open request was made because a relay refused the present credentials.
    refused: bool,
    /// Whether the present credentials were fetched because a relay refused the previous ones.
    after_refusal: bool,
}

impl Ice {
    /// Returns whether the credentials may be used now. If the clock was set back to before the request, their age is
    /// unknown and they may not.
    fn is_usable(&self, now: UnixMillis) -> bool {
        let fetched = self.fetched.is_some_and(|at| at <= now);
        fetched && self.stale_at.is_none_or(|at| now < at)
    }

    /// Returns whether the credentials are usable and younger than [`FRESH`].
    fn is_fresh(&self, now: UnixMillis) -> bool {
        let young = |at: UnixMillis| now >= at && now.since(at) < FRESH;
        self.is_usable(now) && self.fetched.is_some_and(young)
    }

    fn is_held(&self, now: UnixMillis) -> bool {
        self.held_until.is_some_and(|until| now < until)
    }

    /// Returns whether connections can be made now: the credentials are usable, or the server wants no request yet.
    pub(crate) fn is_ready(&self, now: UnixMillis) -> bool {
        self.servers.is_some() && (self.is_usable(now) || self.is_held(now))
    }

    fn limit_wait(&mut self, turn: &mut Turn) {
        if !std::mem::replace(&mut self.waits, true) {
            turn.start(Timer::IceServersTimeout, WAIT);
        }
    }
}

/// Returns whether an error code means that a relay refused the credentials: 401 for wrong or expired ones (RFC 8489
/// §14.8), 441 for those of another allocation (RFC 8656). Browsers handle a stale nonce (438) by themselves.
fn refuses_credentials(code: u16) -> bool {
    matches!(code, 401 | 441)
}
