//! A short sound through the user's speaker, to test it.
//!
//! It plays in a media element, as remote audio does, since the speaker is chosen per element.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Promise;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AudioBufferSourceNode, AudioContext, HtmlAudioElement};

use super::js_error::{JsError, settled};
use super::ring::{Note, give_back, source_of};
use crate::platform::play_by;

/// Three rising notes that overlap, and a moment of silence, in which the last of them leaves the element.
const CHIME: (f32, &[Note]) = (
    1.6,
    &[
        Note(0.0, 0.9, 523.3),
        Note(0.18, 0.8, 659.3),
        Note(0.36, 0.9, 784.0),
    ],
);

/// The test sound that is playing, if any; dropping it stops the sound.
#[derive(Default)]
pub(super) struct TestSound(Rc<RefCell<Option<Sounding>>>);

impl TestSound {
    /// Plays the sound through the speaker with this id, or through the system default.
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
        // Synchronously, while the browser still counts the user's click; there is silence until the source
        // starts.
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

/// Starts once the element plays through the right speaker; if that speaker is gone, it plays through the
/// current one.
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
        // The sound is cut off, which must not be reported as its end.
        self.ended = None;
        self.element.set_src_object(None);
        give_back(&self.context);
    }
}
