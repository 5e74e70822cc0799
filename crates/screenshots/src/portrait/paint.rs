//! Painting pixel by pixel: shapes with smooth edges, one over the other.
//!
//! The unit of length is the frame's height.

use e2e::Colour;

/// An edge is as wide as a pixel of a frame of this height.
const SHARPNESS: f64 = 360.0;

/// The colour of a pixel while it is painted.
pub(super) struct Paint([f64; 3]);

impl Paint {
    /// A pixel of one colour.
    pub(super) fn new(ground: Colour) -> Self {
        Self(ground.map(f64::from))
    }

    /// The resulting colour.
    pub(super) fn colour(&self) -> Colour {
        self.0.map(round)
    }

    /// Paints a shape with a smooth edge, given the pixel's distance from that edge (negative inside).
    pub(super) fn over(&mut self, colour: Colour, distance: f64) {
        let cover = (0.5 - distance * SHARPNESS).clamp(0.0, 1.0);
        self.cover(colour, cover);
    }

    /// Paints a shape that fades from its centre, without an edge.
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

/// Approximate distance of a point from the edge of an ellipse around the origin; negative inside.
pub(super) fn ellipse(x: f64, y: f64, across: f64, down: f64) -> f64 {
    ((x / across).hypot(y / down) - 1.0) * across.min(down)
}

/// Distance of a point from a circular line of this thickness.
pub(super) fn ring(x: f64, y: f64, radius: f64, thickness: f64) -> f64 {
    (x.hypot(y) - radius).abs() - thickness / 2.0
}

/// Distance of a point from the top of a circular line: an eyebrow.
pub(super) fn arc(x: f64, y: f64, radius: f64, thickness: f64) -> f64 {
    ring(x, y, radius, thickness).max(y + radius * 0.8)
}

/// A colour with its brightness multiplied.
pub(super) fn lit(colour: Colour, light: f64) -> Colour {
    colour.map(|channel| round(f64::from(channel) * light))
}

/// Mixes two colours; `part` is the share of the second, 0 to 1.
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
