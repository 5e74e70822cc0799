//! A short sound by the speaker that the user chose, to hear whether it works.
//!
//! It plays in an element, since elements are what voices play in, and what the choice of a speaker is for.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Promise;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AudioBufferSourceNode, AudioContext, HtmlAudioElement};

use super::js_error::{JsError, settled};
use super::ring::{Note, give_back, source_of};
use crate::platform::play_by;

/// Three notes that rise and ring together, and a moment of silence, in which the last of them leaves the element.
const CHIME: (f32, &[Note]) = (
    1.6,
    &[
        Note(0.0, 0.9, 523.3),
        Note(0.18, 0.8, 659.3),
        Note(0.36, 0.9, 784.0),
    ],
);

/// The sound of the moment, if any; dropping it makes it silent.
#[derive(Default)]
pub(super) struct TestSound(Rc<RefCell<Option<Sounding>>>);

impl TestSound {
    /// Plays it by the speaker of that id, or by the one that the system prefers.
    pub(super) fn play(&self, speaker: Option<&str>) {
        self.0.take();
        let sounding = match self.start(speaker) {
            Ok(sounding) => sounding,
            Err(error) => return error.log("no sound"),
        };
        self.0.replace(Some(sounding));
    }

    fn start(&self, speaker: Option<&str>) -> Result<Sounding, JsError> {
        let mut sounding = Sounding::new(AudioContext::new()?)?;
        let to = sounding.context.create_media_stream_destination()?;
        sounding.source.connect_with_audio_node(&to)?;
        sounding.element.set_src_object(Some(&to.stream()));
        // At once, while the browser still sees the user's click; there is silence until the source starts.
        let playing = sounding.element.play()?;
        let chosen = speaker.and_then(|id| play_by(&sounding.element, id));
        let source = sounding.source.clone();
        spawn_local(async move {
            if let Err(error) = sound(&source, chosen, playing).await {
                error.log("no sound");
            }
        });
        let over = Rc::downgrade(&self.0);
        sounding.ended = Some(EventListener::once(&sounding.source, "ended", move |_| {
            if let Some(sounding) = over.upgrade() {
                sounding.take();
            }
        }));
        Ok(sounding)
    }
}

/// Starts once the element plays by the right speaker; a speaker that is gone leaves it to the system's.
async fn sound(
    source: &AudioBufferSourceNode,
    chosen: Option<Promise>,
    playing: Promise,
) -> Result<(), JsError> {
    if let Some(chosen) = chosen
        && let Err(error) = settled(chosen).await
    {
        error.log("another speaker");
    }
    settled(playing).await?;
    Ok(source.start()?)
}

struct Sounding {
    context: AudioContext,
    source: AudioBufferSourceNode,
    element: HtmlAudioElement,
    ended: Option<EventListener>,
}

impl Sounding {
    fn new(context: AudioContext) -> Result<Self, JsError> {
        let (period, notes) = CHIME;
        let made =
            source_of(&context, period, notes).and_then(|source| Ok((source, HtmlAudioElement::new()?)));
        match made {
            Ok((source, element)) => Ok(Self {
                context,
                source,
                element,
                ended: None,
            }),
            Err(error) => {
                give_back(&context);
                Err(error)
            }
        }
    }
}

impl Drop for Sounding {
    fn drop(&mut self) {
        // It is not stopped, but cut off: that is told to nobody.
        self.ended = None;
        self.element.set_src_object(None);
        give_back(&self.context);
    }
}
