//! The user's account: who may make one here, and what its user changes in it.
//!
//! One deed is under way at a time. A deed that ends the session leads to the door without a word about it: it was wished.

mod core;
mod intent;
mod view;

use protocol::http::Registration;

use crate::turn::Turn;
use crate::{ApiCall, FormError, RequestId};

pub use intent::AccountIntent;
pub use view::AccountView;

/// What is known of it, and what is under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Account {
    registration: Registration,
    /// Whether rooms may let people in who have none.
    guests: bool,
    /// Whether the server was asked who may make an account.
    asked: bool,
    server: Option<RequestId>,
    open: bool,
    deed: Option<(RequestId, Deed)>,
    error: Option<(Deed, FormError)>,
    changed: bool,
}

/// What a user does with the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Takes another password.
    ChangePassword,
    /// Ends all sessions.
    SignOutEverywhere,
    /// Ends the account.
    End,
}

impl Account {
    pub(crate) fn view(&self, guest: bool) -> AccountView {
        AccountView {
            registration: self.registration,
            guests: self.guests,
            guest,
            open: self.open,
            busy: self.deed.map(|(_, deed)| deed),
            error: self.error,
            changed: self.changed,
        }
    }

    /// Whether the session is about to end by the user's own wish.
    pub(crate) fn ends_session(&self) -> bool {
        matches!(self.deed, Some((_, Deed::SignOutEverywhere | Deed::End)))
    }

    /// The user is signed in no more.
    pub(crate) fn forget(&mut self) {
        *self = Self {
            registration: self.registration,
            guests: self.guests,
            asked: self.asked,
            server: self.server,
            ..Self::default()
        };
    }

    /// Begins a deed, unless another is under way.
    fn begin(&mut self, turn: &mut Turn, deed: Deed, call: ApiCall) {
        if self.deed.is_none() {
            self.deed = Some((turn.call(call), deed));
            self.error = None;
            self.changed = false;
        }
    }

    /// The server refused a new account for want of a code: so one is needed.
    pub(crate) fn need_code(&mut self) {
        self.registration = Registration::Invite;
    }
}
