//! How large a page shows the videos of a peer.

use protocol::{ParticipantId, Signal};

use super::encoding::Video;
use crate::TileKey;
use crate::layout::Rect;

/// Lines are told in multiples of this, rounded up, so that not every change of a window's size is told (chosen).
const GRAIN: f64 = 30.0;

/// More lines than any video has: a limit that is none.
const WHOLE: u32 = 4320;

/// Share of the width of a tile that its video has in lines: videos are wide, most of them 16:9.
const LINES_OF_WIDTH: f64 = 9.0 / 16.0;

/// Lines at which the videos of a peer are shown, in device pixels along the shorter side; 0 for one that is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) camera: u32,
    pub(crate) screen: u32,
}

impl Default for Shown {
    /// Whole, as long as nothing else was told.
    fn default() -> Self {
        Self {
            camera: WHOLE,
            screen: WHOLE,
        }
    }
}

impl From<Shown> for Signal {
    fn from(Shown { camera, screen }: Shown) -> Self {
        Self::Shown { camera, screen }
    }
}

impl Shown {
    /// How a page with these tiles shows the videos of a peer.
    pub(super) fn on_page(places: &[(TileKey, Rect)], density: f64, peer: ParticipantId) -> Self {
        let lines = |key| {
            let place = places.iter().find(|(of, _)| *of == key);
            place.map_or(0, |(_, rect)| lines(*rect, density))
        };
        Self {
            camera: lines(TileKey::Face(peer)),
            screen: lines(TileKey::Screen(peer)),
        }
    }

    /// The lines of one of the videos.
    pub(super) fn lines(self, video: Video) -> u32 {
        match video {
            Video::Camera => self.camera,
            Video::Screen => self.screen,
        }
    }
}

/// The lines of a video that fills a tile.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates, and there are at most `WHOLE` lines"
)]
fn lines(rect: Rect, density: f64) -> u32 {
    let lines = rect.height.max(rect.width * LINES_OF_WIDTH) * density;
    (((lines / GRAIN).ceil() * GRAIN) as u32).min(WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(width: f64, height: f64, density: f64) -> Shown {
        let rect = Rect {
            width,
            height,
            ..Rect::default()
        };
        let peer = ParticipantId(3);
        Shown::on_page(
            &[(TileKey::Own, rect), (TileKey::Face(peer), rect)],
            density,
            peer,
        )
    }

    #[test]
    fn tile_is_told_in_device_pixels() {
        assert_eq!(
            shown(320.0, 180.0, 1.0),
            Shown {
                camera: 180,
                screen: 0
            }
        );
        assert_eq!(shown(320.0, 180.0, 1.5).camera, 270);
        assert_eq!(
            shown(321.0, 150.0, 1.0).camera,
            210,
            "a wide video in a tile that it fills"
        );
    }

    #[test]
    fn tile_without_a_size_is_not_shown() {
        assert_eq!(shown(0.0, 0.0, 2.0), Shown { camera: 0, screen: 0 });
        assert_eq!(shown(f64::NAN, f64::NAN, 2.0).camera, 0);
        assert_eq!(shown(1e9, 1e9, 2.0).camera, WHOLE);
    }
}
