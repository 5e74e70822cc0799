//! The bodies of the HTTP API, all JSON.
//!
//! | call | body | answer |
//! |---|---|---|
//! | `POST /api/accounts` | [`Credentials`] | 201 [`SignedIn`] |
//! | `POST /api/sessions` | [`Credentials`] | 200 [`SignedIn`] |
//! | `GET /api/session` | – | 200 [`SessionInfo`] |
//! | `DELETE /api/session` | – | 204 |
//! | `GET /api/ice-servers` | – | 200 [`IceServers`] |
//!
//! The last three want `Authorization: Bearer <token>`. Every refusal has a status of 4xx or 5xx and
//! [`Refusal`] as its body.

use serde::{Deserialize, Serialize};

use crate::{ErrorCode, SessionToken, UserName};

/// A user name and a password, as typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// The name; see [`UserName`].
    pub name: String,
    /// The password: [`crate::limits::PASSWORD_MIN_CHARS`] characters to [`crate::limits::PASSWORD_MAX_BYTES`] bytes.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    /// Leaves the password out, so that no log can hold it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A session that has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Proof of it.
    pub token: SessionToken,
    /// The user's name as the account spells it.
    pub name: UserName,
}

/// Whose session a token stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionInfo {
    /// The user's name as the account spells it.
    pub name: UserName,
}

/// What to give `RTCPeerConnection` as `iceServers`, and for how long it is good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServers {
    /// STUN and TURN servers, in order of preference; may be empty.
    pub ice_servers: Vec<IceServer>,
    /// Seconds for which the credentials are good, from now; absent when they do not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<u32>,
}

/// One entry of `RTCConfiguration.iceServers` (W3C WebRTC §4.2.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServer {
    /// `stun:`, `turn:` or `turns:` addresses.
    pub urls: Vec<String>,
    /// For TURN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// For TURN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

/// The body of every answer that is a no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub code: ErrorCode,
}
