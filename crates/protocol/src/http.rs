//! The bodies of the HTTP API, all JSON.
//!
//! | call | body | answer |
//! |---|---|---|
//! | `GET /api/server` | – | 200 [`ServerInfo`] |
//! | `POST /api/accounts` | [`NewAccount`] | 201 [`SignedIn`] |
//! | `POST /api/sessions` | [`Credentials`] | 200 [`SignedIn`] |
//! | `POST /api/guests` | [`NewGuest`] | 201 [`SignedIn`] |
//! | `GET /api/session` | – | 200 [`SessionInfo`] |
//! | `DELETE /api/session` | – | 204 |
//! | `DELETE /api/sessions` | – | 204 |
//! | `POST /api/account/password` | [`PasswordChange`] | 204 |
//! | `POST /api/account/end` | [`AccountEnd`] | 204 |
//! | `GET /api/ice-servers` | – | 200 [`IceServers`] |
//!
//! All but the first four want `Authorization: Bearer <token>`, or the cookie of the server's own page. Every refusal has a status of 4xx or 5xx and
//! [`Refusal`] as its body.

use serde::{Deserialize, Serialize};

/// The header by which a call that ends or changes something says whose session it takes its own to be: a user name in
/// UTF-8, percent-encoded (RFC 3986 § 2.1). A session of somebody else is left as it is.
pub const USER_HEADER: &str = "confab-user";

use crate::{ErrorCode, RoomName, SessionToken, UserName};

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

/// A user name and a password for a new account, and the code that allows it where one is needed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAccount {
    /// The name; see [`UserName`].
    pub name: String,
    /// The password; see [`Credentials`].
    pub password: String,
    /// Needed where [`ServerInfo`] says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite_code: Option<String>,
}

/// Somebody without an account, who wants to be let into one room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewGuest {
    /// The name to be known by; see [`UserName`].
    pub name: String,
    /// The room; see [`crate::RoomName`].
    pub room: String,
}

/// Another password for the account that one is signed in to; its other sessions end.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordChange {
    /// The password until now.
    pub current: String,
    /// The one from now on; see [`Credentials`].
    pub new: String,
}

/// The end of the account that one is signed in to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEnd {
    /// Its password: a page that somebody left open is not enough.
    pub password: String,
}

/// Leaves passwords out of what logs could hold.
macro_rules! debug_without_passwords {
    ($($name:ident),*) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        })*
    };
}
debug_without_passwords!(NewAccount, PasswordChange, AccountEnd);

/// Who may make an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Registration {
    /// Everybody.
    #[default]
    Open,
    /// Who has an invite code.
    Invite,
    /// Nobody.
    Closed,
}

/// What a page must know of a server before anybody has signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerInfo {
    /// Who may make an account.
    pub registration: Registration,
    /// Whether rooms may let people in who have none.
    #[serde(default)]
    pub guests: bool,
}

/// A session that has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Proof of it; absent where the answer set a cookie instead, which a page cannot read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<SessionToken>,
    /// The user's name as the account spells it.
    pub name: UserName,
    /// The room that it is good for, when it is a guest's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_of: Option<RoomName>,
}

/// Whose session a token stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionInfo {
    /// The user's name as the account spells it.
    pub name: UserName,
    /// The room that a guest's session is good for; absent where there is an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_of: Option<RoomName>,
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
