//! The user's account: who may make one here, and what its user changes in it.
//!
//! One deed is under way at a time. A deed that ends the session leads to the door without a word about it: it was wished.

use protocol::ErrorCode;
use protocol::http::{AccountEnd, PasswordChange, Registration, ServerInfo};

use crate::on_intent::password_fits;
use crate::place::Place;
use crate::room::Room;
use crate::{AccountView, ApiAnswer, ApiCall, ApiError, Core, Effect, FormError, Intent, RequestId};

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

    /// The server refused a new account for want of a code: so one is needed.
    pub(crate) fn need_code(&mut self) {
        self.registration = Registration::Invite;
    }
}

impl Core {
    /// At the door it matters who may make an account, and to moderators whether there may be guests.
    pub(crate) fn ask_server(&mut self) -> Option<Effect> {
        let moderates = |room: &Room| room.roster.role(room.you).moderates();
        let matters = matches!(self.place, Place::Door { .. }) || self.room.as_ref().is_some_and(moderates);
        if self.account.asked || !matters {
            return None;
        }
        let request = self.next_request();
        self.account.asked = true;
        self.account.server = Some(request);
        let call = ApiCall::FetchServer;
        Some(Effect::CallApi { request, call })
    }

    /// A wish about the account.
    pub(crate) fn account_wish(&mut self, intent: Intent) -> Vec<Effect> {
        let Some(user) = self.user.clone() else {
            return Vec::new();
        };
        match intent {
            Intent::OpenAccount => {
                self.account.open = true;
                Vec::new()
            }
            Intent::ChangePassword { new, .. } if !password_fits(&new) => {
                self.account.error = Some((Deed::ChangePassword, FormError::Password));
                Vec::new()
            }
            Intent::ChangePassword { current, new } => {
                let change = PasswordChange { current, new };
                self.begin(Deed::ChangePassword, ApiCall::ChangePassword(user, change))
            }
            Intent::SignOutEverywhere => {
                self.begin(Deed::SignOutEverywhere, ApiCall::SignOutEverywhere(user))
            }
            Intent::EndAccount { password } => {
                self.begin(Deed::End, ApiCall::EndAccount(user, AccountEnd { password }))
            }
            _ => {
                self.account.open = false;
                self.account.error = None;
                self.account.changed = false;
                Vec::new()
            }
        }
    }

    fn begin(&mut self, deed: Deed, call: ApiCall) -> Vec<Effect> {
        if self.account.deed.is_some() {
            return Vec::new();
        }
        let request = self.next_request();
        self.account.deed = Some((request, deed));
        self.account.error = None;
        self.account.changed = false;
        vec![Effect::CallApi { request, call }]
    }

    /// An answer over HTTP, if it is about the account or the server; else it is given back.
    pub(crate) fn account_answered(
        &mut self,
        request: RequestId,
        answer: Result<ApiAnswer, ApiError>,
    ) -> Result<Vec<Effect>, Result<ApiAnswer, ApiError>> {
        if self.account.server == Some(request) {
            self.account.server = None;
            // Without an answer whoever tries is told all the same.
            if let Ok(ApiAnswer::Server(ServerInfo { registration, guests })) = answer {
                self.account.registration = registration;
                self.account.guests = guests;
            }
            return Ok(Vec::new());
        }
        let Some((_, deed)) = self.account.deed.take_if(|(awaited, _)| *awaited == request) else {
            return Err(answer);
        };
        Ok(match (answer, deed) {
            (Ok(_), Deed::ChangePassword) => {
                self.account.changed = true;
                Vec::new()
            }
            (Ok(_), Deed::SignOutEverywhere | Deed::End) => self.signed_out(),
            (Err(ApiError::Refused(ErrorCode::NotSignedIn)), _) => self.session_ended(),
            (Err(error), _) => {
                self.account.error = Some((deed, crate::entrance::form_error(error)));
                Vec::new()
            }
        })
    }
}
