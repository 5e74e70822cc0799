//! Seeing and hearing each other: that pictures move and are whose they should be, that sound is played and whose it is.

use std::time::Duration;

use crate::cast::{Colour, alike, part_of};
use crate::patience::Look;
use crate::thing::{Name, Thing};
use crate::witness::Sound;
use crate::{Outcome, Patience, Person, witness};

/// The roles that a tile of the call may have.
const TILE: &[&str] = &["group", "figure", "region", "article", "listitem"];
/// Frames that must follow the first one.
const MORE_FRAMES: u64 = 5;
/// Frames after which a picture is as sharp as it gets.
const SETTLED_FRAMES: u64 = 20;
/// How far the loudest frequency may be from the tone, in hertz: two steps of the analysis.
const OFF_TUNE: f64 = 12.0;
/// The quietest tone that counts as heard, in dB below full scale.
const FAINTEST: f64 = -60.0;

/// What somebody heard of another in a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Moments at which they listened.
    pub moments: usize,
    /// Those at which the tone was there.
    pub heard: usize,
    /// The longest time without it.
    pub longest_silence: Duration,
}

/// Whether a sound is this tone, loud enough to be heard.
fn in_tune(sound: Sound, tone: f64) -> bool {
    (sound.hertz - tone).abs() <= OFF_TUNE && sound.decibels >= FAINTEST
}

impl Person {
    /// The tile that shows a participant, named after them.
    pub fn tile(&self, name: impl Into<Name>) -> Thing<'_> {
        self.thing(TILE, name).patiently(Patience::seconds(30))
    }

    /// Waits until the tile of a participant plays what their camera delivers: their colour, and one frame after another.
    pub async fn sees_video_of(&self, name: &str) -> Outcome {
        self.sees_video_in(&self.tile(name), name).await
    }

    /// Waits until a thing on the page plays what the camera of somebody delivers.
    pub async fn sees_video_in(&self, tile: &Thing<'_>, name: &str) -> Outcome {
        self.sees_film_in(tile, &format!("the camera of {name}"), part_of(name).colour)
            .await
    }

    /// Waits until a thing on the page plays a film of one colour with a running number.
    pub(crate) async fn sees_film_in(&self, tile: &Thing<'_>, film: &str, wanted: Colour) -> Outcome {
        let mut first = None;
        tile.until(&format!("show {film}"), async || {
            let answer = match tile.ask("return confabWitness.picture(this)").await? {
                Ok(answer) => answer,
                Err(seen) => return Ok(Err(seen)),
            };
            let picture = match witness::picture(&answer) {
                Ok(picture) => picture,
                Err(trouble) => return Ok(Err(trouble)),
            };
            if !alike(picture.colour, wanted) {
                first = None;
                return Ok(Err(format!("the colour is {:?}, not {wanted:?}", picture.colour)));
            }
            let began = *first.get_or_insert(picture);
            // A new stream in the element counts from the beginning again.
            if picture.frames < began.frames {
                first = Some(picture);
            }
            let moves = picture.number != began.number && picture.frames >= began.frames + MORE_FRAMES;
            Ok(if moves {
                Ok(())
            } else {
                Err(format!("the picture stands still: {began:?}, then {picture:?}"))
            })
        })
        .await
    }

    /// Waits until the tile of a participant plays aloud what their microphone delivers: energy arrives, and the loudest
    /// frequency is their tone.
    pub async fn hears(&self, name: &str) -> Outcome {
        self.hears_in(&self.tile(name), name).await
    }

    /// Waits until a thing on the page plays aloud what the microphone of somebody delivers.
    pub async fn hears_in(&self, tile: &Thing<'_>, name: &str) -> Outcome {
        self.hears_tone_in(tile, name, part_of(name).tone).await
    }

    /// Waits until a thing on the page plays a tone aloud.
    pub(crate) async fn hears_tone_in(&self, tile: &Thing<'_>, source: &str, tone: u32) -> Outcome {
        let tone = f64::from(tone);
        let mut first = None;
        tile.until(&format!("sound like {source}"), async || {
            let answer = match tile.ask("return confabWitness.sound(this)").await? {
                Ok(answer) => answer,
                Err(seen) => return Ok(Err(seen)),
            };
            let sound = match witness::sound(&answer) {
                Ok(sound) => sound,
                Err(trouble) => return Ok(Err(trouble)),
            };
            let began = *first.get_or_insert(sound);
            let heard = sound.energy > began.energy && in_tune(sound, tone);
            Ok(if heard {
                Ok(())
            } else {
                Err(format!("not a tone of {tone} Hz: {began:?}, then {sound:?}"))
            })
        })
        .await
    }

    /// Listens to somebody for a while.
    pub async fn listens_to(&self, name: &str, span: Duration) -> Outcome<Heard> {
        let script = format!("return confabWitness.listens(this, {})", span.as_millis());
        let tile = self.tile(name);
        let wish = format!("be listened to for {} s", span.as_secs());
        let answers = tile.until(&wish, async || tile.ask(&script).await).await?;
        let answers = answers.as_array().cloned().unwrap_or_default();
        let is_tone =
            |moment| witness::sound(moment).is_ok_and(|sound| in_tune(sound, part_of(name).tone.into()));
        let moments: Vec<bool> = answers.iter().map(is_tone).collect();
        let silences = moments.split(|heard| *heard).map(<[bool]>::len);
        let longest = u32::try_from(silences.max().unwrap_or_default()).unwrap_or(u32::MAX);
        let count = u32::try_from(moments.len()).unwrap_or(u32::MAX);
        Ok(Heard {
            moments: moments.len(),
            heard: moments.iter().filter(|heard| **heard).count(),
            longest_silence: span / count.max(1) * longest,
        })
    }

    /// Waits until so many video elements of the page have each displayed a good number of frames, whoever is in them.
    pub async fn sees_pictures(&self, wanted: u64) -> Outcome {
        let expression = format!(
            "[...document.querySelectorAll('video')].filter((video) => \
             video.getVideoPlaybackQuality().totalVideoFrames >= {SETTLED_FRAMES}).length"
        );
        self.until(&format!("{wanted} pictures"), Patience::seconds(60), async || {
            let moving = self.evaluate(&expression).await?.as_u64().unwrap_or_default();
            Ok(if moving == wanted {
                Look::Found(())
            } else {
                Look::NotYet(format!("{moving} of them"))
            })
        })
        .await
    }

    /// Waits until there is no tile of a participant.
    pub async fn no_longer_sees(&self, name: &str) -> Outcome {
        self.tile(name).is_gone().await
    }
}
