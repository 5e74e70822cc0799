//! The sound of an invitation: a short pattern that repeats until another is ordered.
//!
//! The pattern is computed once into a buffer that the browser repeats by itself, so nothing runs here while it
//! rings. A browser that lets no sound out before the user has clicked or typed in the page is silent until then; it is
//! reported, so that the user knows.

use std::f32::consts::TAU;

use call_core::{Event, Ringing};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AudioBufferSourceNode, AudioContext, AudioContextState};

use super::browser;
use super::js_error::{JsError, settled};
use super::report::Report;

/// Samples a second: enough for tones below 1 kHz.
const RATE: u16 = 8000;
/// A note's rise and fall, in seconds, so that it does not click.
const SOFTEN: f32 = 0.02;
/// Well below what a voice has.
const LOUDNESS: f32 = 0.15;

/// How long a browser that lets sound out may take to begin (milliseconds): the audio device opens within some tenths of
/// a second.
const STARTS: u32 = 1_000;

/// One note: when it begins, how long it sounds (seconds), and its pitch (hertz).
pub(super) struct Note(pub(super) f32, pub(super) f32, pub(super) f32);

/// Somebody asks: two rising pairs, every three seconds.
const INCOMING: (f32, &[Note]) = (
    3.0,
    &[
        Note(0.0, 0.18, 587.3),
        Note(0.2, 0.3, 784.0),
        Note(0.7, 0.18, 587.3),
        Note(0.9, 0.3, 784.0),
    ],
);
/// Somebody is asked: one long low note, every four seconds.
const OUTGOING: (f32, &[Note]) = (4.0, &[Note(0.0, 1.0, 425.0)]);

/// The tone that sounds, if any; dropping it makes it silent.
pub(super) struct Ring {
    report: Report,
    sounding: Option<Tone>,
}

impl Ring {
    pub(super) fn new(report: Report) -> Self {
        Self {
            report,
            sounding: None,
        }
    }

    /// Sounds a tone in place of the one that sounds.
    pub(super) fn sound(&mut self, ringing: Ringing) {
        self.sounding = None;
        let tone = match ringing {
            Ringing::Silent => return,
            Ringing::Incoming => Tone::start(&INCOMING, &self.report),
            Ringing::Outgoing => Tone::start(&OUTGOING, &self.report),
        };
        match tone {
            Ok(tone) => self.sounding = Some(tone),
            Err(error) => error.log("no sound"),
        }
    }
}

/// Holds the audio device while it sounds, and gives it back.
struct Tone {
    context: AudioContext,
    _listeners: Vec<EventListener>,
    _late: Timeout,
}

impl Tone {
    fn start((period, notes): &(f32, &[Note]), report: &Report) -> Result<Self, JsError> {
        let context = AudioContext::new()?;
        let tone = Self {
            _listeners: listen(&context, report),
            _late: {
                let (context, report) = (context.clone(), report.clone());
                Timeout::new(STARTS, move || report.send(Event::RingMuted(is_silent(&context))))
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

/// Lets the sound out with the first click or key, which is what browsers wait for (HTML, "activation triggering input
/// event"), and reports when it is out.
fn listen(context: &AudioContext, report: &Report) -> Vec<EventListener> {
    let (heard, report) = (context.clone(), report.clone());
    let changed = EventListener::new(context, "statechange", move |_| {
        if !is_silent(&heard) {
            report.send(Event::RingMuted(false));
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
    // Refused, it stays silent, and the next gesture tries again.
    if let Ok(resumed) = context.resume() {
        spawn_local(async move {
            if let Err(error) = settled(resumed).await {
                error.log("the tone stays silent");
            }
        });
    }
}

/// Gives the audio device back.
pub(super) fn give_back(context: &AudioContext) {
    if let Ok(closed) = context.close() {
        spawn_local(async move {
            if let Err(error) = settled(closed).await {
                error.log("the audio device is not given back");
            }
        });
    }
}

/// What plays notes once, for so many seconds.
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
