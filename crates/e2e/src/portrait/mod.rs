//! A video for Chromium's fake camera that is nice to look at: a drawn face in front of a soft wall.
//!
//! For the screenshots in the README, where one plain colour would show nothing. Each person has their own
//! look, by the first letter of the name as in [`crate::cast`].

mod look;
mod paint;

use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::camera::ycbcr;
use crate::cast::number_of;

use look::look_of;
use paint::real;

/// Size and frame rate of a video.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Format {
    width: usize,
    height: usize,
    frames_a_second: usize,
}

impl Format {
    /// For few people in a call, in large tiles.
    pub(crate) const FULL: Self = Self {
        width: 640,
        height: 360,
        frames_a_second: 5,
    };
    /// For many on one machine: each encodes its video once per peer.
    pub(crate) const SPARING: Self = Self {
        width: 320,
        height: 180,
        frames_a_second: 2,
    };
}

/// Length of the video: the head sways once, and it repeats.
const FRAMES: usize = 10;
/// How far the head sways, relative to the height.
const SWAY: f64 = 0.006;

/// Writes a person's video as Y4M: 4:2:0, full range.
pub(crate) fn write_film(path: &Path, name: &str, format: Format) -> io::Result<()> {
    let Format { width, height, .. } = format;
    let look = look_of(number_of(name));
    let mut film = BufWriter::new(std::fs::File::create(path)?);
    writeln!(
        film,
        "YUV4MPEG2 W{width} H{height} F{}:1 Ip A1:1 C420jpeg",
        format.frames_a_second
    )?;
    for number in 0..FRAMES {
        let turn = real(number) / real(FRAMES) * std::f64::consts::TAU;
        let points = (0..width * height).map(|at| {
            // The unit is the frame's height, the origin is its centre.
            let x = (real(at % width) + 0.5 - real(width) / 2.0) / real(height);
            let y = (real(at / width) + 0.5) / real(height) - 0.5;
            ycbcr(look.colour_at(x, y, SWAY * turn.sin()))
        });
        let points: Vec<[u8; 3]> = points.collect();
        film.write_all(b"FRAME\n")?;
        film.write_all(&points.iter().map(|point| point[0]).collect::<Vec<u8>>())?;
        for channel in [1, 2] {
            // Each 2 × 2 block takes the value of its first pixel.
            let rows = points.chunks(width).step_by(2);
            let plane: Vec<u8> = rows
                .flat_map(|row| row.iter().step_by(2).map(|point| point[channel]))
                .collect();
            film.write_all(&plane)?;
        }
    }
    film.flush()
}
