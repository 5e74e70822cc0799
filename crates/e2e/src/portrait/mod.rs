//! A film for Chromium's fake camera that people like to look at: a drawn face before a soft wall.
//!
//! For the pictures of the README, where a fill of one colour would say nothing. Everybody has a look of their own, by
//! the first letter of the name as in [`crate::cast`].

mod look;
mod paint;

use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::camera::ycbcr;
use crate::cast::number_of;

use look::look_of;
use paint::real;

const WIDTH: usize = 640;
const HEIGHT: usize = 360;
/// The film: a head that sways a little, and begins again.
const FRAMES: usize = 10;
/// How far the head sways, as a part of the height.
const SWAY: f64 = 0.006;

/// Writes the film of somebody as Y4M: five frames a second, 4:2:0, full range.
pub(crate) fn write_film(path: &Path, name: &str) -> io::Result<()> {
    let look = look_of(number_of(name));
    let mut film = BufWriter::new(std::fs::File::create(path)?);
    writeln!(film, "YUV4MPEG2 W{WIDTH} H{HEIGHT} F5:1 Ip A1:1 C420jpeg")?;
    for number in 0..FRAMES {
        let turn = real(number) / real(FRAMES) * std::f64::consts::TAU;
        let points = (0..WIDTH * HEIGHT).map(|at| {
            // The unit is the picture's height, the origin is its middle.
            let x = (real(at % WIDTH) + 0.5 - real(WIDTH) / 2.0) / real(HEIGHT);
            let y = (real(at / WIDTH) + 0.5) / real(HEIGHT) - 0.5;
            ycbcr(look.colour_at(x, y, SWAY * turn.sin()))
        });
        let points: Vec<[u8; 3]> = points.collect();
        film.write_all(b"FRAME\n")?;
        film.write_all(&points.iter().map(|point| point[0]).collect::<Vec<u8>>())?;
        for channel in [1, 2] {
            // One value for each square of four points: that of its first.
            let rows = points.chunks(WIDTH).step_by(2);
            let plane: Vec<u8> = rows
                .flat_map(|row| row.iter().step_by(2).map(|point| point[channel]))
                .collect();
            film.write_all(&plane)?;
        }
    }
    film.flush()
}
