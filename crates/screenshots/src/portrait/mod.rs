//! A video for Chromium's fake camera that is nice to look at: a drawn face in front of a soft wall.
//!
//! For the screenshots in the README, where one plain colour would show nothing. Each person has their own
//! look, by the first letter of the name as in e2e's `cast`.

mod look;
mod paint;

use e2e::{number_of, ycbcr};

use look::look_of;
use paint::real;

/// Size and frame rate of a video.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    width: usize,
    height: usize,
    frames_a_second: usize,
}

impl Format {
    /// For few people in a call, in large tiles.
    pub const FULL: Self = Self {
        width: 640,
        height: 360,
        frames_a_second: 5,
    };
    /// For many on one machine: each encodes its video once per peer.
    pub const SPARING: Self = Self {
        width: 320,
        height: 180,
        frames_a_second: 2,
    };
}

/// Length of the video: the head sways once, and it repeats.
const FRAMES: usize = 10;
/// How far the head sways, relative to the height.
const SWAY: f64 = 0.006;

/// Paints a person's video as Y4M: 4:2:0, full range.
pub fn film(name: &str, format: Format) -> Vec<u8> {
    let Format { width, height, .. } = format;
    let look = look_of(number_of(name));
    let rate = format.frames_a_second;
    let mut film = format!("YUV4MPEG2 W{width} H{height} F{rate}:1 Ip A1:1 C420jpeg\n").into_bytes();
    for number in 0..FRAMES {
        let turn = real(number) / real(FRAMES) * std::f64::consts::TAU;
        let points = (0..width * height).map(|at| {
            // The unit is the frame's height, the origin is its centre.
            let x = (real(at % width) + 0.5 - real(width) / 2.0) / real(height);
            let y = (real(at / width) + 0.5) / real(height) - 0.5;
            ycbcr(look.colour_at(x, y, SWAY * turn.sin()))
        });
        let points: Vec<[u8; 3]> = points.collect();
        film.extend(b"FRAME\n");
        film.extend(points.iter().map(|point| point[0]));
        for channel in [1, 2] {
            // Each 2 × 2 block takes the value of its first pixel.
            let rows = points.chunks(width).step_by(2);
            film.extend(rows.flat_map(|row| row.iter().step_by(2).map(|point| point[channel])));
        }
    }
    film
}
