//! Measures the microphone's level, muted or not.
//!
//! It measures a clone of the microphone's track, which is always enabled, so muting the track that is sent
//! to peers does not affect it. The clone holds the device as the track itself does: it is stopped, and the
//! audio device released, as soon as measuring stops or the track changes.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use call_core::{DeviceEvent, Event, Source};
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    AnalyserNode, AudioContext, AudioContextState, MediaStream, MediaStreamAudioSourceNode, MediaStreamTrack,
};

use super::browser;
use super::event_sink::EventSink;
use super::js_error::{JsError, settled};
use super::local_tracks::LocalTracks;
use super::ring::give_back;

/// Samples per measurement: 85 ms at 48 kHz, about a syllable. A power of two.
const SAMPLES: u16 = 4096;
/// Level in dB relative to full scale that is shown as 0: a silent room.
const SILENCE: f32 = -60.0;
/// Level in dB relative to full scale that is shown as 100: a shout.
const SHOUT: f32 = -10.0;
/// Events that browsers take for a user gesture, before which they may suspend audio.
const GESTURES: [&str; 3] = ["pointerdown", "pointerup", "keydown"];

/// Measures while it runs; dropping it releases everything.
pub(super) struct Meter {
    tracks: LocalTracks,
    events: EventSink,
    running: Option<Running>,
}

struct Running {
    _interval: Interval,
    _gestures: Vec<EventListener>,
}

impl Meter {
    pub(super) fn new(tracks: LocalTracks, events: EventSink) -> Self {
        Self {
            tracks,
            events,
            running: None,
        }
    }

    /// Reports the level at this interval from now on; `None` stops.
    pub(super) fn run(&mut self, every: Option<Duration>) {
        self.running = None;
        let Some(every) = every else { return };
        let ear = Rc::new(RefCell::new(Ear::default()));
        ear.borrow_mut().follow(&self.tracks);
        let gestures = browser::window().map(|window| {
            let wake = |gesture: &'static str| {
                let ear = Rc::clone(&ear);
                EventListener::new(&window, gesture, move |_| ear.borrow().wake())
            };
            GESTURES.into_iter().map(wake).collect()
        });
        let (tracks, events) = (self.tracks.clone(), self.events.clone());
        let millis = u32::try_from(every.as_millis()).unwrap_or(u32::MAX);
        let interval = Interval::new(millis, move || {
            ear.borrow_mut().follow(&tracks);
            let level = ear.borrow().level();
            events.send(Event::Devices(DeviceEvent::MicrophoneLevel(level)));
        });
        self.running = Some(Running {
            _interval: interval,
            _gestures: gestures.unwrap_or_default(),
        });
    }
}

/// Follows the current microphone.
#[derive(Default)]
struct Ear {
    of: Option<MediaStreamTrack>,
    hearing: Option<Hearing>,
}

impl Ear {
    /// Switches to the microphone's current track.
    fn follow(&mut self, tracks: &LocalTracks) {
        let now = tracks.get(Source::Microphone);
        if self.of == now {
            return;
        }
        // Release the previous one first.
        self.hearing = None;
        self.hearing = now.as_ref().and_then(|track| {
            let hearing = Hearing::of(track);
            hearing.map_err(|error| error.log("nothing is measured")).ok()
        });
        self.of = now;
    }

    fn wake(&self) {
        if let Some(hearing) = &self.hearing {
            hearing.wake();
        }
    }

    fn level(&self) -> u8 {
        self.hearing.as_ref().map_or(0, Hearing::level)
    }
}

/// A clone of a track, and the analyser that measures it.
struct Hearing {
    copy: MediaStreamTrack,
    context: AudioContext,
    analyser: AnalyserNode,
    _source: MediaStreamAudioSourceNode,
}

impl Hearing {
    fn of(track: &MediaStreamTrack) -> Result<Self, JsError> {
        let context = AudioContext::new()?;
        // The browser's own clone, a second live track.
        let copy = track.clone();
        copy.set_enabled(true);
        let made = connect(&context, &copy);
        match made {
            Ok((analyser, source)) => {
                let hearing = Self {
                    copy,
                    context,
                    analyser,
                    _source: source,
                };
                hearing.wake();
                Ok(hearing)
            }
            Err(thrown) => {
                copy.stop();
                give_back(&context);
                Err(thrown.into())
            }
        }
    }

    /// Resumes audio that the browser suspended until a user gesture.
    fn wake(&self) {
        if self.context.state() == AudioContextState::Suspended
            && let Ok(resumed) = self.context.resume()
        {
            spawn_local(wait_for(resumed));
        }
    }

    fn level(&self) -> u8 {
        let mut samples = [0.0; SAMPLES as usize];
        self.analyser.get_float_time_domain_data(&mut samples);
        level(&samples)
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        self.copy.stop();
        give_back(&self.context);
    }
}

fn connect(
    context: &AudioContext,
    track: &MediaStreamTrack,
) -> Result<(AnalyserNode, MediaStreamAudioSourceNode), JsValue> {
    let stream = MediaStream::new()?;
    stream.add_track(track);
    let source = context.create_media_stream_source(&stream)?;
    let analyser = context.create_analyser()?;
    analyser.set_fft_size(SAMPLES.into());
    source.connect_with_audio_node(&analyser)?;
    Ok((analyser, source))
}

async fn wait_for(resumed: Promise) {
    if let Err(error) = settled(resumed).await {
        error.log("nothing is measured yet");
    }
}

/// Converts samples to a level of 0 to 100, by their power on a logarithmic scale.
fn level(samples: &[f32; SAMPLES as usize]) -> u8 {
    let power = samples.iter().map(|sample| sample * sample).sum::<f32>() / f32::from(SAMPLES);
    let decibels = 10.0 * power.log10();
    let reached = |level: &u8| SILENCE + (SHOUT - SILENCE) * f32::from(*level) / 100.0 <= decibels;
    (1..=100).rev().find(reached).unwrap_or(0)
}
