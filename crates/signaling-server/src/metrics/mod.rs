//! What happened, in numbers: counted where it happens, read by whoever watches the server.
//!
//! Counting waits for nothing and allocates nothing but for the first refusal of each code. No number has a name, an
//! address or a room with it: only codes and outcomes, of which there are few.

mod histogram;
mod text;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use protocol::{ErrorCode, InvitationOutcome, ServerMessage};
use registry::Output;

pub use histogram::Histogram;
pub use text::{Gauges, render};

/// Everything that is counted.
#[derive(Debug, Default)]
pub struct Metrics {
    /// How long requests over HTTP took.
    pub requests: Histogram,
    /// How long it took to decide on what a socket said, and to hand on what follows.
    pub messages: Histogram,
    /// How long password hashes took, waiting for their turn included.
    pub passwords: Histogram,
    relayed: AtomicU64,
    invitations: [AtomicU64; OUTCOMES.len()],
    refusals: Mutex<HashMap<ErrorCode, u64>>,
}

/// How an invitation may end, as the wire and the figures call it.
const OUTCOMES: [(InvitationOutcome, &str); 5] = [
    (InvitationOutcome::Accepted, "accepted"),
    (InvitationOutcome::Declined, "declined"),
    (InvitationOutcome::Cancelled, "cancelled"),
    (InvitationOutcome::TimedOut, "timed-out"),
    (InvitationOutcome::Withdrawn, "withdrawn"),
];

impl Metrics {
    /// Counts what the registry wants done.
    pub fn count(&self, output: &Output) {
        match output {
            Output::Tell { message, .. } => match message.as_ref() {
                ServerMessage::Signal { .. } => add_one(&self.relayed),
                ServerMessage::InvitationEnded { outcome, .. } => {
                    let at = OUTCOMES.iter().position(|(known, _)| known == outcome);
                    if let Some(count) = at.and_then(|at| self.invitations.get(at)) {
                        add_one(count);
                    }
                }
                ServerMessage::Error { code, .. } => self.refused(*code),
                ServerMessage::Welcome(_)
                | ServerMessage::Waiting { .. }
                | ServerMessage::Pong {}
                | ServerMessage::ParticipantJoined { .. }
                | ServerMessage::ParticipantAway { .. }
                | ServerMessage::ParticipantBack { .. }
                | ServerMessage::ParticipantLeft { .. }
                | ServerMessage::ParticipantChanged { .. }
                | ServerMessage::ParticipantMuted { .. }
                | ServerMessage::NewcomerWaiting { .. }
                | ServerMessage::NewcomerGone { .. }
                | ServerMessage::RoomChanged { .. }
                | ServerMessage::RoomAccess { .. }
                | ServerMessage::PassCreated { .. }
                | ServerMessage::Blocked { .. }
                | ServerMessage::InvitationRinging { .. }
                | ServerMessage::LinkOpened { .. }
                | ServerMessage::LinkClosed { .. }
                | ServerMessage::ConferenceJoined { .. }
                | ServerMessage::ConferenceLeft { .. }
                | ServerMessage::Chat { .. }
                | ServerMessage::History { .. }
                | ServerMessage::Bye { .. } => {}
            },
            Output::Close { code: Some(code), .. } => self.refused(*code),
            Output::Close { code: None, .. }
            | Output::Keep
            | Output::Watch { .. }
            | Output::Write(_)
            | Output::ReadHistory { .. }
            | Output::Order(_)
            | Output::EndGuest(_)
            | Output::Admit { .. } => {}
        }
    }

    /// Counts a refusal, or the end of a socket, by its code.
    pub fn refused(&self, code: ErrorCode) {
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        *refusals.entry(code).or_default() += 1;
    }
}

fn add_one(count: &AtomicU64) {
    count.fetch_add(1, Ordering::Relaxed);
}
