//! Calls over HTTP.

use protocol::SessionToken;
use protocol::http::{AccountEnd, Credentials, NewAccount, NewGuest, PasswordChange, SignedIn};

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
