//! Conversion of JavaScript numbers.

/// The integer part of a number; 0 for negative numbers and NaN.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, as it should"
)]
pub(super) fn whole(number: f64) -> u64 {
    number as u64
}
