//! Time and random number of an input: the core reads no clock and draws no number, so both are taken here.

use std::cell::RefCell;

use call_core::Moment;
use js_sys::{Date, Math};
use protocol::UnixMillis;

use super::browser;
use super::js_error::JsError;
use super::number::whole;

/// Bytes that are drawn at once: a call into the browser for each input would cost more than most inputs do.
const DRAWN: usize = 512;

/// Tells the time, and draws random numbers.
#[derive(Default)]
pub(super) struct Clock {
    /// Random numbers that were drawn and not used yet.
    drawn: RefCell<Vec<u64>>,
}

impl Clock {
    /// The current time, with an unpredictable number.
    pub(super) fn moment(&self) -> Moment {
        Moment {
            now: UnixMillis(whole(Date::now())),
            random: self.unguessable().unwrap_or_else(guessable),
        }
    }

    fn unguessable(&self) -> Option<u64> {
        let mut drawn = self.drawn.borrow_mut();
        if drawn.is_empty() {
            *drawn = draw().ok()?;
        }
        drawn.pop()
    }
}

fn draw() -> Result<Vec<u64>, JsError> {
    let mut bytes = [0; DRAWN];
    browser::window()?
        .crypto()?
        .get_random_values_with_u8_array(&mut bytes)?;
    let (numbers, _) = bytes.as_chunks();
    Ok(numbers.iter().copied().map(u64::from_le_bytes).collect())
}

/// Fallback for browsers without `crypto`: two draws of 32 bits.
fn guessable() -> u64 {
    let draw = || whole(Math::random() * 4_294_967_296.0);
    (draw() << 32) | draw()
}
