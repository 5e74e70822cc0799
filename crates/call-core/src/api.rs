//! Calls to the server over HTTP, and what comes of them.

use protocol::http::{
    AccountEnd, Credentials, IceServers, NewAccount, NewGuest, PasswordChange, ServerInfo, SessionInfo,
    SignedIn,
};
use protocol::{ErrorCode, SessionToken};

/// A call over HTTP. Those with a token have none where the browser keeps the session in a cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiCall {
    /// `POST /api/accounts`.
    CreateAccount(NewAccount),
    /// `POST /api/sessions`.
    SignIn(Credentials),
    /// `POST /api/guests`.
    ComeAsGuest(NewGuest),
    /// `DELETE /api/session`.
    SignOut(SignedIn),
    /// `GET /api/server`.
    FetchServer,
    /// `POST /api/account/password`.
    ChangePassword(SignedIn, PasswordChange),
    /// `DELETE /api/sessions`.
    SignOutEverywhere(SignedIn),
    /// `POST /api/account/end`.
    EndAccount(SignedIn, AccountEnd),
    /// `GET /api/ice-servers`.
    FetchIceServers(Option<SessionToken>),
    /// `GET /api/session`: whether the browser sends what it was given when the user signed in.
    FetchSession,
}

/// Names one request to the shell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// What the server answered to an [`crate::ApiCall`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiAnswer {
    /// To `CreateAccount` and `SignIn`.
    SignedIn(SignedIn),
    /// To `SignOut`, and to what changes the account.
    Done,
    /// To `FetchServer`.
    Server(ServerInfo),
    /// To `FetchIceServers`.
    IceServers(IceServers),
    /// To `FetchSession`.
    Session(SessionInfo),
}

/// Why a call over HTTP came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The server said no.
    Refused(ErrorCode),
    /// The server said no for now, and to ask again after so many seconds (`Retry-After`, RFC 9110 §10.2.3).
    Later(ErrorCode, u32),
    /// No answer, or none that can be read.
    Unreachable,
}
