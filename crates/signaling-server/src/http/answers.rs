//! JSON responses, including refusals.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use protocol::ErrorCode;
use protocol::http::Refusal;
use serde::Serialize;

use crate::accounts::Refused;

/// A response with a JSON body.
#[derive(Debug)]
pub struct Answer<T>(pub StatusCode, pub T);

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response<Body> {
        let Self(status, body) = self;
        match serde_json::to_string(&body) {
            Ok(text) => {
                let headers = [
                    (header::CONTENT_TYPE, "application/json"),
                    (header::CACHE_CONTROL, "no-store"),
                ];
                (status, headers, text).into_response()
            }
            Err(error) => {
                tracing::error!(%error, "cannot serialize a response");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response<Body> {
        let mut response = Answer(status(self.code), Refusal { code: self.code }).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.code == ErrorCode::NotSignedIn {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        // For the metrics.
        response.extensions_mut().insert(self.code);
        response
    }
}

/// Returns the HTTP status for an error code.
fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::InvalidUserName
        | ErrorCode::InvalidPassword
        | ErrorCode::InvalidRoomName
        | ErrorCode::MalformedRequest => StatusCode::BAD_REQUEST,
        ErrorCode::UserNameTaken | ErrorCode::AnotherUser => StatusCode::CONFLICT,
        ErrorCode::WrongCredentials | ErrorCode::NotSignedIn => StatusCode::UNAUTHORIZED,
        ErrorCode::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::OriginNotAllowed
        | ErrorCode::AccountDisabled
        | ErrorCode::RegistrationClosed
        | ErrorCode::InvalidInviteCode
        | ErrorCode::GuestsNotAdmitted
        | ErrorCode::Banned
        | ErrorCode::NotAllowed => StatusCode::FORBIDDEN,
        ErrorCode::ServerBusy | ErrorCode::ShuttingDown => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Internal
        // These are sent over the socket only.
        | ErrorCode::UnsupportedVersion
        | ErrorCode::HelloExpected
        | ErrorCode::SeatOccupied
        | ErrorCode::RoomFull
        | ErrorCode::RoomLocked
        | ErrorCode::RoomPasswordRequired
        | ErrorCode::WrongRoomPassword
        | ErrorCode::EntryRefused
        | ErrorCode::AlreadyGreeted
        | ErrorCode::UnknownMessage
        | ErrorCode::MalformedMessage
        | ErrorCode::RateLimited
        | ErrorCode::UnknownParticipant
        | ErrorCode::NotYourself
        | ErrorCode::AlreadyInvited
        | ErrorCode::AlreadyLinked
        | ErrorCode::TooManyInvitations
        | ErrorCode::TooManyLinks
        | ErrorCode::UnknownInvitation
        | ErrorCode::NotLinked
        | ErrorCode::ConferenceFull
        | ErrorCode::AlreadyInConference
        | ErrorCode::NotInConference
        | ErrorCode::ChatEmpty
        | ErrorCode::ChatTooLong
        | ErrorCode::NotAdmitted
        | ErrorCode::Silenced
        | ErrorCode::InvitationNotTaken
        | ErrorCode::DeclinedTooOften
        | ErrorCode::InvalidRoomPassword
        | ErrorCode::OutOfBounds
        | ErrorCode::TooManyKept
        | ErrorCode::MessageTooLarge
        | ErrorCode::SeatTakenOver
        | ErrorCode::Removed
        | ErrorCode::SessionEnded
        | ErrorCode::TooSlow
        | ErrorCode::Silent
        | ErrorCode::Flooding => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
