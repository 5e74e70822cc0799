//! Metrics: counted where things happen, read by monitoring.
//!
//! Counting waits for nothing longer than another count. No metric names a user, an address or a room: labels
//! are codes and outcomes, of which there are few.

mod render;

use std::fmt;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use protocol::{ErrorCode, InvitationOutcome, ServerMessage};
use registry::Output;

pub use render::{CONTENT_TYPE, Gauges, render};

/// All counters and histograms.
#[derive(Debug, Default)]
pub struct Metrics {
    /// How long HTTP requests took.
    pub requests: Durations,
    /// How long it took to handle a message from a socket, with the outputs that follow.
    pub messages: Durations,
    /// How long password hashes took, including their wait in the queue.
    pub passwords: Durations,
    relayed: Counter,
    invitations: Family<Ended, Counter>,
    refusals: Family<Refusal, Counter>,
}

/// The labels of ended invitations.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    outcome: Outcome,
}

/// Formatted only when the metrics are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Outcome(InvitationOutcome);

/// The labels of refusals.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refusal {
    code: Code,
}

/// Formatted as on the wire, only when the metrics are read: a client may be refused often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Code(ErrorCode);

impl EncodeLabelValue for Outcome {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> fmt::Result {
        let word = match self.0 {
            InvitationOutcome::Accepted => "accepted",
            InvitationOutcome::Declined => "declined",
            InvitationOutcome::Cancelled => "cancelled",
            InvitationOutcome::TimedOut => "timed-out",
            InvitationOutcome::Withdrawn => "withdrawn",
        };
        word.encode(encoder)
    }
}

impl EncodeLabelValue for Code {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> fmt::Result {
        self.0.as_str().encode(encoder)
    }
}

/// A histogram of durations.
#[derive(Clone, Debug)]
pub struct Durations(Histogram);

/// Upper bounds of the buckets, in seconds: from what a message takes to when a person would give up.
const BOUNDS: [f64; 13] = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0,
];

impl Default for Durations {
    fn default() -> Self {
        Self(Histogram::new(BOUNDS))
    }
}

impl Durations {
    /// Counts one duration.
    pub fn observe(&self, took: Duration) {
        self.0.observe(took.as_secs_f64());
    }
}

impl Metrics {
    /// Counts an output of the registry.
    pub fn count(&self, output: &Output) {
        match output {
            Output::Send { message, .. } => match message.as_ref() {
                ServerMessage::Signal { .. } => {
                    self.relayed.inc();
                }
                ServerMessage::InvitationEnded { outcome, .. } => {
                    let outcome = Outcome(*outcome);
                    self.invitations.get_or_create(&Ended { outcome }).inc();
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
            | Output::Persist
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
        let code = Code(code);
        self.refusals.get_or_create(&Refusal { code }).inc();
    }
}
