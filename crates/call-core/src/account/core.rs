//! The core's handling of account intents and answers.

use protocol::ErrorCode;
use protocol::http::{AccountEnd, PasswordChange, ServerInfo};

use super::AccountAction;
use crate::door::password_fits;
use crate::page::PageState;
use crate::room::Room;
use crate::turn::Turn;
use crate::{AccountIntent, ApiAnswer, ApiCall, ApiError, Core, FormError, RequestId};

impl Core {
    /// Fetches the server's settings once, when they matter: registration on the sign-in page, guests to moderators.
    pub(crate) fn ask_server(&mut self, turn: &mut Turn) {
        let moderates = |room: &Room| room.roster.role(room.you).moderates();
        let matters =
            matches!(self.page, PageState::Door { .. }) || self.room.as_ref().is_some_and(moderates);
        if matters && !std::mem::replace(&mut self.account.asked, true) {
            self.account.server = Some(turn.call(ApiCall::FetchServer));
        }
    }

    /// Handles an account intent.
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
                self.account.error = Some((AccountAction::ChangePassword, FormError::Password));
            }
            AccountIntent::ChangePassword { current, new } => {
                let change = PasswordChange { current, new };
                self.account.begin(
                    turn,
                    AccountAction::ChangePassword,
                    ApiCall::ChangePassword(user, change),
                );
            }
            AccountIntent::SignOutEverywhere => {
                self.account.begin(
                    turn,
                    AccountAction::SignOutEverywhere,
                    ApiCall::SignOutEverywhere(user),
                );
            }
            AccountIntent::End { password } => {
                let end = AccountEnd { password };
                self.account
                    .begin(turn, AccountAction::End, ApiCall::EndAccount(user, end));
            }
        }
    }

    /// Handles an HTTP answer about the account or the server's settings; returns any other answer as `Err`.
    pub(crate) fn account_answered(
        &mut self,
        turn: &mut Turn,
        request: RequestId,
        answer: Result<ApiAnswer, ApiError>,
    ) -> Result<(), Result<ApiAnswer, ApiError>> {
        if self.account.server == Some(request) {
            self.account.server = None;
            // On an error the defaults stay: a user who tries what is not allowed gets the server's refusal.
            if let Ok(ApiAnswer::Server(ServerInfo { registration, guests })) = answer {
                self.account.registration = registration;
                self.account.guests = guests;
            }
            return Ok(());
        }
        let Some((_, action)) = self.account.action.take_if(|(awaited, _)| *awaited == request) else {
            return Err(answer);
        };
        match (answer, action) {
            (Ok(_), AccountAction::ChangePassword) => self.account.changed = true,
            (Ok(_), AccountAction::SignOutEverywhere | AccountAction::End) => self.signed_out(turn),
            (Err(ApiError::Refused(ErrorCode::NotSignedIn)), _) => self.session_ended(turn),
            (Err(error), _) => self.account.error = Some((action, crate::door::form_error(error))),
        }
        Ok(())
    }
}
