//! Time and random number of an input: the core reads no clock and draws no number, so both are taken here.

use call_core::Moment;
use js_sys::{Date, Math};
use protocol::UnixMillis;

use super::browser;
use super::js_error::JsError;
use super::number::whole;

/// The current time, with an unpredictable number.
pub(super) fn moment() -> Moment {
    Moment {
        now: UnixMillis(whole(Date::now())),
        random: unguessable().unwrap_or_else(|_| guessable()),
    }
}

fn unguessable() -> Result<u64, JsError> {
    let mut bytes = [0; 8];
    browser::window()?
        .crypto()?
        .get_random_values_with_u8_array(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

/// Fallback for browsers without `crypto`: two draws of 32 bits.
fn guessable() -> u64 {
    let draw = || whole(Math::random() * 4_294_967_296.0);
    (draw() << 32) | draw()
}
