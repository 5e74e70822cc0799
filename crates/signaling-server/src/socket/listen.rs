//! Hearing a client: what it says goes to the hub, unless it is too much, too large, or no message at all.

use futures_util::StreamExt;
use futures_util::stream::SplitStream;
use protocol::{ClientMessage, ErrorCode, Subject, decode};
use registry::bucket::{Bucket, Rate};
use serde_json::value::RawValue;
use tokio::sync::watch;
use tokio::time::timeout;
use tungstenite::error::{CapacityError, ProtocolError};
use tungstenite::{Error, Message};

use super::Socket;
use super::frames::Violation;
use crate::http::App;
use crate::hub::Place;
use crate::pace::Pace;

/// The ears of one socket.
pub(super) struct Listener<'a> {
    app: &'a App,
    place: &'a Place,
    signals: Bucket,
    signal_bytes: Bucket,
    chat: Bucket,
    invitations: Bucket,
    others: Bucket,
    forgiven: Bucket,
}

impl<'a> Listener<'a> {
    pub fn new(app: &'a App, place: &'a Place) -> Self {
        let now = app.clock.elapsed();
        let full = |rate| Bucket::full(rate, now);
        Self {
            app,
            place,
            signals: full(app.pace.signals),
            signal_bytes: full(app.pace.signal_bytes),
            chat: full(app.pace.chat),
            invitations: full(app.pace.invitations),
            others: full(app.pace.others),
            forgiven: full(app.pace.forgiven),
        }
    }

    /// Listens until there is nothing more to hear; gives the code to close the socket with, if it is still there.
    /// Silence is borne for a shorter time in a call.
    pub async fn listen(
        &mut self,
        stream: &mut SplitStream<Socket>,
        mut in_call: watch::Receiver<bool>,
    ) -> Option<ErrorCode> {
        loop {
            let patience = self.app.pace.patience(*in_call.borrow_and_update());
            let next = tokio::select! {
                next = timeout(patience, stream.next()) => next,
                Ok(()) = in_call.changed() => continue,
            };
            let heard = match next {
                Err(_) => return Some(ErrorCode::Silent),
                Ok(Some(Ok(Message::Text(text)))) => self.hear(&text),
                Ok(Some(Ok(Message::Binary(_)))) => self.refuse(ErrorCode::MalformedMessage, None),
                // Answered by the socket itself, which costs something too.
                Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => self.count(),
                // The last is never read: it is for writing frames by hand.
                Ok(Some(Ok(Message::Close(_) | Message::Frame(_))) | None) => return None,
                Ok(Some(Err(error))) => return code_of(&error),
            };
            if let Err(code) = heard {
                return Some(code);
            }
        }
    }

    /// Handles one message; fails with the code to close the socket with.
    fn hear(&mut self, text: &str) -> Result<(), ErrorCode> {
        let message = match decode::<ClientMessage<Box<RawValue>>>(text) {
            Ok(message) => message,
            Err(code) => return self.refuse(code, None),
        };
        if let Some(to) = self.app.pace.oversized_for(&message) {
            return self.refuse(ErrorCode::MessageTooLarge, Some(Subject::Participant(to)));
        }
        let subject = match self.admit(&message, text.len()) {
            Ok(()) => {
                self.app.hub.said(self.place, message);
                return Ok(());
            }
            Err(subject) => subject,
        };
        self.too_much(subject)
    }

    /// Refuses what the hub need not see; that too may come only so often.
    fn refuse(&mut self, code: ErrorCode, subject: Option<Subject>) -> Result<(), ErrorCode> {
        if self.take_one() {
            self.app.hub.refuse(self.place, code, subject);
            return Ok(());
        }
        self.too_much(subject)
    }

    /// Counts what needs nothing more than that.
    fn count(&mut self) -> Result<(), ErrorCode> {
        if self.take_one() {
            return Ok(());
        }
        self.too_much(None)
    }

    /// Takes something of no kind of its own off its bucket, and says whether it was there.
    fn take_one(&mut self) -> bool {
        let (now, Pace { others, .. }) = (self.app.clock.elapsed(), self.app.pace);
        self.others.take(others, 1.0, now).is_ok()
    }

    /// Takes a message off its bucket, or says what it was about.
    fn admit(&mut self, message: &ClientMessage<Box<RawValue>>, bytes: usize) -> Result<(), Option<Subject>> {
        let now = self.app.clock.elapsed();
        let pace = self.app.pace;
        let one = |bucket: &mut Bucket, rate: Rate| bucket.take(rate, 1.0, now);
        match message {
            ClientMessage::Signal { to, .. } => {
                let size = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
                one(&mut self.signals, pace.signals)
                    .and_then(|()| self.signal_bytes.take(pace.signal_bytes, size, now))
                    .map_err(|_| Some(Subject::Participant(*to)))
            }
            ClientMessage::SendChat { nonce, .. } => {
                one(&mut self.chat, pace.chat).map_err(|_| Some(Subject::Nonce(nonce.clone())))
            }
            // The server writes a line to the chat for these, or may when they are accepted.
            ClientMessage::Invite { to } => one(&mut self.invitations, pace.invitations)
                .and_then(|()| one(&mut self.chat, pace.chat))
                .map_err(|_| Some(Subject::Participant(*to))),
            ClientMessage::JoinConference {}
            | ClientMessage::LeaveConference {}
            // These go to the disk, or to everybody.
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
            | ClientMessage::UnblockPerson { .. } => one(&mut self.chat, pace.chat).map_err(|_| None),
            ClientMessage::Hello(_)
            | ClientMessage::Ping {}
            | ClientMessage::Leave {}
            | ClientMessage::Closing {}
            | ClientMessage::CancelInvitation { .. }
            | ClientMessage::AcceptInvitation { .. }
            | ClientMessage::DeclineInvitation { .. }
            | ClientMessage::HangUp { .. }
            | ClientMessage::RestartLink { .. }
            | ClientMessage::FetchHistory { .. } => one(&mut self.others, pace.others).map_err(|_| None),
        }
    }

    /// Drops a message; the socket ends when that does not help.
    fn too_much(&mut self, subject: Option<Subject>) -> Result<(), ErrorCode> {
        let (now, Pace { forgiven, .. }) = (self.app.clock.elapsed(), self.app.pace);
        self.forgiven
            .take(forgiven, 1.0, now)
            .map_err(|_| ErrorCode::Flooding)?;
        self.app.hub.refuse(self.place, ErrorCode::RateLimited, subject);
        Ok(())
    }
}

/// What to say, if anything, to a client whose socket failed.
pub(super) fn code_of(error: &Error) -> Option<ErrorCode> {
    match error {
        Error::Io(error) => {
            let violation: Option<&Violation> = error.get_ref().and_then(|inner| inner.downcast_ref());
            violation.map(|violation| violation.code())
        }
        Error::Capacity(CapacityError::MessageTooLong { .. }) => Some(ErrorCode::MessageTooLarge),
        // The line was cut: nobody is there to be told.
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake)
        // A socket that is open meets none of these.
        | Error::Capacity(CapacityError::TooManyHeaders)
        | Error::ConnectionClosed
        | Error::AlreadyClosed
        | Error::Tls(_)
        | Error::WriteBufferFull(_)
        | Error::AttackAttempt
        | Error::Url(_)
        | Error::Http(_)
        | Error::HttpFormat(_) => None,
        // Frames that break RFC 6455, text that is not UTF-8.
        Error::Protocol(_) | Error::Utf8(_) => Some(ErrorCode::MalformedMessage),
    }
}
