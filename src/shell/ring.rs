//! The ringtone of an invitation: a short pattern that repeats until another one is ordered.
//!
//! The pattern is computed once into a buffer that the browser loops, so nothing runs here while it rings. A
//! browser that blocks audio before the user has clicked or typed in the page is silent until then; this is
//! reported, so that the user sees it.

use std::f32::consts::TAU;

use call_core::{Event, Ringing};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AudioBufferSourceNode, AudioContext, AudioContextState};

use super::browser;
use super::event_sink::EventSink;
use super::js_error::{JsError, settled};

/// Samples per second: enough for tones below 1 kHz.
const RATE: u16 = 8000;
/// Fade-in and fade-out of a note, in seconds, so that it does not click.
const SOFTEN: f32 = 0.02;
/// Peak amplitude of a note: well below a voice.
const LOUDNESS: f32 = 0.15;

/// Time in which audio should have started, in milliseconds: the audio device opens within some tenths of a
/// second.
const STARTS: u32 = 1_000;

/// One note: start and length in seconds, pitch in hertz.
pub(super) struct Note(pub(super) f32, pub(super) f32, pub(super) f32);

/// Incoming invitation: two rising pairs, every three seconds.
const INCOMING: (f32, &[Note]) = (
    3.0,
    &[
        Note(0.0, 0.18, 587.3),
        Note(0.2, 0.3, 784.0),
        Note(0.7, 0.18, 587.3),
        Note(0.9, 0.3, 784.0),
    ],
);
/// Outgoing invitation: one long low note, every four seconds.
const OUTGOING: (f32, &[Note]) = (4.0, &[Note(0.0, 1.0, 425.0)]);

/// The current tone, if any; dropping it stops the tone.
pub(super) struct Ring {
    events: EventSink,
    sounding: Option<Tone>,
}

impl Ring {
    pub(super) fn new(events: EventSink) -> Self {
        Self {
            events,
            sounding: None,
        }
    }

    /// Plays a tone in place of the current one.
    pub(super) fn sound(&mut self, ringing: Ringing) {
        self.sounding = None;
        let tone = match ringing {
            Ringing::Silent => return,
            Ringing::Incoming => Tone::start(&INCOMING, &self.events),
            Ringing::Outgoing => Tone::start(&OUTGOING, &self.events),
        };
        match tone {
            Ok(tone) => self.sounding = Some(tone),
            Err(error) => error.log("no sound"),
        }
    }
}

/// Holds the audio device while it plays, and releases it.
struct Tone {
    context: AudioContext,
    _listeners: Vec<EventListener>,
    _late: Timeout,
}

impl Tone {
    fn start((period, notes): &(f32, &[Note]), events: &EventSink) -> Result<Self, JsError> {
        let context = AudioContext::new()?;
        let tone = Self {
            _listeners: listen(&context, events),
            _late: {
                let (context, events) = (context.clone(), events.clone());
                Timeout::new(STARTS, move || events.send(Event::RingMuted(is_silent(&context))))
            },
            context,
        };
        let source = source_of(&tone.context, *period, notes)?;
        source.set_loop(true);
        source.connect_with_audio_node(&tone.context.destination())?;
        source.start()?;
        Ok(tone)
    }
}

impl Drop for Tone {
    fn drop(&mut self) {
        give_back(&self.context);
    }
}

fn is_silent(context: &AudioContext) -> bool {
    context.state() != AudioContextState::Running
}

/// Resumes audio at the first click or key press, which browsers wait for (HTML, "activation triggering input
/// event"), and reports when it plays.
fn listen(context: &AudioContext, events: &EventSink) -> Vec<EventListener> {
    let (heard, events) = (context.clone(), events.clone());
    let changed = EventListener::new(context, "statechange", move |_| {
        if !is_silent(&heard) {
            events.send(Event::RingMuted(false));
        }
    });
    let mut listeners = vec![changed];
    if let Ok(window) = browser::window() {
        for gesture in ["pointerup", "keydown"] {
            let context = context.clone();
            listeners.push(EventListener::new(&window, gesture, move |_| resume(&context)));
        }
    }
    listeners
}

fn resume(context: &AudioContext) {
    if !is_silent(context) {
        return;
    }
    // If refused, it stays silent until the next gesture.
    if let Ok(resumed) = context.resume() {
        spawn_local(async move {
            if let Err(error) = settled(resumed).await {
                error.log("the tone stays silent");
            }
        });
    }
}

/// Releases the audio device.
pub(super) fn give_back(context: &AudioContext) {
    if let Ok(closed) = context.close() {
        spawn_local(async move {
            if let Err(error) = settled(closed).await {
                error.log("audio device not released");
            }
        });
    }
}

/// A source that plays notes once, for `period` seconds.
pub(super) fn source_of(
    context: &AudioContext,
    period: f32,
    notes: &[Note],
) -> Result<AudioBufferSourceNode, JsError> {
    let source = context.create_buffer_source()?;
    let samples = pattern(period, notes);
    let length = u32::try_from(samples.len()).unwrap_or(u32::MAX);
    let buffer = context.create_buffer(1, length, f32::from(RATE))?;
    buffer.copy_to_channel(&samples, 0)?;
    source.set_buffer(Some(&buffer));
    Ok(source)
}

fn pattern(period: f32, notes: &[Note]) -> Vec<f32> {
    let rate = f32::from(RATE);
    let mut samples = Vec::new();
    let mut at = 0.0;
    while at < period {
        samples.push(notes.iter().map(|note| note.level(at)).sum());
        at += 1.0 / rate;
    }
    samples
}

impl Note {
    fn level(&self, at: f32) -> f32 {
        let Self(begin, length, pitch) = self;
        let since = at - begin;
        let soft = (since.min(length - since) / SOFTEN).clamp(0.0, 1.0);
        LOUDNESS * soft * (TAU * pitch * since).sin()
    }
}
