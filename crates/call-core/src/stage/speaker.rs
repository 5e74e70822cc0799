//! Who speaks, from how loud everybody is: at this moment, for the marks at their tiles, and who spoke last, for the
//! large tile.
//!
//! A pure machine over levels and moments. A cough is not speech and a pause for breath is not its end, so nothing
//! flickers: to begin takes [`BEGINS`], to end [`ENDS`], and the large tile changes only when another has
//! spoken for [`TAKES_OVER`] while the one shown is silent.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{ParticipantId, UnixMillis};

use crate::tracked::Tracked;

/// From this level on it may be a voice: 40 dB below the loudest. Noise that is suppressed lies far under it.
const VOICE: f32 = 0.01;

/// Who is heard for this long speaks.
const BEGINS: Duration = Duration::from_millis(200);

/// A gap between two syllables; a longer one ends what may have been the beginning of speech.
const GAP: Duration = Duration::from_millis(300);

/// Who is not heard for this long has stopped speaking.
const ENDS: Duration = Duration::from_millis(800);

/// Who speaks for this long while the last speaker is silent is the speaker.
const TAKES_OVER: Duration = Duration::from_millis(1500);

/// The voices of all whom the user hears, and the user's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Speakers {
    voices: BTreeMap<ParticipantId, Voice>,
    sticky: Tracked<Option<ParticipantId>>,
    own: bool,
}

/// One person's voice.
#[derive(Clone, Copy, Debug, Default)]
struct Voice {
    /// Since when it is heard, gaps included.
    heard: Option<UnixMillis>,
    /// Since when it is not.
    silent: Option<UnixMillis>,
    /// Since when the person speaks.
    speaks: Option<UnixMillis>,
}

impl Speakers {
    /// Takes in who can be heard at all; what is known of the others goes.
    pub(crate) fn follow(&mut self, present: impl Fn(ParticipantId) -> bool) {
        self.voices.retain(|who, _| present(*who));
        let sticky = self.sticky.filter(|who| present(*who));
        self.sticky.put(sticky);
    }

    /// Takes in how loud each is, from 0 to 1; who is not named is silent.
    pub(crate) fn heard(&mut self, now: UnixMillis, levels: &[(ParticipantId, f32)]) {
        for (who, _) in levels {
            self.voices.entry(*who).or_default();
        }
        for (who, voice) in &mut self.voices {
            // Whoever is named twice is as loud as the louder of the two.
            let loud = levels.iter().any(|(of, level)| of == who && *level >= VOICE);
            voice.heard(now, loud);
        }
        self.choose(now);
    }

    /// How loud the user is; one look sees a whole second, so it needs no patience.
    pub(crate) fn own(&mut self, level: f32) {
        self.own = level >= VOICE;
    }

    /// Nobody is listened to for now: nobody is known to speak, and who spoke last stays.
    pub(crate) fn pause(&mut self) {
        self.voices.clear();
        self.own = false;
    }

    /// Whether somebody speaks now.
    pub(crate) fn speaks(&self, who: ParticipantId) -> bool {
        self.voices.get(&who).is_some_and(|voice| voice.speaks.is_some())
    }

    /// Whether the user speaks now.
    pub(crate) fn own_speaks(&self) -> bool {
        self.own
    }

    /// Who spoke last, at some length.
    pub(crate) fn sticky(&self) -> Option<ParticipantId> {
        *self.sticky
    }

    /// Whether that is another than when it was last asked.
    pub(crate) fn take_changed(&mut self) -> bool {
        self.sticky.take_changed()
    }

    fn choose(&mut self, now: UnixMillis) {
        let shown = self.sticky.and_then(|who| self.voices.get(&who));
        if shown.is_some_and(|shown| shown.speaks.is_some()) {
            return;
        }
        // Who is heard again is not quiet, though it may be a click and no speech.
        let quiet_since = shown.map(|shown| shown.silent.unwrap_or(now)).unwrap_or_default();
        let waited = |since: UnixMillis| now.since(since.max(quiet_since)) >= TAKES_OVER;
        // Who pauses for breath does not take over: that may be the end of what they say.
        let heard = self.voices.iter().filter(|(_, voice)| voice.silent.is_none());
        let speaking = heard.filter_map(|(who, voice)| Some((voice.speaks?, *who)));
        let longest = speaking.min().filter(|(since, _)| waited(*since));
        let sticky = longest.map(|(_, who)| who).or(*self.sticky);
        self.sticky.put(sticky);
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
