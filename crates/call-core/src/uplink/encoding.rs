//! How a video is encoded for one peer: the steps between a small picture and the whole one.

use crate::{Kbps, Source};

/// Limits for the encoding of a video on one connection (W3C WebRTC §5.2.1, `RTCRtpEncodingParameters`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// Maximum number of lines, counted along the shorter side; `None` for as many as the source has.
    pub lines: Option<u32>,
    /// Maximum bitrate.
    pub rate: Kbps,
    /// Maximum number of frames per second; `None` for as many as the source has.
    pub pace: Option<u32>,
}

/// Steps for a camera, from the smallest picture up. Sizes and bitrates are those of libwebrtc's simulcast layers for
/// VP8 (`video/config/simulcast.cc`: target and maximum bitrates from 180 to 720 lines); below them is one more, at
/// which a face can still be recognized in a tile, and a gesture seen.
const CAMERA: [Encoding; 8] = [
    step(Some(90), 50, Some(10)),
    step(Some(180), 100, Some(15)),
    step(Some(180), 200, None),
    step(Some(270), 350, None),
    step(Some(360), 600, None),
    step(Some(540), 1200, None),
    step(None, 1800, None),
    step(None, 2500, None),
];

/// Steps for a screen: it is read, so frames are left out and lines are not. Text at 1080p is sharp with half of the
/// last step's bitrate, and films look good.
const SCREEN: [Encoding; 4] = [
    step(None, 150, Some(3)),
    step(None, 400, Some(8)),
    step(None, 1000, Some(15)),
    step(None, 2500, None),
];

const fn step(lines: Option<u32>, rate: u32, pace: Option<u32>) -> Encoding {
    Encoding {
        lines,
        rate: Kbps(rate),
        pace,
    }
}

/// Share of the lines of a tile that its video must have, in hundredths (chosen): no one sees the difference.
const ENOUGH: u32 = 90;

/// Lines of a tile below which the text of a shared screen cannot be read in any case (chosen).
const READABLE: u32 = 360;

/// The last step of a screen that cannot be read.
const UNREADABLE_SCREEN: usize = 1;

impl Encoding {
    /// The limits of a video that nothing reduces.
    pub const fn full(of: Video) -> Self {
        match of {
            Video::Camera => CAMERA[CAMERA.len() - 1],
            Video::Screen => SCREEN[SCREEN.len() - 1],
        }
    }
}

/// A source that is video.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Video {
    /// The camera.
    Camera,
    /// The shared screen.
    Screen,
}

impl Video {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Camera, Self::Screen];

    /// The source of the video.
    pub const fn source(self) -> Source {
        match self {
            Self::Camera => Source::Camera,
            Self::Screen => Source::Screen,
        }
    }

    /// The steps of its encoding, the smallest first.
    pub(super) const fn steps(self) -> &'static [Encoding] {
        match self {
            Self::Camera => &CAMERA,
            Self::Screen => &SCREEN,
        }
    }

    /// The step that a tile of this many lines needs.
    pub(super) fn step_for(self, lines: u32) -> usize {
        let last = self.steps().len() - 1;
        match self {
            Self::Camera => {
                let enough = |step: &&Encoding| {
                    step.lines
                        .is_none_or(|has| has >= lines.saturating_mul(ENOUGH) / 100)
                };
                let lines = self.steps().iter().find(enough).and_then(|step| step.lines);
                let same = |step: &Encoding| step.lines == lines;
                self.steps().iter().rposition(same).unwrap_or(last)
            }
            Self::Screen if lines < READABLE => UNREADABLE_SCREEN,
            Self::Screen => last,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_costs_more_than_the_one_before() {
        for video in Video::ALL {
            let steps = video.steps();
            assert!(steps.windows(2).all(|pair| pair[0].rate < pair[1].rate));
            assert!(
                steps
                    .windows(2)
                    .all(|pair| pair[0].lines.unwrap_or(u32::MAX) <= pair[1].lines.unwrap_or(u32::MAX))
            );
        }
    }

    #[test]
    fn camera_is_as_large_as_its_tile() {
        let lines = |tile| CAMERA[Video::Camera.step_for(tile)].lines;
        assert_eq!(
            [1, 100, 102, 200, 300, 302, 600, 602, 2160].map(lines),
            [
                Some(90),
                Some(90),
                Some(180),
                Some(180),
                Some(270),
                Some(360),
                Some(540),
                None,
                None
            ]
        );
        assert_eq!(Video::Camera.step_for(180), 2, "at the full rate of its size");
    }

    #[test]
    fn screen_keeps_its_lines() {
        assert!(SCREEN.iter().all(|step| step.lines.is_none()));
        assert_eq!(Video::Screen.step_for(200), UNREADABLE_SCREEN);
        assert_eq!(Video::Screen.step_for(720), SCREEN.len() - 1);
    }
}
