//! Speech detection from audio levels: who is speaking now, for the marks on the tiles, and the last speaker,
//! for the large tile.
//!
//! A pure machine over levels and moments. A cough is not speech and a pause for breath does not end it, so
//! nothing flickers: speech begins after [`BEGINS`] and ends after [`ENDS`], and the last speaker changes
//! only when another has spoken for [`TAKES_OVER`] while the present one is silent.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{ParticipantId, UnixMillis};

use crate::tracked::Tracked;

/// Linear level from which audio may be a voice: 40 dB below full scale. Suppressed noise is far below.
const VOICE: f32 = 0.01;

/// Time of voice after which a person is speaking (chosen).
const BEGINS: Duration = Duration::from_millis(200);

/// Longest gap between two syllables at the beginning of speech; a longer one resets it (chosen).
const GAP: Duration = Duration::from_millis(300);

/// Time of silence after which a person has stopped speaking (chosen).
const ENDS: Duration = Duration::from_millis(800);

/// Time of speech after which a person becomes the last speaker, while the present one is silent (chosen).
const TAKES_OVER: Duration = Duration::from_millis(1500);

/// The voices of all peers, and the user's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Speakers {
    voices: BTreeMap<ParticipantId, Voice>,
    last_speaker: Tracked<Option<ParticipantId>>,
    own: bool,
}

/// The voice of one person.
#[derive(Clone, Copy, Debug, Default)]
struct Voice {
    /// Start of the voice, gaps included.
    heard: Option<UnixMillis>,
    /// Start of the present silence.
    silent: Option<UnixMillis>,
    /// Start of speech.
    speaks: Option<UnixMillis>,
}

impl Speakers {
    /// Handles who is present, and forgets all others.
    pub(crate) fn follow(&mut self, present: impl Fn(ParticipantId) -> bool) {
        self.voices.retain(|who, _| present(*who));
        let last_speaker = self.last_speaker.filter(|who| present(*who));
        self.last_speaker.put(last_speaker);
    }

    /// Handles levels, linear from 0 to 1; a person without one is silent.
    pub(crate) fn heard(&mut self, now: UnixMillis, levels: &[(ParticipantId, f32)]) {
        for (who, _) in levels {
            self.voices.entry(*who).or_default();
        }
        for (who, voice) in &mut self.voices {
            // A person with two levels counts with the louder one.
            let loud = levels.iter().any(|(of, level)| of == who && *level >= VOICE);
            voice.heard(now, loud);
        }
        self.choose(now);
    }

    /// Handles the user's own level. It is an average over a whole second, so it needs no hysteresis.
    pub(crate) fn own(&mut self, level: f32) {
        self.own = level >= VOICE;
    }

    /// Measurements stop: no one counts as speaking, and the last speaker stays.
    pub(crate) fn pause(&mut self) {
        self.voices.clear();
        self.own = false;
    }

    /// Whether a person is speaking now.
    pub(crate) fn speaks(&self, who: ParticipantId) -> bool {
        self.voices.get(&who).is_some_and(|voice| voice.speaks.is_some())
    }

    /// Whether the user is speaking now.
    pub(crate) fn own_speaks(&self) -> bool {
        self.own
    }

    /// The last speaker.
    pub(crate) fn last_speaker(&self) -> Option<ParticipantId> {
        *self.last_speaker
    }

    /// Whether the last speaker changed since the previous call.
    pub(crate) fn take_changed(&mut self) -> bool {
        self.last_speaker.take_changed()
    }

    fn choose(&mut self, now: UnixMillis) {
        let shown = self.last_speaker.and_then(|who| self.voices.get(&who));
        if shown.is_some_and(|shown| shown.speaks.is_some()) {
            return;
        }
        // Any sound resets the silence of the present speaker, though it may be a click and no speech.
        let quiet_since = shown.map(|shown| shown.silent.unwrap_or(now)).unwrap_or_default();
        let waited = |since: UnixMillis| now.since(since.max(quiet_since)) >= TAKES_OVER;
        // A person in a pause does not take over: it may be the end of their speech.
        let heard = self.voices.iter().filter(|(_, voice)| voice.silent.is_none());
        let speaking = heard.filter_map(|(who, voice)| Some((voice.speaks?, *who)));
        let longest = speaking.min().filter(|(since, _)| waited(*since));
        let last_speaker = longest.map(|(_, who)| who).or(*self.last_speaker);
        self.last_speaker.put(last_speaker);
    }
}

impl Voice {
    fn heard(&mut self, now: UnixMillis, loud: bool) {
        if loud {
            self.silent = None;
            let since = *self.heard.get_or_insert(now);
            if self.speaks.is_none() && now.since(since) >= BEGINS {
                self.speaks = Some(now);
            }
            return;
        }
        let silence = now.since(*self.silent.get_or_insert(now));
        if self.speaks.is_none() && silence >= GAP {
            self.heard = None;
        }
        if self.speaks.is_some() && silence >= ENDS {
            *self = Self {
                silent: self.silent,
                ..Self::default()
            };
        }
    }
}

#[cfg(test)]
mod tests;
