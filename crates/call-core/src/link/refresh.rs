//! What a peer may ask of the user's senders: often enough to be mended, and no more.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{Refresh, Source, UnixMillis};

/// The least time between two requests that are met, of one kind about one source. A key frame is some ten times as large as other frames, so a
/// peer that asked for more would take bandwidth from everybody. An honest one asks for each kind once in a stall (`stall.rs`), 2 s apart; a page
/// that was busy sees both at once, and must not miss the second.
const PAUSE: Duration = Duration::from_secs(1);

/// When each thing was done for a peer last.
#[derive(Clone, Debug, Default)]
pub(super) struct Refreshes(BTreeMap<(Source, Refresh), UnixMillis>);

impl Refreshes {
    /// Whether a request is met.
    pub(super) fn admit(&mut self, now: UnixMillis, source: Source, how: Refresh) -> bool {
        let makes_sense = match how {
            Refresh::KeyFrame => !source.is_sound(),
            Refresh::Track => true,
        };
        let recent = self.0.get(&(source, how)).is_some_and(|met| {
            now.0
                .checked_sub(met.0)
                .is_some_and(|millis| Duration::from_millis(millis) < PAUSE)
        });
        let met = makes_sense && !recent;
        if met {
            self.0.insert((source, how), now);
        }
        met
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAMERA: Source = Source::Camera;

    #[test]
    fn each_source_is_refreshed_once_a_second_at_most() {
        let mut refreshes = Refreshes::default();
        let mut ask = |millis, source| refreshes.admit(UnixMillis(millis), source, Refresh::Track);
        assert!(ask(5_000, CAMERA));
        assert!(!ask(5_999, CAMERA));
        assert!(ask(5_999, Source::Microphone), "another source");
        assert!(ask(6_000, CAMERA));
        assert!(ask(1_000, CAMERA), "the clock was set back");
    }

    #[test]
    fn next_step_is_met_though_the_one_before_came_late() {
        let mut refreshes = Refreshes::default();
        assert!(refreshes.admit(UnixMillis(5_000), CAMERA, Refresh::KeyFrame));
        assert!(refreshes.admit(UnixMillis(5_001), CAMERA, Refresh::Track));
        assert!(
            !refreshes.admit(UnixMillis(5_002), CAMERA, Refresh::Track),
            "again"
        );
    }

    #[test]
    fn sound_has_no_key_frames() {
        let mut refreshes = Refreshes::default();
        assert!(!refreshes.admit(UnixMillis(0), Source::Microphone, Refresh::KeyFrame));
        assert!(refreshes.admit(UnixMillis(0), Source::Microphone, Refresh::Track));
    }
}
