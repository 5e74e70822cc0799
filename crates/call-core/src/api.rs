//! HTTP requests to the server, their answers and their errors.

use protocol::http::{
    AccountEnd, Credentials, IceServers, NewAccount, NewGuest, PasswordChange, ServerInfo, SessionInfo,
    SignedIn,
};
use protocol::{ErrorCode, SessionToken};

/// An HTTP request. The token is `None` where the browser keeps the session in a cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiCall {
    /// `POST /api/accounts`.
    CreateAccount(NewAccount),
    /// `POST /api/sessions`.
    SignIn(Credentials),
    /// `POST /api/guests`.
    JoinAsGuest(NewGuest),
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
    /// `GET /api/session`: whether the browser sends the session cookie that it got at sign-in.
    FetchSession,
}

/// Identifies one request to the shell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// The server's successful answer to an [`crate::ApiCall`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiAnswer {
    /// To `CreateAccount`, `SignIn` and `JoinAsGuest`.
    SignedIn(SignedIn),
    /// To `SignOut`, `ChangePassword`, `SignOutEverywhere` and `EndAccount`.
    Done,
    /// To `FetchServer`.
    Server(ServerInfo),
    /// To `FetchIceServers`.
    IceServers(IceServers),
    /// To `FetchSession`.
    Session(SessionInfo),
}

/// Why an HTTP request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The server refused the request.
    Refused(ErrorCode),
    /// The server refused the request for now; retry after this many seconds (`Retry-After`, RFC 9110 §10.2.3).
    Later(ErrorCode, u32),
    /// No answer, or an unreadable one.
    Unreachable,
}
