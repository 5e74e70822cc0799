//! Painting by the point: shapes with smooth edges, one over the other.
//!
//! The unit of length is the picture's height.

use crate::cast::Colour;

/// An edge is as wide as a point of a picture of this height.
const SHARPNESS: f64 = 360.0;

/// The colour of a point while it is painted.
pub(super) struct Paint([f64; 3]);

impl Paint {
    /// A point of one colour.
    pub(super) fn new(ground: Colour) -> Self {
        Self(ground.map(f64::from))
    }

    /// The colour that came of it.
    pub(super) fn colour(&self) -> Colour {
        self.0.map(round)
    }

    /// Paints a shape, given by the point's distance from its edge (negative inside), with a smooth edge.
    pub(super) fn over(&mut self, colour: Colour, distance: f64) {
        let cover = (0.5 - distance * SHARPNESS).clamp(0.0, 1.0);
        self.cover(colour, cover);
    }

    /// Paints a shape without an edge: it fades from its middle.
    pub(super) fn soft(&mut self, colour: Colour, distance: f64, strength: f64) {
        let cover = (-distance * 4.0).clamp(0.0, 1.0) * strength;
        self.cover(colour, cover);
    }

    fn cover(&mut self, colour: Colour, cover: f64) {
        for (channel, over) in self.0.iter_mut().zip(colour) {
            *channel += (f64::from(over) - *channel) * cover;
        }
    }
}

/// About how far a point is from the edge of an ellipse around the origin; negative inside.
pub(super) fn ellipse(x: f64, y: f64, across: f64, down: f64) -> f64 {
    ((x / across).hypot(y / down) - 1.0) * across.min(down)
}

/// How far a point is from a circle's line of this thickness.
pub(super) fn ring(x: f64, y: f64, radius: f64, thickness: f64) -> f64 {
    (x.hypot(y) - radius).abs() - thickness / 2.0
}

/// How far a point is from the uppermost part of a circle's line: an eyebrow.
pub(super) fn arc(x: f64, y: f64, radius: f64, thickness: f64) -> f64 {
    ring(x, y, radius, thickness).max(y + radius * 0.8)
}

/// A colour with its light multiplied.
pub(super) fn lit(colour: Colour, light: f64) -> Colour {
    colour.map(|channel| round(f64::from(channel) * light))
}

/// Between two colours.
pub(super) fn mixed(one: Colour, other: Colour, part: f64) -> Colour {
    let mut mixed = one.map(f64::from);
    for (channel, other) in mixed.iter_mut().zip(other) {
        *channel += (f64::from(other) - *channel) * part;
    }
    mixed.map(round)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float to u8 cast saturates"
)]
fn round(channel: f64) -> u8 {
    channel.round() as u8
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a picture has far fewer points than f64 counts exactly"
)]
pub(super) fn real(number: usize) -> f64 {
    number as f64
}
