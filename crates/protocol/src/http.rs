//! Bodies of the HTTP API, all JSON.
//!
//! | request | body | response |
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
//! All but the first four require `Authorization: Bearer <token>`, or the cookie of the server's own page.
//! Every refusal has a 4xx or 5xx status and a [`Refusal`] as its body.

use serde::{Deserialize, Serialize};

/// Header in which a request that ends or changes something names the user that the client believes to be signed in
/// as: the user name in UTF-8, percent-encoded (RFC 3986 §2.1). If the session is another user's, nothing is changed.
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

/// A user name and a password for a new account, with an invite code if the server requires one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAccount {
    /// The name; see [`UserName`].
    pub name: String,
    /// The password; see [`Credentials`].
    pub password: String,
    /// Required if [`ServerInfo::registration`] is [`Registration::Invite`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite_code: Option<String>,
}

/// A user without an account who wants to join one room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewGuest {
    /// The name to show; see [`UserName`].
    pub name: String,
    /// The room; see [`crate::RoomName`].
    pub room: String,
}

/// Changes the password of the signed-in account; its other sessions end.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordChange {
    /// The current password.
    pub current: String,
    /// The new password; see [`Credentials`].
    pub new: String,
}

/// Deletes the signed-in account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEnd {
    /// The account's password: a page left open must not be enough.
    pub password: String,
}

/// Keeps passwords out of logs.
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

/// Who may create an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Registration {
    /// Anyone.
    #[default]
    Open,
    /// Anyone with an invite code.
    Invite,
    /// Only the server's operator.
    Closed,
}

/// What a page needs to know of a server before the user signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerInfo {
    /// Who may create an account.
    pub registration: Registration,
    /// Whether rooms may admit users without an account.
    #[serde(default)]
    pub guests: bool,
}

/// A session that was created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The session token; absent if the response set a cookie instead, which a page cannot read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<SessionToken>,
    /// The user's name as spelled in the account.
    pub name: UserName,
    /// The only room that a guest's session is valid for; absent for an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_of: Option<RoomName>,
}

/// The user of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionInfo {
    /// The user's name as spelled in the account.
    pub name: UserName,
    /// The only room that a guest's session is valid for; absent for an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_of: Option<RoomName>,
}

/// The `iceServers` for an `RTCPeerConnection`, and how long they are valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServers {
    /// STUN and TURN servers in order of preference; may be empty.
    pub ice_servers: Vec<IceServer>,
    /// How long the credentials are valid, in seconds from now; absent if they do not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<u32>,
}

/// One entry of `RTCConfiguration.iceServers` (W3C WebRTC §4.2.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServer {
    /// `stun:`, `stuns:`, `turn:` or `turns:` URLs.
    pub urls: Vec<String>,
    /// For TURN only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// For TURN only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

/// The body of every error response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why the request was refused.
    pub code: ErrorCode,
}
