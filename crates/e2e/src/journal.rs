//! When each frame of each video was shown: how long a picture stood still, and when it came back.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::cast::{Colour, alike, part_of};
use crate::patience::Look;
use crate::{Outcome, Patience, Person};

/// A picture is back with the first of so many frames in a row.
const ROW: usize = 5;
/// How far apart the frames of a row may be.
const APART: Duration = Duration::from_millis(500);
/// How long a picture that stands still has stood.
const STILL: Duration = Duration::from_secs(1);

/// The frames that a page showed, oldest first, whoever was in them.
#[derive(Clone, Debug)]
pub struct Journal(Vec<Frame>);

#[derive(Clone, Copy, Debug)]
struct Frame {
    at: SystemTime,
    /// Frames that were shown in its place so far, with those that the page was too busy to note.
    shown: u32,
    colour: Colour,
    number: u32,
    /// The timestamp of its RTP packets; none for a picture that no connection brought.
    sent: Option<u32>,
}

impl Frame {
    /// Whether it was sent before another one. Timestamps wrap around (RFC 3550, section 5.1), so the nearer way round decides.
    fn precedes(&self, other: &Self) -> Option<bool> {
        let (sent, other) = (self.sent?, other.sent?);
        Some(sent != other && other.wrapping_sub(sent) <= u32::MAX / 2)
    }
}

/// Two frames that followed each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// When the first of them was shown.
    pub from: SystemTime,
    /// How long it stood; the mean, if there were others between them that the page was too busy to note.
    pub lasted: Duration,
    /// How many frames later the second one was: 1, or more if there were others between them.
    pub frames: u32,
    /// Whether the second one had been sent before the first; none for a picture that no connection brought.
    pub backwards: Option<bool>,
}

impl Journal {
    /// The gaps between the frames of somebody that began in this time, oldest first.
    pub fn gaps(&self, name: &str, from: SystemTime, to: SystemTime) -> Vec<Gap> {
        let frames = self.frames_of(name);
        let gaps = frames.windows(2).filter_map(|pair| {
            let [one, next] = pair else { return None };
            let frames = next.shown.saturating_sub(one.shown).max(1);
            (one.at >= from && one.at < to).then(|| Gap {
                from: one.at,
                lasted: between(*one, *next) / frames,
                frames,
                backwards: next.precedes(one),
            })
        });
        gaps.collect()
    }

    /// The first frame of somebody after which the picture moves.
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
    /// Has the page note from now on when it shows which frame, and the pages after it as well.
    pub async fn keeps_journal(&self) -> Outcome {
        self.evaluate("confabWitness.keepJournal()").await.map(drop)
    }

    /// What this page has noted since then.
    pub async fn journal(&self, since: SystemTime) -> Outcome<Journal> {
        let since = since.duration_since(UNIX_EPOCH).unwrap_or_default();
        let since = since.as_secs_f64() * 1000.0;
        let frames = self.evaluate(&format!("confabWitness.journal({since})")).await?;
        let frames = frames.as_array().into_iter().flatten().filter_map(frame);
        Ok(Journal(frames.collect()))
    }

    /// Waits until the picture of somebody moves again, and says how long after `since` it did.
    pub async fn sees_again(&self, name: &str, since: SystemTime) -> Outcome<Duration> {
        self.until(
            &format!("the picture of {name} to move again"),
            Patience::seconds(90),
            async || {
                let journal = self.journal(since).await?;
                Ok(match journal.back(name) {
                    Some(at) => Look::Found(at.duration_since(since).unwrap_or_default()),
                    None => Look::NotYet(format!("{} frames", journal.frames_of(name).len())),
                })
            },
        )
        .await
    }

    /// Waits until the picture of somebody has stood still for a while.
    pub async fn loses_sight_of(&self, name: &str) -> Outcome {
        let wish = format!("the picture of {name} to stand still");
        self.until(&wish, Patience::seconds(30), async || {
            let journal = self.journal(SystemTime::now() - STILL).await?;
            Ok(match journal.frames_of(name).len() {
                0 => Look::Found(()),
                frames => Look::NotYet(format!("{frames} frames lately")),
            })
        })
        .await
    }

    /// The fingerprints of this page's open connections, own and peer's: a connection that takes the place of another has
    /// others.
    pub async fn fingerprints(&self) -> Outcome<Vec<String>> {
        let found = self.evaluate("confabWitness.fingerprints()").await?;
        let found = found.as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(found.map(str::to_owned).collect())
    }
}

/// A frame out of the witness's answer.
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
            sent: Some(sent),
        }
    }

    #[test]
    fn timestamps_tell_which_frame_was_sent_first_even_when_they_wrap_around() {
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
