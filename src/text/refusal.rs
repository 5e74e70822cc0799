//! Texts for refusals by the server or by a form, each with what to do about it.

use call_core::{ApiError, FormError};
use protocol::{ErrorCode, NameError, limits};

use super::{Texts, fill};

/// Why the server refused.
pub fn code(t: &Texts, code: ErrorCode) -> String {
    use ErrorCode as C;
    let text = match code {
        C::InvalidUserName => t.user_name_character,
        C::InvalidPassword => return password(t),
        C::UserNameTaken => t.user_name_taken,
        C::WrongCredentials => t.wrong_credentials,
        C::AccountDisabled => t.code_account_disabled,
        C::RegistrationClosed => t.code_registration_closed,
        C::InvalidInviteCode => t.code_invite_code,
        C::GuestsNotAdmitted => t.code_guests_not_admitted,
        C::TooManyAttempts => t.code_too_many_attempts,
        C::NotSignedIn => t.code_not_signed_in,
        C::MalformedRequest
        | C::HelloExpected
        | C::AlreadyGreeted
        | C::UnknownMessage
        | C::MalformedMessage => t.code_protocol,
        C::NotFound => t.code_not_found,
        C::OriginNotAllowed => t.code_origin,
        C::ServerBusy => t.code_busy,
        C::Internal => t.code_internal,
        C::UnsupportedVersion => t.code_version,
        C::InvalidRoomName => t.room_name_character,
        C::AnotherUser => t.code_another_user,
        C::SeatOccupied => t.code_seat_occupied,
        C::RoomFull => t.code_room_full,
        C::RoomLocked => t.code_room_locked,
        C::RoomPasswordRequired => t.code_room_password_required,
        C::WrongRoomPassword => t.code_wrong_room_password,
        C::Banned => t.code_banned,
        C::EntryRefused => t.code_entry_refused,
        C::RateLimited => t.code_rate_limited,
        C::UnknownParticipant => t.code_unknown_participant,
        C::NotYourself => t.code_not_yourself,
        C::AlreadyInvited => t.code_already_invited,
        C::AlreadyLinked => t.code_already_linked,
        C::TooManyInvitations => t.code_too_many_invitations,
        C::TooManyLinks => t.code_too_many_links,
        C::UnknownInvitation => t.code_unknown_invitation,
        C::NotLinked => t.code_not_linked,
        C::ConferenceFull => return most(t.code_conference_full, limits::CONFERENCE_PARTICIPANTS),
        C::AlreadyInConference => t.code_already_in_conference,
        C::NotInConference => t.code_not_in_conference,
        C::ChatEmpty => t.code_chat_empty,
        C::ChatTooLong => return most(t.code_chat_too_long, limits::CHAT_CHARS),
        C::NotAdmitted => t.code_not_admitted,
        C::NotAllowed => t.code_not_allowed,
        C::Silenced => t.code_silenced,
        C::InvitationNotTaken => t.code_invitation_not_taken,
        C::DeclinedTooOften => t.code_declined_too_often,
        C::InvalidRoomPassword => {
            let (least, most) = (limits::ROOM_PASSWORD_MIN_CHARS, limits::PASSWORD_MAX_BYTES);
            return between(t.code_invalid_room_password, least, most);
        }
        C::OutOfBounds => t.code_out_of_bounds,
        C::TooManyKept => t.code_too_many_kept,
        C::MessageTooLarge => t.code_too_large,
        C::SeatTakenOver => t.code_seat_taken_over,
        C::Removed => t.code_removed,
        C::SessionEnded => t.session_ended,
        C::TooSlow => t.code_too_slow,
        C::Silent => t.code_silent,
        C::Flooding => t.code_flooding,
        C::ShuttingDown => t.code_shutting_down,
    };
    text.to_owned()
}

/// Why a form was refused.
pub fn form(t: &Texts, error: FormError) -> String {
    let text = match error {
        FormError::UserName(NameError::Empty) => t.user_name_empty,
        FormError::UserName(NameError::TooLong) => {
            return most(t.user_name_too_long, limits::USER_NAME_CHARS);
        }
        FormError::UserName(NameError::Character) => t.user_name_character,
        FormError::UserNameTaken => t.user_name_taken,
        FormError::Password => return password(t),
        FormError::WrongCredentials => t.wrong_credentials,
        FormError::InviteCode => t.code_invite_code,
        FormError::RoomName(NameError::Empty) => t.room_name_empty,
        FormError::RoomName(NameError::TooLong) => {
            return most(t.room_name_too_long, limits::ROOM_NAME_CHARS);
        }
        FormError::RoomName(NameError::Character) => t.room_name_character,
        FormError::Server(ApiError::Refused(refusal) | ApiError::Later(refusal, _)) => {
            return code(t, refusal);
        }
        FormError::Server(ApiError::Unreachable) => t.unreachable,
        FormError::SessionEnded => t.session_ended,
        FormError::CookiesRefused => t.cookies_refused,
        FormError::VisitEnded => t.visit_ended,
    };
    text.to_owned()
}

fn password(t: &Texts) -> String {
    between(
        t.password_length,
        limits::PASSWORD_MIN_CHARS,
        limits::PASSWORD_MAX_BYTES,
    )
}

fn between(text: &str, least: usize, most: usize) -> String {
    fill(
        text,
        &[("least", &least.to_string()), ("most", &most.to_string())],
    )
}

fn most(text: &str, limit: usize) -> String {
    fill(text, &[("most", &limit.to_string())])
}
