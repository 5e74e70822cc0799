//! Who is speaking now, as each person's page tells it, for the marks on the tiles; and the last speaker, for the large
//! tile.
//!
//! A pure machine over what is told and moments. The last speaker changes only when another has spoken for
//! [`TAKES_OVER`] while the present one is silent.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{ParticipantId, UnixMillis};

use crate::tracked::Tracked;

/// Time of speech after which a person becomes the last speaker, while the present one is silent (chosen). That the
/// present one fell silent is told 0.8 s later (`voice.rs`).
const TAKES_OVER: Duration = Duration::from_secs(1);

/// The peers who are speaking, and the last speaker.
#[derive(Clone, Debug, Default)]
pub(crate) struct Speakers {
    /// Who is speaking, and since when.
    speaking: BTreeMap<ParticipantId, UnixMillis>,
    last_speaker: Tracked<Option<ParticipantId>>,
    /// When the last speaker fell silent.
    quiet_since: UnixMillis,
}

impl Speakers {
    /// Handles who is present, and whether they are speaking; forgets all others.
    pub(crate) fn follow(&mut self, now: UnixMillis, present: &[(ParticipantId, bool)]) {
        let speaks = |who: ParticipantId| present.contains(&(who, true));
        let quiet = self.last_speaker.filter(|who| self.speaks(*who) && !speaks(*who));
        if quiet.is_some() {
            self.quiet_since = now;
        }
        self.speaking.retain(|who, _| speaks(*who));
        for (who, _) in present.iter().filter(|(_, speaks)| *speaks) {
            self.speaking.entry(*who).or_insert(now);
        }
        let is_present = |who: &ParticipantId| present.iter().any(|(of, _)| of == who);
        let last_speaker = self.last_speaker.filter(is_present);
        let next = self.next().filter(|(_, at)| *at <= now).map(|(who, _)| who);
        self.last_speaker.put(next.or(last_speaker));
    }

    /// The moment at which the last speaker changes if all go on as they are.
    pub(crate) fn changes_at(&self) -> Option<UnixMillis> {
        self.next().map(|(_, at)| at)
    }

    /// Whether a person is speaking now.
    pub(crate) fn speaks(&self, who: ParticipantId) -> bool {
        self.speaking.contains_key(&who)
    }

    /// The last speaker.
    pub(crate) fn last_speaker(&self) -> Option<ParticipantId> {
        *self.last_speaker
    }

    /// Whether the last speaker changed since the previous call.
    pub(crate) fn take_changed(&mut self) -> bool {
        self.last_speaker.take_changed()
    }

    /// Who takes over, and when: of all who speak, the one who began first. Nobody while the last speaker speaks.
    fn next(&self) -> Option<(ParticipantId, UnixMillis)> {
        if self.last_speaker.is_some_and(|who| self.speaks(who)) {
            return None;
        }
        let first = self.speaking.iter().map(|(who, since)| (*since, *who)).min();
        first.map(|(since, who)| (who, since.max(self.quiet_since).after(TAKES_OVER)))
    }
}

#[cfg(test)]
mod tests;
