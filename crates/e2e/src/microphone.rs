//! A recording for Chromium's fake microphone: one endless pure tone.

use std::io::{self, BufWriter, Write};
use std::path::Path;

const SAMPLES_A_SECOND: u32 = 48_000;
const BYTES_A_SAMPLE: u32 = 2;
/// A third of full scale: loud enough to measure, far from clipping.
const AMPLITUDE: f64 = 10_000.0;

/// Writes one second of the tone as a WAV file: mono, 16 bits, 48 kHz. A whole number of hertz makes the loop
/// seamless.
pub(crate) fn write_tone(path: &Path, hertz: u32) -> io::Result<()> {
    let bytes = SAMPLES_A_SECOND * BYTES_A_SAMPLE;
    let mut wav = BufWriter::new(std::fs::File::create(path)?);
    wav.write_all(b"RIFF")?;
    wav.write_all(&(36 + bytes).to_le_bytes())?;
    wav.write_all(b"WAVEfmt ")?;
    wav.write_all(&16_u32.to_le_bytes())?;
    // PCM, one channel.
    wav.write_all(&1_u16.to_le_bytes())?;
    wav.write_all(&1_u16.to_le_bytes())?;
    wav.write_all(&SAMPLES_A_SECOND.to_le_bytes())?;
    wav.write_all(&bytes.to_le_bytes())?;
    // Bytes per sample of all channels, then bits per sample of one.
    wav.write_all(&2_u16.to_le_bytes())?;
    wav.write_all(&16_u16.to_le_bytes())?;
    wav.write_all(b"data")?;
    wav.write_all(&bytes.to_le_bytes())?;
    for sample in 0..SAMPLES_A_SECOND {
        let turn = f64::from(sample) * f64::from(hertz) / f64::from(SAMPLES_A_SECOND);
        #[allow(
            clippy::cast_possible_truncation,
            reason = "the amplitude is far below the limits of i16"
        )]
        let value = (AMPLITUDE * (turn * std::f64::consts::TAU).sin()) as i16;
        wav.write_all(&value.to_le_bytes())?;
    }
    wav.flush()
}
