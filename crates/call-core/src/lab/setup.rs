//! The device test: devices on and off, a short recording, and a verdict on each part.

use std::time::Duration;

use super::verdict::{Facts, Verdict, verdicts};
use crate::turn::Turn;
use crate::{Capabilities, LabOrder, MediaView, RequestId, Timer};

/// Longest recording (chosen): long enough to say a sentence, short enough to listen to.
const LONGEST: Duration = Duration::from_secs(10);

/// State of the device test.
#[derive(Clone, Debug, Default)]
pub(crate) struct SetUp {
    capabilities: Option<Capabilities>,
    recording: RecordingState,
    /// Highest microphone level since the capture began, 0 to 100, and the number of measurements.
    loudest: u8,
    measures: u32,
    /// Whether the test sound was played, and whether the user heard it.
    played: bool,
    heard: Option<bool>,
}

/// A recording of the user's own video and audio.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RecordingState {
    /// No recording.
    #[default]
    None,
    /// Recording.
    Running(RequestId),
    /// The recorder was stopped and the result is pending.
    Finishing(RequestId),
    /// Ready to play.
    Done {
        /// Object URL of this page, valid until the next recording.
        url: String,
    },
    /// The browser cannot record, or lost the recording.
    Failed,
}

/// The device test as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetUpView {
    /// Whether a device is on or starting.
    pub capturing: bool,
    /// State of the recording.
    pub recording: RecordingState,
    /// Whether to ask the user if they heard the test sound.
    pub ask_heard: bool,
    /// One verdict per part, always in the same order.
    pub verdicts: Vec<Verdict>,
}

impl SetUp {
    /// Handles the features of the browser.
    pub(crate) fn know(&mut self, capabilities: Capabilities) {
        self.capabilities = Some(capabilities);
    }

    /// Forgets earlier microphone levels: a capture begins.
    pub(crate) fn begin(&mut self) {
        self.loudest = 0;
        self.measures = 0;
    }

    /// Handles a microphone level, 0 to 100.
    pub(crate) fn measured(&mut self, level: u8) {
        self.loudest = self.loudest.max(level);
        self.measures = self.measures.saturating_add(1);
    }

    /// Notes that the test sound plays, and forgets the previous answer.
    pub(crate) fn played(&mut self) {
        self.played = true;
        self.heard = None;
    }

    /// Handles whether the user heard the test sound; ignored if it was not played.
    pub(crate) fn heard(&mut self, heard: bool) {
        self.heard = Some(heard).filter(|_| self.played);
    }

    /// Starts a recording, which replaces the previous one; does nothing while one is under way.
    pub(crate) fn record(&mut self, turn: &mut Turn) {
        if self.under_way().is_some() {
            return;
        }
        let request = turn.request();
        self.recording = RecordingState::Running(request);
        turn.order(LabOrder::Record(request));
        turn.start(Timer::Recording, LONGEST);
    }

    /// Stops the recording; the browser then delivers it by [`Self::recorded`].
    pub(crate) fn stop_recording(&mut self, turn: &mut Turn) {
        if let RecordingState::Running(request) = self.recording {
            self.recording = RecordingState::Finishing(request);
            turn.stop(Timer::Recording);
            turn.order(LabOrder::StopRecording);
        }
    }

    /// Handles the finished recording; `None` if it failed.
    pub(crate) fn recorded(&mut self, turn: &mut Turn, request: RequestId, url: Option<String>) {
        if self.under_way() == Some(request) {
            self.recording = url.map_or(RecordingState::Failed, |url| RecordingState::Done { url });
            turn.stop(Timer::Recording);
        }
    }

    /// Resets the test and drops the recording.
    pub(crate) fn close(&mut self, turn: &mut Turn) {
        if std::mem::take(self).recording != RecordingState::None {
            turn.stop(Timer::Recording);
            turn.order(LabOrder::DropRecording);
        }
    }

    /// Request of the recording that is running or being finished.
    fn under_way(&self) -> Option<RequestId> {
        match self.recording {
            RecordingState::Running(request) | RecordingState::Finishing(request) => Some(request),
            RecordingState::None | RecordingState::Done { .. } | RecordingState::Failed => None,
        }
    }

