//! Numbers of JavaScript as the core counts.

/// The whole part of a number; 0 for a negative one and for none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, as it should"
)]
pub(super) fn whole(number: f64) -> u64 {
    number as u64
}
