//! A recording of what the user's devices give, to be played back to the user alone.
//!
//! It stays in this page: it is an object URL, which goes with the next recording, or when the recorder is dropped.

use std::cell::RefCell;
use std::rc::Rc;

use call_core::{Event, LabEvent, RequestId, Source};
use gloo_events::EventListener;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobEvent, BlobPropertyBag, MediaRecorder, MediaStream, Url};

use super::js_error::JsError;
use super::local_tracks::LocalTracks;
use super::report::Report;

/// Records; dropping it ends the recording and gives it back.
pub(super) struct Recorder {
    tracks: LocalTracks,
    report: Report,
    running: Option<Running>,
    made: Rc<RefCell<Option<Made>>>,
}

/// A recording under way.
struct Running {
    recorder: MediaRecorder,
    _listeners: [EventListener; 2],
}

impl Drop for Running {
    fn drop(&mut self) {
        // Fails only when it has stopped by itself. Nobody listens any more.
        let _ = self.recorder.stop();
    }
}

/// A recording that can be played.
struct Made(String);

impl Drop for Made {
    fn drop(&mut self) {
        // An object URL of this page is always one that can be given back.
        let _ = Url::revoke_object_url(&self.0);
    }
}

impl Recorder {
    pub(super) fn new(tracks: LocalTracks, report: Report) -> Self {
        Self {
            tracks,
            report,
            running: None,
            made: Rc::default(),
        }
    }

    /// Begins to record what the devices give now.
    pub(super) fn start(&mut self, request: RequestId) {
        self.give_back();
        match self.record(request) {
            Ok(running) => self.running = Some(running),
            Err(error) => {
                error.log("no recording");
                self.report
                    .send(Event::Lab(LabEvent::Recorded { request, url: None }));
            }
        }
    }

    /// Ends the recording; it is reported when it can be played.
    pub(super) fn stop(&self) {
        if let Some(running) = &self.running
            && let Err(error) = running.recorder.stop()
        {
            JsError::from(error).log("the recorder had stopped");
        }
    }

    /// Forgets the recording.
    pub(super) fn give_back(&mut self) {
        self.running = None;
        self.made.take();
    }

    fn record(&self, request: RequestId) -> Result<Running, JsError> {
        let stream = MediaStream::new()?;
        for source in [Source::Camera, Source::Microphone] {
            if let Some(track) = self.tracks.get(source) {
                stream.add_track(&track);
            }
        }
        // Throws where there is no such class: older browsers, and some of phones.
        let recorder = MediaRecorder::new_with_media_stream(&stream)?;
        let parts = Rc::new(RefCell::new(Vec::<Blob>::new()));
        let gathered = Rc::clone(&parts);
        let listeners = [
            EventListener::new(&recorder, "dataavailable", move |event| {
                if let Some(part) = event.dyn_ref::<BlobEvent>().and_then(BlobEvent::data) {
                    gathered.borrow_mut().push(part);
                }
            }),
            {
                let (report, made) = (self.report.clone(), Rc::clone(&self.made));
                let kind = recorder.clone();
                EventListener::new(&recorder, "stop", move |_| {
                    let url = playable(&parts.borrow(), &kind.mime_type());
                    let url = url.map_err(|error| error.log("no recording")).ok();
                    made.replace(url.clone().map(Made));
                    report.send(Event::Lab(LabEvent::Recorded { request, url }));
                })
            },
        ];
        recorder.start()?;
        Ok(Running {
            recorder,
            _listeners: listeners,
        })
    }
}

fn playable(parts: &[Blob], kind: &str) -> Result<String, JsError> {
    if parts.iter().all(|part| part.size() == 0.0) {
        return Err(JsError::missing("a recording"));
    }
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts: Array = parts.iter().collect();
    let whole = Blob::new_with_blob_sequence_and_options(&parts, &options)?;
    Ok(Url::create_object_url_with_blob(&whole)?)
}