    /// The view, given the state of the devices.
    pub(crate) fn view(&self, media: &MediaView) -> SetUpView {
        let facts = Facts {
            capabilities: self.capabilities,
            camera: media.camera,
            microphone: media.microphone,
            open: &media.open,
            muted_by_system: &media.muted_by_system,
            loudest: self.loudest,
            measures: self.measures,
            played: self.played,
            heard: self.heard,
        };
        SetUpView {
            capturing: [media.camera, media.microphone]
                .iter()
                .any(|device| device.is_used()),
            recording: self.recording.clone(),
            ask_heard: self.played && self.heard.is_none(),
            verdicts: verdicts(&facts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Effect;
    use crate::turn::tests::ordered;

    const FIRST: RequestId = RequestId(1);
    const SECOND: RequestId = RequestId(2);

    fn record(lab: &mut SetUp, request: RequestId) -> Vec<Effect> {
        ordered(Turn::numbered(request), |turn| lab.record(turn))
    }

    fn stop(lab: &mut SetUp) -> Vec<Effect> {
        ordered(Turn::default(), |turn| lab.stop_recording(turn))
    }

    fn recorded(lab: &mut SetUp, request: RequestId, url: Option<&str>) -> Vec<Effect> {
        ordered(Turn::default(), |turn| {
            lab.recorded(turn, request, url.map(str::to_owned));
        })
    }

    fn close(lab: &mut SetUp) -> Vec<Effect> {
        ordered(Turn::default(), |turn| lab.close(turn))
    }

    fn done(url: &str) -> RecordingState {
        RecordingState::Done { url: url.to_owned() }
    }

    #[test]
    fn one_recording_at_a_time() {
        let mut lab = SetUp::default();
        assert_eq!(record(&mut lab, FIRST)[0], Effect::Lab(LabOrder::Record(FIRST)));
        assert_eq!(record(&mut lab, SECOND), [], "one at a time");
        assert!(stop(&mut lab).contains(&Effect::Lab(LabOrder::StopRecording)));
        assert_eq!(stop(&mut lab), [], "once");
        assert_eq!(record(&mut lab, SECOND), [], "not before the first is ready");
        recorded(&mut lab, FIRST, Some("blob:1"));
        assert_eq!(lab.recording, done("blob:1"));
        assert_eq!(record(&mut lab, SECOND)[0], Effect::Lab(LabOrder::Record(SECOND)));
    }

    #[test]
    fn late_recording_is_ignored() {
        let mut lab = SetUp::default();
        record(&mut lab, FIRST);
        close(&mut lab);
        record(&mut lab, SECOND);
        assert_eq!(recorded(&mut lab, FIRST, Some("blob:1")), []);
        assert_eq!(lab.recording, RecordingState::Running(SECOND));
    }

    #[test]
    fn recorder_that_stops_by_itself_succeeds_or_fails() {
        let mut lab = SetUp::default();
        record(&mut lab, FIRST);
        recorded(&mut lab, FIRST, Some("blob:1"));
        assert_eq!(lab.recording, done("blob:1"));
        record(&mut lab, SECOND);
        recorded(&mut lab, SECOND, None);
        assert_eq!(lab.recording, RecordingState::Failed);
    }

    #[test]
    fn leaving_drops_the_recording() {
        let mut lab = SetUp::default();
        assert_eq!(close(&mut lab), [], "nothing to release");
        record(&mut lab, FIRST);
        assert!(close(&mut lab).contains(&Effect::Lab(LabOrder::DropRecording)));
        assert_eq!(lab.recording, RecordingState::None);
    }

    #[test]
    fn each_test_sound_asks_whether_it_was_heard() {
        let mut lab = SetUp::default();
        let asks = |lab: &SetUp| lab.view(&MediaView::default()).ask_heard;
        lab.heard(true);
        assert!(!asks(&lab) && lab.heard.is_none(), "nothing was played");
        lab.played();
        assert!(asks(&lab));
        lab.heard(true);
        assert!(!asks(&lab));
        lab.played();
        assert!(asks(&lab));
    }
}
