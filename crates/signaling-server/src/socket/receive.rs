//! Receives from a client: messages go to the hub, unless they are too many, too large or malformed.

use protocol::{ClientMessage, ErrorCode, Subject, decode};
use registry::bucket::{Bucket, Rate};
use serde_json::value::RawValue;
use tungstenite::error::{CapacityError, ProtocolError};
use tungstenite::{Error, Message};

use super::frames::Violation;
use crate::http::App;
use crate::hub::SocketHandle;
use crate::socket_limits::SocketLimits;

/// The receiving side of one socket, with its rate limits.
pub(super) struct Receiver<'a> {
    app: &'a App,
    handle: &'a SocketHandle,
    signals: Bucket,
    signal_bytes: Bucket,
    chat: Bucket,
    invitations: Bucket,
    others: Bucket,
    forgiven: Bucket,
}

impl<'a> Receiver<'a> {
    pub fn new(app: &'a App, handle: &'a SocketHandle) -> Self {
        let now = app.clock.elapsed();
        let full = |rate| Bucket::full(rate, now);
        Self {
            app,
            handle,
            signals: full(app.per_socket.signals),
            signal_bytes: full(app.per_socket.signal_bytes),
            chat: full(app.per_socket.chat),
            invitations: full(app.per_socket.invitations),
            others: full(app.per_socket.others),
            forgiven: full(app.per_socket.forgiven),
        }
    }

    /// Handles what was read from the socket. Fails when the socket ends, with the code to close it with, if it is
    /// still open.
    pub fn handle(&mut self, read: Option<Result<Message, Error>>) -> Result<(), Option<ErrorCode>> {
        let handled = match read {
            Some(Ok(Message::Text(text))) => self.handle_text(&text),
            Some(Ok(Message::Binary(_))) => self.refuse(ErrorCode::MalformedMessage, None),
            // The library answers pings, which costs something too.
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => self.count(),
            // `Frame` is never read: it is for writing frames by hand.
            Some(Ok(Message::Close(_) | Message::Frame(_))) | None => return Err(None),
            Some(Err(error)) => return Err(code_of(&error)),
        };
        handled.map_err(Some)
    }

    /// Handles one message. Fails with the code to close the socket with.
    fn handle_text(&mut self, text: &str) -> Result<(), ErrorCode> {
        let message = match decode::<ClientMessage<Box<RawValue>>>(text) {
            Ok(message) => message,
            Err(code) => return self.refuse(code, None),
        };
        if let Some(to) = self.app.per_socket.oversized_for(&message) {
            return self.refuse(ErrorCode::MessageTooLarge, Some(Subject::Participant(to)));
        }
        let subject = match self.admit(&message, text.len()) {
            Ok(()) => {
                self.app.hub.handle_message(self.handle, message);
                return Ok(());
            }
            Err(subject) => subject,
        };
        self.too_much(subject)
    }

    /// Refuses a message that never reaches the registry; refusals are rate-limited too.
    fn refuse(&mut self, code: ErrorCode, subject: Option<Subject>) -> Result<(), ErrorCode> {
        if self.take_one() {
            self.app.hub.refuse(self.handle, code, subject);
            return Ok(());
        }
        self.too_much(subject)
    }

    /// Counts a frame that needs no other handling.
    fn count(&mut self) -> Result<(), ErrorCode> {
        if self.take_one() {
            return Ok(());
        }
        self.too_much(None)
    }

    /// Takes a token for a message of no special kind. Returns whether there was one.
    fn take_one(&mut self) -> bool {
        let (now, SocketLimits { others, .. }) = (self.app.clock.elapsed(), self.app.per_socket);
        self.others.take(others, 1.0, now).is_ok()
    }

