//! Moments, as the browser writes them in the user's region.

use js_sys::{Date, Function, Object, Reflect};
use protocol::UnixMillis;
use wasm_bindgen::{JsCast, JsValue};

use crate::text::Language;
use crate::views::{Failure, preference};

/// The time of day; with the day before it, unless that is today.
pub fn clock_time(language: Language, at: UnixMillis) -> Result<String, Failure> {
    let (date, now) = (date(at), Date::new_0());
    let today = date.get_date() == now.get_date()
        && date.get_month() == now.get_month()
        && date.get_full_year() == now.get_full_year();
    let clock = [("hour", "numeric"), ("minute", "2-digit")];
    let day = [
        ("day", "numeric"),
        ("month", "short"),
        ("hour", "numeric"),
        ("minute", "2-digit"),
    ];
    write(language, &date, if today { &clock } else { &day })
}

/// Day and time in full.
pub fn full_time(language: Language, at: UnixMillis) -> Result<String, Failure> {
    write(
        language,
        &date(at),
        &[("dateStyle", "full"), ("timeStyle", "medium")],
    )
}

/// The moment for machines, as ISO 8601.
pub fn iso_time(at: UnixMillis) -> String {
    date(at).to_iso_string().into()
}

#[allow(
    clippy::cast_precision_loss,
    reason = "milliseconds stay below 2^53 for the next 280 000 years"
)]
fn date(at: UnixMillis) -> Date {
    // The largest moment that a Date holds; one beyond it, from a broken server, would make writing it throw.
    Date::new(&JsValue::from_f64((at.0 as f64).min(8.64e15)))
}

/// In the user's region; where the browser does not know its own name for that, in the language alone.
fn write(language: Language, date: &Date, style: &[(&str, &str)]) -> Result<String, Failure> {
    let options = Object::new();
    for (key, value) in style {
        // Setting a property of a fresh plain object does not fail.
        let _ = Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    write_in(&preference::region(language.tag()), date, &options)
        .or_else(|_| write_in(language.tag(), date, &options))
        .map_err(|thrown| Failure::of("toLocaleString", &thrown))
}

/// `Date.prototype.toLocaleString`, with its way to fail (ECMA-402 §20.3.1).
fn write_in(locale: &str, date: &Date, options: &Object) -> Result<String, JsValue> {
    let write: Function = Reflect::get(date, &"toLocaleString".into())?.dyn_into()?;
    let words = write.call2(date, &locale.into(), options)?;
    words.as_string().ok_or(words)
}
