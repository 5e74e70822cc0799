//! Records the user's devices, to be played back to that user alone.
//!
//! The recording stays in this page: it is an object URL, revoked by the next recording or when the recorder
//! is dropped.

use std::cell::RefCell;
use std::rc::Rc;

use call_core::{Event, LabEvent, RequestId, Source};
use gloo_events::EventListener;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobEvent, BlobPropertyBag, MediaRecorder, MediaStream, Url};

use super::event_sink::EventSink;
use super::js_error::JsError;
use super::local_tracks::LocalTracks;

/// Records; dropping it ends the recording and revokes it.
pub(super) struct Recorder {
    tracks: LocalTracks,
    events: EventSink,
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
        // Fails only if it has stopped by itself; no listener is left when it stops.
        let _ = self.recorder.stop();
    }
}

/// A recording that can be played, by its object URL.
struct Made(String);

impl Drop for Made {
    fn drop(&mut self) {
        // Cannot fail for an object URL of this page.
        let _ = Url::revoke_object_url(&self.0);
    }
}

impl Recorder {
    pub(super) fn new(tracks: LocalTracks, events: EventSink) -> Self {
        Self {
            tracks,
            events,
            running: None,
            made: Rc::default(),
        }
    }

    /// Starts recording the devices' current tracks.
    pub(super) fn start(&mut self, request: RequestId) {
        self.give_back();
        match self.record(request) {
            Ok(running) => self.running = Some(running),
            Err(error) => {
                error.log("no recording");
                self.events
                    .send(Event::Lab(LabEvent::Recorded { request, url: None }));
            }
        }
    }

    /// Ends the recording; it is reported once it can be played.
    pub(super) fn stop(&self) {
        if let Some(running) = &self.running
            && let Err(error) = running.recorder.stop()
        {
            JsError::from(error).log("the recorder had stopped already");
        }
    }

    /// Discards the recording.
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
        // Throws where the class is missing: in older browsers, and some on phones.
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
                let (events, made) = (self.events.clone(), Rc::clone(&self.made));
                let kind = recorder.clone();
                EventListener::new(&recorder, "stop", move |_| {
                    let url = playable(&parts.borrow(), &kind.mime_type());
                    let url = url.map_err(|error| error.log("no recording")).ok();
                    made.replace(url.clone().map(Made));
                    events.send(Event::Lab(LabEvent::Recorded { request, url }));
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
