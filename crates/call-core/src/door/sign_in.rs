//! Signing in: to an account, to a new account or as a guest; and the check that the browser keeps the session cookie.

use protocol::http::{Credentials, NewAccount, NewGuest, SignedIn};
use protocol::{ErrorCode, RoomName, UserName};

use crate::page::{PageState, address};
use crate::turn::Turn;
use crate::{ApiAnswer, ApiCall, ApiError, Core, DoorIntent, FormError, RequestId, SignInForm, StoreOrder};

/// How the user signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignInMethod {
    NewAccount,
    Account,
    Guest,
}

impl Core {
    pub(crate) fn door_intent(&mut self, turn: &mut Turn, intent: DoorIntent) {
        match intent {
            DoorIntent::CreateAccount(form) => self.submit(turn, SignInMethod::NewAccount, form),
            DoorIntent::SignIn(form) => self.submit(turn, SignInMethod::Account, form),
            DoorIntent::JoinAsGuest(form) => self.submit(turn, SignInMethod::Guest, form),
            DoorIntent::SignOut => self.sign_out(turn),
            DoorIntent::ContinueAsOther => self.continue_as_other(turn),
            DoorIntent::SignInAgain => self.sign_in_again(),
        }
    }

    fn submit(&mut self, turn: &mut Turn, method: SignInMethod, form: SignInForm) {
        self.as_guest = method == SignInMethod::Guest;
        let room = self.take_typed(&form.room);
        let room = match check(method, &form).and(room) {
            Ok(room) => room,
            Err(error) => {
                self.page = PageState::door(Some(error));
                return;
            }
        };
        self.send_sign_in(turn, method, form, room);
    }

    /// Sends the sign-in request to the server.
    pub(crate) fn send_sign_in(
        &mut self,
        turn: &mut Turn,
        method: SignInMethod,
        form: SignInForm,
        room: RoomName,
    ) {
        let SignInForm {
            name,
            password,
            invite_code,
            ..
        } = form;
        let call = match method {
            SignInMethod::NewAccount => ApiCall::CreateAccount(NewAccount {
                name,
                password,
                invite_code: Some(invite_code).filter(|code| !code.is_empty()),
            }),
            SignInMethod::Account => ApiCall::SignIn(Credentials { name, password }),
            SignInMethod::Guest => ApiCall::JoinAsGuest(NewGuest {
                name,
                room: room.to_string(),
            }),
        };
        self.arriving = None;
        self.signing_in = Some((turn.call(call), room));
        self.page = PageState::door(None);
    }

    /// Handles the answer to the sign-in request; any other answer is ignored.
    pub(crate) fn sign_in_answered(
        &mut self,
        turn: &mut Turn,
        request: RequestId,
        answer: Result<ApiAnswer, ApiError>,
    ) {
        let Some((_, room)) = self.signing_in.take_if(|(awaited, _)| *awaited == request) else {
            return;
        };
        if let Some(signed_in) = self.arriving.take() {
            return self.cookie_tried(turn, &answer, signed_in, room);
        }
        match answer {
            Ok(ApiAnswer::SignedIn(signed_in)) if signed_in.token.is_none() => {
                self.try_cookie(turn, signed_in, room);
            }
            Ok(ApiAnswer::SignedIn(signed_in)) => self.signed_in(turn, signed_in, room),
            Ok(_) => {}
            Err(error) => {
                let error = form_error(error);
                if error == FormError::InviteCode {
                    self.account.need_code();
                }
                self.refuse_form(error);
            }
        }
    }

    /// Shows why sign-in failed, unless the user has left the form.
    fn refuse_form(&mut self, error: FormError) {
        if matches!(self.page, PageState::Door { .. }) {
            self.page = PageState::door(Some(error));
        }
    }

    /// Requests the session, which shows whether the browser kept the cookie.
    fn try_cookie(&mut self, turn: &mut Turn, signed_in: SignedIn, room: RoomName) {
        self.arriving = Some(signed_in);
        self.cookie_kept = false;
        let request = turn.call(ApiCall::FetchSession);
        self.signing_in = Some((request, room));
    }

    /// Handles the result of the cookie check. If the request failed for another reason, sign-in continues.
    fn cookie_tried(
        &mut self,
        turn: &mut Turn,
        answer: &Result<ApiAnswer, ApiError>,
        signed_in: SignedIn,
        room: RoomName,
    ) {
        if *answer == Err(ApiError::Refused(ErrorCode::NotSignedIn)) {
            return self.refuse_form(FormError::CookiesRefused);
        }
        self.cookie_kept = answer.is_ok();
        self.signed_in(turn, signed_in, room);
    }

    fn signed_in(&mut self, turn: &mut Turn, signed_in: SignedIn, room: RoomName) {
        self.user = Some(signed_in.clone());
        turn.order(StoreOrder::Session(signed_in));
        if self.page.is_for_all() {
            // The user has gone to a lab meanwhile: leaving it leads to the room.
            self.labs.back = address::of_room(&room);
        } else {
            self.make_ready(turn, room, true);
        }
    }
}

/// Validates the form, so that an error the server would return is shown at its field at once.
fn check(method: SignInMethod, form: &SignInForm) -> Result<(), FormError> {
    UserName::parse(&form.name).map_err(FormError::UserName)?;
    if method != SignInMethod::Guest && !password_fits(&form.password) {
        return Err(FormError::Password);
    }
    Ok(())
}

/// Returns whether an account password has a valid length.
pub(crate) fn password_fits(password: &str) -> bool {
    protocol::password::of_account(password).is_ok()
}

pub(crate) fn form_error(error: ApiError) -> FormError {
    match error {
        ApiError::Refused(ErrorCode::UserNameTaken) => FormError::UserNameTaken,
        ApiError::Refused(ErrorCode::InvalidUserName) => FormError::UserName(protocol::NameError::Character),
        ApiError::Refused(ErrorCode::InvalidPassword) => FormError::Password,
        ApiError::Refused(ErrorCode::InvalidInviteCode) => FormError::InviteCode,
        ApiError::Refused(ErrorCode::WrongCredentials) => FormError::WrongCredentials,
        ApiError::Refused(_) | ApiError::Later(..) | ApiError::Unreachable => FormError::Server(error),
    }
}