    /// Takes the tokens for a message. If there are too few, fails with the message's subject.
    fn admit(&mut self, message: &ClientMessage<Box<RawValue>>, bytes: usize) -> Result<(), Option<Subject>> {
        let now = self.app.clock.elapsed();
        let per_socket = self.app.per_socket;
        let one = |bucket: &mut Bucket, rate: Rate| bucket.take(rate, 1.0, now);
        match message {
            ClientMessage::Signal { to, .. } => {
                let size = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
                one(&mut self.signals, per_socket.signals)
                    .and_then(|()| self.signal_bytes.take(per_socket.signal_bytes, size, now))
                    .map_err(|_| Some(Subject::Participant(*to)))
            }
            ClientMessage::SendChat { nonce, .. } => {
                one(&mut self.chat, per_socket.chat).map_err(|_| Some(Subject::Nonce(nonce.clone())))
            }
            // The server writes a chat message for these, or may when they are accepted.
            ClientMessage::Invite { to } => one(&mut self.invitations, per_socket.invitations)
                .and_then(|()| one(&mut self.chat, per_socket.chat))
                .map_err(|_| Some(Subject::Participant(*to))),
            ClientMessage::JoinConference {}
            | ClientMessage::LeaveConference {}
            // These write to the disk, or reach everyone in the room.
            | ClientMessage::AdmitNewcomer { .. }
            | ClientMessage::RefuseNewcomer { .. }
            | ClientMessage::ChangeRoom { .. }
            | ClientMessage::FetchRoomAccess {}
            | ClientMessage::CreatePass { .. }
            | ClientMessage::RevokePass { .. }
            | ClientMessage::SetModerator { .. }
            | ClientMessage::MuteParticipant { .. }
            | ClientMessage::SilenceParticipant { .. }
            | ClientMessage::RemoveParticipant { .. }
            | ClientMessage::BanParticipant { .. }
            | ClientMessage::LiftBan { .. }
            | ClientMessage::BlockPerson { .. }
            | ClientMessage::UnblockPerson { .. } => one(&mut self.chat, per_socket.chat).map_err(|_| None),
            ClientMessage::Hello(_)
            | ClientMessage::Ping {}
            | ClientMessage::Leave {}
            | ClientMessage::Closing {}
            | ClientMessage::CancelInvitation { .. }
            | ClientMessage::AcceptInvitation { .. }
            | ClientMessage::DeclineInvitation { .. }
            | ClientMessage::HangUp { .. }
            | ClientMessage::RestartLink { .. }
            | ClientMessage::FetchHistory { .. } => one(&mut self.others, per_socket.others).map_err(|_| None),
        }
    }

    /// Drops a message. Fails once too many were dropped: the socket is closed.
    fn too_much(&mut self, subject: Option<Subject>) -> Result<(), ErrorCode> {
        let (now, SocketLimits { forgiven, .. }) = (self.app.clock.elapsed(), self.app.per_socket);
        self.forgiven
            .take(forgiven, 1.0, now)
            .map_err(|_| ErrorCode::Flooding)?;
        self.app.hub.refuse(self.handle, ErrorCode::RateLimited, subject);
        Ok(())
    }
}

/// Returns the code to send, if any, to a client whose socket failed.
pub(super) fn code_of(error: &Error) -> Option<ErrorCode> {
    match error {
        Error::Io(error) => {
            let violation: Option<&Violation> = error.get_ref().and_then(|inner| inner.downcast_ref());
            violation.map(|violation| violation.code())
        }
        Error::Capacity(CapacityError::MessageTooLong { .. }) => Some(ErrorCode::MessageTooLarge),
        // The connection was cut: there is no one to notify.
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake)
        // An open socket meets none of these.
        | Error::Capacity(CapacityError::TooManyHeaders)
        | Error::ConnectionClosed
        | Error::AlreadyClosed
        | Error::Tls(_)
        | Error::WriteBufferFull(_)
        | Error::AttackAttempt
        | Error::Url(_)
        | Error::Http(_)
        | Error::HttpFormat(_) => None,
        // Frames that break RFC 6455, and text that is not UTF-8.
        Error::Protocol(_) | Error::Utf8(_) => Some(ErrorCode::MalformedMessage),
    }
}
