//! "Check my set-up": devices on and off, a recording of a few seconds, and what is to be said of each part.

use std::time::Duration;

use super::verdict::{Facts, Verdict, verdicts};
use crate::turn::Turn;
use crate::{Capabilities, LabOrder, MediaView, RequestId, Timer};

/// Long enough to say a sentence, short enough to be heard again.
const LONGEST: Duration = Duration::from_secs(10);

/// What is tried out.
#[derive(Clone, Debug, Default)]
pub(crate) struct SetUp {
    capabilities: Option<Capabilities>,
    recording: RecordingState,
    /// The loudest that the microphone was since it is on, and how often it was measured.
    loudest: u8,
    measures: u32,
    /// The test sound was played, and whether the user heard it.
    played: bool,
    heard: Option<bool>,
}

/// A recording of the user's own picture and sound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RecordingState {
    /// There is none.
    #[default]
    None,
    /// It is being made.
    Running(RequestId),
    /// The recorder was stopped, and the recording is awaited.
    Finishing(RequestId),
    /// It can be played.
    Done {
        /// Where: an object URL of this page, until the next recording.
        url: String,
    },
    /// The browser cannot record, or lost it.
    Failed,
}

/// What is shown of the set-up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetUpView {
    /// Whether devices are on, or on their way.
    pub capturing: bool,
    /// The recording.
    pub recording: RecordingState,
    /// Whether the user was asked to say if the test sound was heard.
    pub ask_heard: bool,
    /// One for each part, always in the same order.
    pub verdicts: Vec<Verdict>,
}

impl SetUp {
    /// The browser told what it can do.
    pub(crate) fn know(&mut self, capabilities: Capabilities) {
        self.capabilities = Some(capabilities);
    }

    /// Devices go on: what was heard of the microphone before says nothing any more.
    pub(crate) fn begin(&mut self) {
        self.loudest = 0;
        self.measures = 0;
    }

    /// The microphone was so loud.
    pub(crate) fn measured(&mut self, level: u8) {
        self.loudest = self.loudest.max(level);
        self.measures = self.measures.saturating_add(1);
    }

    /// The test sound plays; the answer to whether it was heard is awaited anew.
    pub(crate) fn played(&mut self) {
        self.played = true;
        self.heard = None;
    }

    /// The user heard it, or not.
    pub(crate) fn heard(&mut self, heard: bool) {
        self.heard = Some(heard).filter(|_| self.played);
    }

    /// Records what the devices give; the recording before goes.
    pub(crate) fn record(&mut self, turn: &mut Turn) {
        if self.under_way().is_some() {
            return;
        }
        let request = turn.request();
        self.recording = RecordingState::Running(request);
        turn.order(LabOrder::Record(request));
        turn.start(Timer::Recording, LONGEST);
    }

    /// Ends the recording; it can be played when the browser has made it ready.
    pub(crate) fn stop_recording(&mut self, turn: &mut Turn) {
        if let RecordingState::Running(request) = self.recording {
            self.recording = RecordingState::Finishing(request);
            turn.stop(Timer::Recording);
            turn.order(LabOrder::StopRecording);
        }
    }

    /// The recording is there, or is not to be had.
    pub(crate) fn recorded(&mut self, turn: &mut Turn, request: RequestId, url: Option<String>) {
        if self.under_way() == Some(request) {
            self.recording = url.map_or(RecordingState::Failed, |url| RecordingState::Done { url });
            turn.stop(Timer::Recording);
        }
    }

    /// The page is left: nothing of it stays.
    pub(crate) fn close(&mut self, turn: &mut Turn) {
        if std::mem::take(self).recording != RecordingState::None {
            turn.stop(Timer::Recording);
            turn.order(LabOrder::DropRecording);
        }
    }

    /// The recording that is being made, or made ready.
    fn under_way(&self) -> Option<RequestId> {
        match self.recording {
            RecordingState::Running(request) | RecordingState::Finishing(request) => Some(request),
            RecordingState::None | RecordingState::Done { .. } | RecordingState::Failed => None,
        }
    }

    /// What is shown, with the devices as they are.
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
    fn a_recording_is_made_once_at_a_time_and_played_when_it_is_ready() {
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
    fn a_recording_that_comes_too_late_is_not_taken_for_the_next() {
        let mut lab = SetUp::default();
        record(&mut lab, FIRST);
        close(&mut lab);
        record(&mut lab, SECOND);
        assert_eq!(recorded(&mut lab, FIRST, Some("blob:1")), []);
        assert_eq!(lab.recording, RecordingState::Running(SECOND));
    }

    #[test]
    fn a_recorder_that_ends_by_itself_leaves_what_it_has_and_a_browser_without_one_says_so() {
        let mut lab = SetUp::default();
        record(&mut lab, FIRST);
        recorded(&mut lab, FIRST, Some("blob:1"));
        assert_eq!(lab.recording, done("blob:1"));
        record(&mut lab, SECOND);
        recorded(&mut lab, SECOND, None);
        assert_eq!(lab.recording, RecordingState::Failed);
    }

    #[test]
    fn leaving_gives_the_recording_back() {
        let mut lab = SetUp::default();
        assert_eq!(close(&mut lab), [], "there is nothing to give back");
        record(&mut lab, FIRST);
        assert!(close(&mut lab).contains(&Effect::Lab(LabOrder::DropRecording)));
        assert_eq!(lab.recording, RecordingState::None);
    }

    #[test]
    fn whether_the_sound_was_heard_is_asked_each_time_it_plays() {
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
