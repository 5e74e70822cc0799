//! When each video frame was displayed: how long video froze, and when it resumed.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::cast::{Colour, alike, part_of};
use crate::patience::Check;
use crate::{Outcome, Patience, Person};

/// Video is back with the first of this many frames in a row.
const ROW: usize = 5;
/// Longest time between two frames of such a row.
const APART: Duration = Duration::from_millis(500);

/// The frames of all videos that a page displayed, oldest first.
#[derive(Clone, Debug)]
pub struct FrameLog(Vec<Frame>);

#[derive(Clone, Copy, Debug)]
struct Frame {
    at: SystemTime,
    /// The element's frames so far, including those that the page was too busy to note.
    shown: u32,
    colour: Colour,
    number: u32,
    /// Pixels along its shorter side.
    lines: u32,
    /// The RTP timestamp; none for local video.
    sent: Option<u32>,
}

impl Frame {
    /// Whether it was sent before another frame. Timestamps wrap around (RFC 3550 §5.1), so the shorter way
    /// round decides.
    fn precedes(&self, other: &Self) -> Option<bool> {
        let (sent, other) = (self.sent?, other.sent?);
        Some(sent != other && other.wrapping_sub(sent) <= u32::MAX / 2)
    }
}

/// Two consecutive frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameGap {
    /// When the first of them was displayed.
    pub from: SystemTime,
    /// How long it was displayed; the mean, if the page was too busy to note frames between them.
    pub lasted: Duration,
    /// Number of frames from the first to the second: 1, or more if some between them were not noted.
    pub frames: u32,
    /// Whether the second was sent before the first; none for local video.
    pub backwards: Option<bool>,
}

impl FrameLog {
    /// Returns the gaps between frames of a person that began from `from` on and before `to`, oldest first.
    pub fn gaps(&self, name: &str, from: SystemTime, to: SystemTime) -> Vec<FrameGap> {
        let frames = self.frames_of(name);
        let gaps = frames.windows(2).filter_map(|pair| {
            let [one, next] = pair else { return None };
            let frames = next.shown.saturating_sub(one.shown).max(1);
            (one.at >= from && one.at < to).then(|| FrameGap {
                from: one.at,
                lasted: between(*one, *next) / frames,
                frames,
                backwards: next.precedes(one),
            })
        });
        gaps.collect()
    }

    /// Returns the lines of a person's smallest frame that was displayed from `from` on and before `to`.
    pub fn smallest(&self, name: &str, from: SystemTime, to: SystemTime) -> Option<u32> {
        let frames = self.frames_of(name).into_iter();
        frames
            .filter(|frame| frame.at >= from && frame.at < to)
            .map(|frame| frame.lines)
            .min()
    }

    /// Time of the first frame after which a person's video moves.
    fn back(&self, name: &str) -> Option<SystemTime> {
        let frames = self.frames_of(name);
        let moves = |row: &&[Frame]| {
            row.windows(2)
                .all(|pair| between(pair[0], pair[1]) <= APART && pair[0].number != pair[1].number)
        };
        frames.windows(ROW).find(moves).map(|row| row[0].at)
    }

    fn frames_of(&self, name: &str) -> Vec<Frame> {
        let wanted = part_of(name).colour;
        self.0
            .iter()
            .filter(|frame| alike(frame.colour, wanted))
            .copied()
            .collect()
    }
}

fn between(one: Frame, next: Frame) -> Duration {
    next.at.duration_since(one.at).unwrap_or_default()
}

impl Person {
    /// Makes this page, and later pages of the tab, record each displayed frame.
    pub async fn records_frames(&self) -> Outcome {
        self.evaluate("confabWitness.recordFrames()").await.map(drop)
    }

    /// Returns the frames that this page has recorded since then.
    pub async fn frame_log(&self, since: SystemTime) -> Outcome<FrameLog> {
        let since = since.duration_since(UNIX_EPOCH).unwrap_or_default();
        let since = since.as_secs_f64() * 1000.0;
        let frames = self.evaluate(&format!("confabWitness.frameLog({since})")).await?;
        let frames = frames.as_array().into_iter().flatten().filter_map(frame);
        Ok(FrameLog(frames.collect()))
    }

    /// Waits until a person's video moves again; returns the time from `since` to its first frame.
    pub async fn sees_again(&self, name: &str, since: SystemTime) -> Outcome<Duration> {
        self.until(
            &format!("the video of {name} to move again"),
            Patience::seconds(90),
            async || {
                let frame_log = self.frame_log(since).await?;
                Ok(match frame_log.back(name) {
                    Some(at) => Check::Found(at.duration_since(since).unwrap_or_default()),
                    None => Check::NotYet(format!("{} frames", frame_log.frames_of(name).len())),
                })
            },
        )
        .await
    }

    /// Waits until a person's video has been frozen for this long.
    pub async fn loses_sight_of(&self, name: &str, time: Duration) -> Outcome {
        let wish = format!("the video of {name} to be frozen for {time:?}");
        self.until(&wish, Patience::seconds(60), async || {
            let frame_log = self.frame_log(SystemTime::now() - time).await?;
            Ok(match frame_log.frames_of(name).len() {
                0 => Check::Found(()),
                frames => Check::NotYet(format!("{frames} frames in the last {time:?}")),
            })
        })
        .await
    }

    /// Returns the DTLS fingerprints of this page's open connections, local and remote. A connection that
    /// replaces another has different ones.
    pub async fn fingerprints(&self) -> Outcome<Vec<String>> {
        let found = self.evaluate("confabWitness.fingerprints()").await?;
        let found = found.as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(found.map(str::to_owned).collect())
    }
}

/// Parses a frame from the witness's answer.
fn frame(noted: &Value) -> Option<Frame> {
    let mut colour = Colour::default();
    for (channel, value) in colour.iter_mut().zip(noted["colour"].as_array()?) {
        *channel = u8::try_from(value.as_u64()?).ok()?;
    }
    Some(Frame {
        at: UNIX_EPOCH + Duration::from_secs_f64(noted["at"].as_f64()? / 1000.0),
        shown: u32::try_from(noted["shown"].as_u64()?).ok()?,
        colour,
        number: u32::try_from(noted["number"].as_u64()?).ok()?,
        lines: u32::try_from(noted["lines"].as_u64()?).ok()?,
        sent: match &noted["sent"] {
            Value::Null => None,
            sent => Some(u32::try_from(sent.as_u64()?).ok()?),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(sent: u32) -> Frame {
        Frame {
            at: UNIX_EPOCH,
            shown: 0,
            colour: Colour::default(),
            number: 0,
            lines: 240,
            sent: Some(sent),
        }
    }

    #[test]
    fn timestamps_order_frames_across_wraparound() {
        for (first, second) in [(0, 1), (3000, 12_000), (u32::MAX, 0), (u32::MAX - 4000, 5000)] {
            assert_eq!(
                sent(first).precedes(&sent(second)),
                Some(true),
                "{first}, {second}"
            );
            assert_eq!(
                sent(second).precedes(&sent(first)),
                Some(false),
                "{second}, {first}"
            );
        }
        assert_eq!(sent(7).precedes(&sent(7)), Some(false), "one frame, shown twice");
        let own = Frame {
            sent: None,
            ..sent(0)
        };
        assert_eq!(own.precedes(&sent(7)), None);
        assert_eq!(sent(7).precedes(&own), None);
    }
}
