//! A video for Chromium's fake camera: one colour, with the frame number in the corner.
//!
//! The frame number is drawn in the upper left corner as five squares, most significant bit first, white for
//! 1 and black for 0. The witness in the page reads it back, so a test can tell frozen video from moving
//! video.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::cast::Colour;

/// In pixels; small, so that two cores can handle many cameras.
const WIDTH: usize = 320;
const HEIGHT: usize = 240;
/// As many frames as the bits can count; then the video repeats.
const FRAMES: usize = 1 << BITS;
const BITS: usize = 5;
/// Side of one square of the frame number, in pixels; witness.js assumes a tenth of the width.
const SQUARE: usize = WIDTH / 10;

/// First row of the noise of a busy film: below the colour that a test looks at.
const NOISE_FROM: usize = HEIGHT * 5 / 8;

/// Writes the video as Y4M: 10 frames per second, 4:2:0, full range. A busy one has noise in it, which takes as much
/// bandwidth as the encoder may use.
pub(crate) fn write_film(path: &Path, colour: Colour, busy: bool) -> io::Result<()> {
    let mut film = BufWriter::new(std::fs::File::create(path)?);
    writeln!(film, "YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg")?;
    let [luma, blue, red] = ycbcr(colour);
    let mut noise = fastrand::Rng::with_seed(1);
    for number in 0..FRAMES {
        let mut lumas = vec![luma; WIDTH * HEIGHT];
        if busy {
            noise.fill(&mut lumas[NOISE_FROM * WIDTH..]);
        }
        let mut blues = vec![blue; WIDTH * HEIGHT / 4];
        let mut reds = vec![red; WIDTH * HEIGHT / 4];
        for bit in 0..BITS {
            let white = number >> (BITS - 1 - bit) & 1 == 1;
            paint(
                &mut lumas,
                WIDTH,
                bit * SQUARE,
                SQUARE,
                if white { 255 } else { 0 },
            );
            paint(&mut blues, WIDTH / 2, bit * SQUARE / 2, SQUARE / 2, 128);
            paint(&mut reds, WIDTH / 2, bit * SQUARE / 2, SQUARE / 2, 128);
        }
        film.write_all(b"FRAME\n")?;
        film.write_all(&lumas)?;
        film.write_all(&blues)?;
        film.write_all(&reds)?;
    }
    film.flush()
}

/// Fills a square at the upper edge of a plane; all lengths in samples.
fn paint(plane: &mut [u8], width: usize, left: usize, side: usize, value: u8) {
    for row in plane.chunks_mut(width).take(side) {
        row[left..left + side].fill(value);
    }
}

/// Converts a colour to the full-range luma and chroma of JPEG (ITU-T T.871, clause 7).
pub fn ycbcr([red, green, blue]: Colour) -> [u8; 3] {
    let [red, green, blue] = [red, green, blue].map(f64::from);
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float to u8 cast saturates"
    )]
    [luma, 128.0 + (blue - luma) / 1.772, 128.0 + (red - luma) / 1.402].map(|channel| channel.round() as u8)
}
