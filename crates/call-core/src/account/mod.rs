//! The user's account: who may create one on this server, and the actions on it.
//!
//! One action is under way at a time. An action that ends the session returns to the sign-in page without a notice,
//! as the user asked for it.

mod core;
mod intent;
mod view;

use protocol::http::Registration;

use crate::turn::Turn;
use crate::{ApiCall, FormError, RequestId};

pub use intent::AccountIntent;
pub use view::AccountView;

/// The account's settings and the action under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Account {
    registration: Registration,
    /// Whether the server allows guests.
    guests: bool,
    /// Whether the server's settings have been requested.
    asked: bool,
    server: Option<RequestId>,
    open: bool,
    action: Option<(RequestId, AccountAction)>,
    error: Option<(AccountAction, FormError)>,
    changed: bool,
}

/// An action on the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountAction {
    /// Changes the password.
    ChangePassword,
    /// Ends all sessions.
    SignOutEverywhere,
    /// Deletes the account.
    End,
}

impl Account {
    pub(crate) fn view(&self, guest: bool) -> AccountView {
        AccountView {
            registration: self.registration,
            guests: self.guests,
            guest,
            open: self.open,
            busy: self.action.map(|(_, action)| action),
            error: self.error,
            changed: self.changed,
        }
    }

    /// Returns whether an action that ends the session is under way.
    pub(crate) fn ends_session(&self) -> bool {
        matches!(
            self.action,
            Some((_, AccountAction::SignOutEverywhere | AccountAction::End))
        )
    }

    /// Resets everything but the server's settings, after the user was signed out.
    pub(crate) fn forget(&mut self) {
        *self = Self {
            registration: self.registration,
            guests: self.guests,
            asked: self.asked,
            server: self.server,
            ..Self::default()
        };
    }

    /// Starts an action, unless another is under way.
    fn begin(&mut self, turn: &mut Turn, action: AccountAction, call: ApiCall) {
        if self.action.is_none() {
            self.action = Some((turn.call(call), action));
            self.error = None;
            self.changed = false;
        }
    }

    /// Notes that registration needs an invite code, since the server refused a new account without a valid one.
    pub(crate) fn need_code(&mut self) {
        self.registration = Registration::Invite;
    }
}
