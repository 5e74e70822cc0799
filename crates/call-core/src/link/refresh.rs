//! Rate limit for a peer's refresh requests (key frame, track replacement).

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{Refresh, Source, UnixMillis};

/// Minimum time between two granted requests of one kind about one source. A key frame is some ten times as large as
/// other frames, so more of them would take bandwidth from all peers. Our client asks once per kind and stall
/// (`stall.rs`), 2 s apart; a page that was busy receives both kinds at once, and must grant the second as well.
const PAUSE: Duration = Duration::from_secs(1);

/// When a request of each source and kind was last granted to a peer.
#[derive(Clone, Debug, Default)]
pub(super) struct Refreshes(BTreeMap<(Source, Refresh), UnixMillis>);

impl Refreshes {
    /// Returns whether to grant a request, and notes the time if so.
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
    fn second_kind_is_granted_right_after_the_first() {
        let mut refreshes = Refreshes::default();
        assert!(refreshes.admit(UnixMillis(5_000), CAMERA, Refresh::KeyFrame));
        assert!(refreshes.admit(UnixMillis(5_001), CAMERA, Refresh::Track));
        assert!(
            !refreshes.admit(UnixMillis(5_002), CAMERA, Refresh::Track),
            "again"
        );
    }

    #[test]
    fn audio_has_no_key_frames() {
        let mut refreshes = Refreshes::default();
        assert!(!refreshes.admit(UnixMillis(0), Source::Microphone, Refresh::KeyFrame));
        assert!(refreshes.admit(UnixMillis(0), Source::Microphone, Refresh::Track));
    }
}
