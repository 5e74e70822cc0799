//! The participants of the room and of its conference.

use std::collections::BTreeSet;

use protocol::{Participant, ParticipantId, Role, UserName};

/// The participants of the room, in the order in which they joined.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roster {
    participants: Vec<Participant>,
    conference: BTreeSet<ParticipantId>,
}

impl Roster {
    /// The roster as the server sent it.
    pub(crate) fn new(participants: Vec<Participant>, conference: Vec<ParticipantId>) -> Self {
        Self {
            participants,
            conference: conference.into_iter().collect(),
        }
    }

    pub(crate) fn joined(&mut self, participant: Participant) {
        if self.name(participant.id).is_none() {
            self.participants.push(participant);
        }
    }

    pub(crate) fn get(&self, id: ParticipantId) -> Option<&Participant> {
        self.participants.iter().find(|p| p.id == id)
    }

    /// The role of a participant; the default role if unknown.
    pub(crate) fn role(&self, id: ParticipantId) -> Role {
        self.get(id)
            .map(|participant| participant.role)
            .unwrap_or_default()
    }

    /// Replaces a participant whose role or chat permission changed.
    pub(crate) fn change(&mut self, participant: Participant) {
        if let Some(known) = self.participants.iter_mut().find(|p| p.id == participant.id) {
            *known = participant;
        }
    }

    /// A participant's socket broke (`true`), or they are back.
    pub(crate) fn set_away(&mut self, id: ParticipantId, away: bool) {
        if let Some(participant) = self.participants.iter_mut().find(|p| p.id == id) {
            participant.away = away;
        }
    }

    /// Whether a participant's seat waits for its page.
    pub(crate) fn is_away(&self, id: ParticipantId) -> bool {
        self.participants.iter().any(|p| p.id == id && p.away)
    }

    pub(crate) fn left(&mut self, id: ParticipantId) {
        self.participants.retain(|p| p.id != id);
        self.conference.remove(&id);
    }

    pub(crate) fn conference_joined(&mut self, id: ParticipantId) {
        self.conference.insert(id);
    }

    pub(crate) fn conference_left(&mut self, id: ParticipantId) {
        self.conference.remove(&id);
    }

    pub(crate) fn in_conference(&self, id: ParticipantId) -> bool {
        self.conference.contains(&id)
    }

    /// Number of participants in the conference besides `you`.
    pub(crate) fn conference_others(&self, you: ParticipantId) -> usize {
        self.conference.iter().filter(|id| **id != you).count()
    }

    pub(crate) fn name(&self, id: ParticipantId) -> Option<&UserName> {
        self.participants.iter().find(|p| p.id == id).map(|p| &p.name)
    }

    /// The seat of the user with this name.
    pub(crate) fn seat_of(&self, name: &UserName) -> Option<ParticipantId> {
        self.participants.iter().find(|p| p.name == *name).map(|p| p.id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Participant> {
        self.participants.iter()
    }
}
