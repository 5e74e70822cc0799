//! The user's account: who may make one here, and what its user changes in it.
//!
//! One deed is under way at a time. A deed that ends the session leads to the door without a word about it: it was wished.

use protocol::ErrorCode;
use protocol::http::{AccountEnd, PasswordChange, Registration, ServerInfo};

use crate::on_intent::password_fits;
use crate::place::Place;
use crate::room::Room;
use crate::turn::Turn;
use crate::{AccountIntent, AccountView, ApiAnswer, ApiCall, ApiError, Core, FormError, RequestId};

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

impl Core {
    /// At the door it matters who may make an account, and to moderators whether there may be guests.
    pub(crate) fn ask_server(&mut self, turn: &mut Turn) {
        let moderates = |room: &Room| room.roster.role(room.you).moderates();
        let matters = matches!(self.place, Place::Door { .. }) || self.room.as_ref().is_some_and(moderates);
        if matters && !std::mem::replace(&mut self.account.asked, true) {
            self.account.server = Some(turn.call(ApiCall::FetchServer));
        }
    }

    /// The user wants something of the account.
    pub(crate) fn account_intent(&mut self, turn: &mut Turn, intent: AccountIntent) {
        let Some(user) = self.user.clone() else { return };
        match intent {
            AccountIntent::Open => self.account.open = true,
            AccountIntent::Close => {
                self.account.open = false;
                self.account.error = None;
                self.account.changed = false;
            }
            AccountIntent::ChangePassword { new, .. } if !password_fits(&new) => {
                self.account.error = Some((Deed::ChangePassword, FormError::Password));
            }
            AccountIntent::ChangePassword { current, new } => {
                let change = PasswordChange { current, new };
                self.account
                    .begin(turn, Deed::ChangePassword, ApiCall::ChangePassword(user, change));
            }
            AccountIntent::SignOutEverywhere => {
                self.account
                    .begin(turn, Deed::SignOutEverywhere, ApiCall::SignOutEverywhere(user));
            }
            AccountIntent::End { password } => {
                let end = AccountEnd { password };
                self.account
                    .begin(turn, Deed::End, ApiCall::EndAccount(user, end));
            }
        }
    }

    /// An answer over HTTP, if it is about the account or the server; else it is given back.
    pub(crate) fn account_answered(
        &mut self,
        turn: &mut Turn,
        request: RequestId,
        answer: Result<ApiAnswer, ApiError>,
    ) -> Result<(), Result<ApiAnswer, ApiError>> {
        if self.account.server == Some(request) {
            self.account.server = None;
            // Without an answer whoever tries is told all the same.
            if let Ok(ApiAnswer::Server(ServerInfo { registration, guests })) = answer {
                self.account.registration = registration;
                self.account.guests = guests;
            }
            return Ok(());
        }
        let Some((_, deed)) = self.account.deed.take_if(|(awaited, _)| *awaited == request) else {
            return Err(answer);
        };
        match (answer, deed) {
            (Ok(_), Deed::ChangePassword) => self.account.changed = true,
            (Ok(_), Deed::SignOutEverywhere | Deed::End) => self.signed_out(turn),
            (Err(ApiError::Refused(ErrorCode::NotSignedIn)), _) => self.session_ended(turn),
            (Err(error), _) => self.account.error = Some((deed, crate::entrance::form_error(error))),
        }
        Ok(())
    }
}
