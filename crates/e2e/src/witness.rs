//! The witness script inside every page, and its answers as types.

use serde_json::Value;

use crate::cast::Colour;

/// Runs before any other script of a page.
pub(crate) const SCRIPT: &str = include_str!("witness.js");

/// What a video element displays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Colour at its centre.
    pub colour: Colour,
    /// Frame number in its corner, 0 to 31.
    pub number: u64,
    /// Frames displayed so far.
    pub frames: u64,
}

/// What an element plays aloud.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sound {
    /// Audio energy received so far (`totalAudioEnergy` of the WebRTC statistics).
    pub energy: f64,
    /// The loudest frequency, in hertz.
    pub hertz: f64,
    /// Its level, in dB relative to full scale.
    pub decibels: f64,
}

/// Parses a picture from the script's answer; the error says what is wrong with it.
pub(crate) fn picture(answer: &Value) -> Result<Picture, String> {
    let read = || {
        let mut colour = Colour::default();
        for (channel, value) in colour.iter_mut().zip(answer["colour"].as_array()?) {
            *channel = u8::try_from(value.as_u64()?).ok()?;
        }
        Some(Picture {
            colour,
            number: answer["number"].as_u64()?,
            frames: answer["frames"].as_u64()?,
        })
    };
    read().ok_or_else(|| trouble(answer))
}

/// Parses a sound from the script's answer; the error says what is wrong with it.
pub(crate) fn sound(answer: &Value) -> Result<Sound, String> {
    let read = || {
        let number = |name: &str| answer[name].as_f64();
        Some(Sound {
            energy: number("energy")?,
            hertz: number("hertz")?,
            decibels: number("decibels")?,
        })
    };
    read().ok_or_else(|| trouble(answer))
}

fn trouble(answer: &Value) -> String {
    answer["trouble"]
        .as_str()
        .map_or_else(|| format!("the witness answered {answer}"), str::to_owned)
}
