//! Checks of media: that video moves and audio is played, and whose they are.

use std::time::Duration;

use tokio::time::Instant;

use crate::cast::{Colour, alike, part_of};
use crate::patience::Check;
use crate::ui_element::{Name, UiElement};
use crate::witness::Sound;
use crate::{Outcome, Patience, Person, witness};

/// The roles that a tile of a call may have.
const TILE: &[&str] = &["group", "figure", "region", "article", "listitem"];
/// Frames that must follow the first one.
const MORE_FRAMES: u64 = 5;
/// Frames after which a video is as sharp as it gets.
const SETTLED_FRAMES: u64 = 20;
/// Bytes within [`HALF_A_SECOND`] that are no video: headers of packets that probe the path.
const HARDLY_ANY: u64 = 1000;
const HALF_A_SECOND: Duration = Duration::from_millis(500);
/// Largest distance of the loudest frequency from the tone, in hertz: two bins of the analysis.
const OFF_TUNE: f64 = 12.0;
/// The quietest tone that counts as heard, in dB relative to full scale.
const FAINTEST: f64 = -60.0;

/// What a person heard of another during some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListeningResult {
    /// Number of samples.
    pub moments: usize,
    /// Samples with the other's tone.
    pub heard: usize,
    /// Longest time without the tone.
    pub longest_silence: Duration,
}

/// Whether a sound is this tone, and loud enough to be heard.
fn in_tune(sound: Sound, tone: f64) -> bool {
    (sound.hertz - tone).abs() <= OFF_TUNE && sound.decibels >= FAINTEST
}

impl Person {
    /// The tile of a participant, found by their name.
    pub fn tile(&self, name: impl Into<Name>) -> UiElement<'_> {
        self.element(TILE, name).patiently(Patience::seconds(30))
    }

    /// Waits until a participant's tile plays the video of their camera: their colour, and one frame after
    /// another.
    pub async fn sees_video_of(&self, name: &str) -> Outcome {
        self.sees_video_in(&self.tile(name), name).await
    }

    /// Waits until an element plays the video of a person's camera.
    pub async fn sees_video_in(&self, tile: &UiElement<'_>, name: &str) -> Outcome {
        self.sees_film_in(tile, &format!("the camera of {name}"), part_of(name).colour)
            .await
    }

    /// Waits until an element plays moving video of one colour with a frame number.
    pub(crate) async fn sees_film_in(&self, tile: &UiElement<'_>, film: &str, wanted: Colour) -> Outcome {
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
            // A new stream in the element restarts the count.
            if picture.frames < began.frames {
                first = Some(picture);
            }
            let moves = picture.number != began.number && picture.frames >= began.frames + MORE_FRAMES;
            Ok(if moves {
                Ok(())
            } else {
                Err(format!("the video stands still: {began:?}, then {picture:?}"))
            })
        })
        .await
    }

    /// Waits until a participant's tile plays their microphone aloud: energy arrives, and the loudest
    /// frequency is their tone.
    pub async fn hears(&self, name: &str) -> Outcome {
        self.hears_in(&self.tile(name), name).await
    }

    /// Waits until an element plays a person's microphone aloud.
    pub async fn hears_in(&self, tile: &UiElement<'_>, name: &str) -> Outcome {
        self.hears_tone_in(tile, name, part_of(name).tone).await
    }

    /// Waits until an element plays a tone aloud.
    pub(crate) async fn hears_tone_in(&self, tile: &UiElement<'_>, source: &str, tone: u32) -> Outcome {
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

    /// Samples a participant's audio for a while, about every 100 ms.
    pub async fn listens_to(&self, name: &str, span: Duration) -> Outcome<ListeningResult> {
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
        Ok(ListeningResult {
            moments: moments.len(),
            heard: moments.iter().filter(|heard| **heard).count(),
            longest_silence: span / count.max(1) * longest,
        })
    }

    /// Waits until exactly `wanted` video elements of the page have displayed 20 frames or more, regardless of
    /// who is in them.
    pub async fn sees_videos(&self, wanted: u64) -> Outcome {
        let expression = format!(
            "[...document.querySelectorAll('video')].filter((video) => \
             video.getVideoPlaybackQuality().totalVideoFrames >= {SETTLED_FRAMES}).length"
        );
        self.until(&format!("{wanted} videos"), Patience::seconds(60), async || {
            let moving = self.evaluate(&expression).await?.as_u64().unwrap_or_default();
            Ok(if moving == wanted {
                Check::Found(())
            } else {
                Check::NotYet(format!("{moving} of them"))
            })
        })
        .await
    }

    /// Returns the bytes of video that have arrived so far on all connections.
    pub async fn video_bytes(&self) -> Outcome<u64> {
        let bytes = self.evaluate("confabWitness.videoBytes()").await?;
        Ok(bytes.as_u64().unwrap_or_default())
    }

    /// Waits until hardly any video arrives, less than 1 kB within half a second; returns the time that took.
    pub async fn gets_no_video(&self) -> Outcome<Duration> {
        let began = Instant::now();
        let mut last = (began, self.video_bytes().await?);
        let mut grown = 0;
        self.until("no video to arrive", Patience::seconds(20), async || {
            let (now, bytes) = (Instant::now(), self.video_bytes().await?);
            if now - last.0 >= HALF_A_SECOND {
                let (from, before) = std::mem::replace(&mut last, (now, bytes));
                grown = bytes.saturating_sub(before);
                if grown < HARDLY_ANY {
                    return Ok(Check::Found(from - began));
                }
            }
            Ok(Check::NotYet(format!("{grown} bytes in half a second")))
        })
        .await
    }

    /// Waits until a participant has no tile.
    pub async fn no_longer_sees(&self, name: &str) -> Outcome {
        self.tile(name).is_gone().await
    }
}
