//! Screen sharing: asks the browser, which lets the user choose, and stops the capture.
//!
//! As with devices, a request is never cancelled: it is awaited, and its tracks are stopped at once if they
//! are no longer wanted, so that nothing is captured unnoticed.

use std::cell::Cell;
use std::rc::Rc;

use call_core::{Event, RequestId, ScreenEvent, Source};
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    ConstrainDoubleRange, ConstrainLongRange, DisplayMediaStreamConstraints, MediaDevices, MediaStream,
    MediaStreamTrack, MediaTrackConstraints,
};

use super::browser::{self, DisplayOptions, HintedTrack, ScreenSoundConstraints};
use super::event_sink::EventSink;
use super::js_error::{JsError, resolved};
use super::local_tracks::LocalTracks;

/// Upper bounds of the video: a larger screen is scaled down, a smaller one stays as it is. Text of a full
/// screen is legible at 1080p, and every pixel is encoded once per peer in the call.
const WIDTH: i32 = 1920;
const HEIGHT: i32 = 1080;
const FRAMES_A_SECOND: f64 = 30.0;

/// Starts and stops screen sharing. Dropping it stops the capture, also one that is still awaited.
pub(super) struct Screen(Rc<Inner>);

struct Inner {
    tracks: LocalTracks,
    /// The unanswered request, if it is still wanted.
    awaited: Cell<Option<RequestId>>,
    events: EventSink,
}

impl Screen {
    pub(super) fn new(tracks: LocalTracks, events: EventSink) -> Self {
        Self(Rc::new(Inner {
            tracks,
            awaited: Cell::default(),
            events,
        }))
    }

    /// Lets the user choose a screen, and reports the result.
    pub(super) fn open(&self, request: RequestId) {
        self.0.awaited.set(Some(request));
        // Synchronously: the browser requires the user's click for it, which expires in some browsers a
        // moment later.
        let asked = ask();
        let inner = Rc::downgrade(&self.0);
        spawn_local(async move {
            let outcome = match asked {
                Ok(promise) => resolved(promise).await,
                Err(error) => Err(error),
            };
            match (inner.upgrade(), outcome) {
                (Some(inner), outcome) => inner.answered(request, outcome),
                (None, Ok(stream)) => give_back(&stream),
                (None, Err(_)) => {}
            }
        });
    }

    /// Stops sharing, and drops an unanswered request.
    pub(super) fn close(&self) {
        self.0.close();
    }
}

impl Inner {
    fn answered(self: &Rc<Self>, request: RequestId, outcome: Result<MediaStream, JsError>) {
        let wanted = self.awaited.get() == Some(request);
        if wanted {
            self.awaited.set(None);
        }
        let event = match outcome {
            Ok(stream) => {
                let sound = stream.get_audio_tracks().length() > 0;
                if wanted {
                    self.take(request, &stream);
                } else {
                    give_back(&stream);
                }
                Event::Screen {
                    request,
                    event: ScreenEvent::Opened { sound },
                }
            }
            Err(error) => {
                error.log("no screen");
                let error = error.as_screen_error();
                Event::Screen {
                    request,
                    event: ScreenEvent::Failed(error),
                }
            }
        };
        self.events.send(event);
    }

    fn take(self: &Rc<Self>, request: RequestId, stream: &MediaStream) {
        for track in tracks(&stream.get_video_tracks()) {
            // Not `text`, which may cost colours: the screen may show slides or photographs.
            hint(&track, "detail");
            let weak = Rc::downgrade(self);
            self.tracks.put(Source::Screen, track, move || {
                if let Some(inner) = weak.upgrade() {
                    inner.tracks.release(Source::ScreenSound);
                    inner.events.send(Event::Screen {
                        request,
                        event: ScreenEvent::Ended,
                    });
                }
            });
        }
        for track in tracks(&stream.get_audio_tracks()) {
            // Unprocessed, not improved for speech.
            hint(&track, "music");
            // The video track reports the end.
            self.tracks.put(Source::ScreenSound, track, || {});
        }
    }

    fn close(&self) {
        self.awaited.set(None);
        for source in Source::OF_SCREEN {
            self.tracks.release(source);
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

fn tracks(found: &Array) -> impl Iterator<Item = MediaStreamTrack> {
    found.iter().filter_map(|track| track.dyn_into().ok())
}

fn give_back(stream: &MediaStream) {
    tracks(&stream.get_tracks()).for_each(|track| track.stop());
}

/// Sets the encoder's content hint (W3C `MediaStreamTrack` Content Hints).
fn hint(track: &MediaStreamTrack, hint: &str) {
    track.unchecked_ref::<HintedTrack>().set_content_hint(hint);
}

fn ask() -> Result<Promise, JsError> {
    let devices = browser::media_devices().ok_or_else(|| JsError::missing("mediaDevices"))?;
    let options: DisplayOptions = DisplayMediaStreamConstraints::new().unchecked_into();
    options.set_video_media_track_constraints(&picture());
    options.set_audio_media_track_constraints(&sound());
    // Where the browser cannot leave this page out of the system's audio, peers would hear themselves in it.
    let restricts = knows(&devices, "restrictOwnAudio");
    options.set_system_audio(if restricts { "include" } else { "exclude" });
    options.set_surface_switching("include");
    options.set_self_browser_surface("exclude");
    Ok(devices.get_display_media_with_constraints(&options)?)
}

/// Whether the browser supports a constraint.
fn knows(devices: &MediaDevices, constraint: &str) -> bool {
    Reflect::has(&devices.get_supported_constraints(), &constraint.into()).unwrap_or(false)
}

fn picture() -> MediaTrackConstraints {
    let most = |most: i32| {
        let range = ConstrainLongRange::new();
        range.set_max(most);
        range
    };
    let rate = ConstrainDoubleRange::new();
    rate.set_max(FRAMES_A_SECOND);
    let picture = MediaTrackConstraints::new();
    picture.set_width_constrain_long_range(&most(WIDTH));
    picture.set_height_constrain_long_range(&most(HEIGHT));
    picture.set_frame_rate_constrain_double_range(&rate);
    picture
}

/// Audio as it is played, without processing for speech.
fn sound() -> ScreenSoundConstraints {
    let sound: ScreenSoundConstraints = MediaTrackConstraints::new().unchecked_into();
    sound.set_echo_cancellation_bool(false);
    sound.set_noise_suppression_bool(false);
    sound.set_auto_gain_control_bool(false);
    sound.set_restrict_own_audio(true);
    sound
}
