//! Days in the user's time zone, and which one is today.

use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;
use protocol::UnixMillis;
use wasm_bindgen::JsValue;

use super::now;

/// Added to the time until midnight, since a browser's timer may fire early, on the old day.
const AFTER_MIDNIGHT: Duration = Duration::from_millis(50);

/// A day in the browser's time zone, from its first millisecond to the first one of the next day. It has 23
/// or 25 hours when clocks change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LocalDay {
    begin: UnixMillis,
    end: UnixMillis,
}

impl LocalDay {
    /// The day of a point in time.
    pub fn of(at: UnixMillis) -> Self {
        let date = date(at);
        let (year, month) = (date.get_full_year(), date.get_month());
        let midnight = |day: u32| {
            let day = i32::try_from(day).unwrap_or_default();
            let month = i32::try_from(month).unwrap_or_default();
            millis(&Date::new_with_year_month_day(year, month, day))
        };
        Self {
            begin: midnight(date.get_date()),
            end: midnight(date.get_date() + 1),
        }
    }

    /// Whether a point in time is on this day.
    pub fn has(self, at: UnixMillis) -> bool {
        (self.begin..self.end).contains(&at)
    }

    /// The first millisecond of the day.
    pub fn begin(self) -> UnixMillis {
        self.begin
    }

    /// The day before.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(UnixMillis(self.begin.0.saturating_sub(1)))
    }
}

/// The current day, for as long as the current owner lives: it changes at midnight, and when a page that was
/// suspended over midnight becomes visible again.
pub fn use_today() -> ReadSignal<LocalDay> {
    let today = RwSignal::new(LocalDay::of(now()));
    let timer = StoredValue::new(None);
    look(today, timer);
    let seen = window_event_listener_untyped("visibilitychange", move |_| look(today, timer));
    on_cleanup(move || {
        seen.remove();
        clear(timer);
    });
    today.read_only()
}

/// Updates the day, and schedules the next update after midnight.
fn look(today: RwSignal<LocalDay>, timer: StoredValue<Option<TimeoutHandle>>) {
    let now = now();
    let day = LocalDay::of(now);
    match today.try_get_untracked() {
        // The owner is gone.
        None => return,
        Some(known) if known == day => {}
        Some(_) => today.set(day),
    }
    clear(timer);
    let left = day.end.since(now) + AFTER_MIDNIGHT;
    let set = set_timeout_with_handle(move || look(today, timer), left);
    timer.set_value(set.ok());
}

fn clear(timer: StoredValue<Option<TimeoutHandle>>) {
    if let Some(running) = timer.try_update_value(Option::take).flatten() {
        running.clear();
    }
}

/// Converts a time to the browser's `Date`.
#[allow(
    clippy::cast_precision_loss,
    reason = "milliseconds stay below 2^53 for the next 280 000 years"
)]
pub fn date(at: UnixMillis) -> Date {
    // The largest time that a Date holds; formatting a larger one, from a broken server, would throw.
    Date::new(&JsValue::from_f64((at.0 as f64).min(8.64e15)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a day before 1970, and one that no Date holds, reads as 1970"
)]
fn millis(date: &Date) -> UnixMillis {
    UnixMillis(date.get_time() as u64)
}
