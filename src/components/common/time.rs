//! Times and dates, as the browser formats them for the user's region.

use js_sys::{Date, Function, Object, Reflect};
use protocol::UnixMillis;
use wasm_bindgen::{JsCast, JsValue};

use crate::platform::preference;
use crate::text::{Language, Texts};
use crate::views::{Failure, LocalDay, date};

/// The time of day.
pub fn time_of_day(language: Language, at: UnixMillis) -> Result<String, Failure> {
    let clock = [("hour", "numeric"), ("minute", "2-digit")];
    write(language, &date(at), &clock)
}

/// A day as "today", "yesterday" or its date; the date has a year unless it is the current one.
pub fn day_name(t: &Texts, day: LocalDay, today: LocalDay) -> Result<String, Failure> {
    if day == today {
        return Ok(t.today.to_owned());
    }
    if day == today.before() {
        return Ok(t.yesterday.to_owned());
    }
    let this_year = date(day.begin()).get_full_year() == date(today.begin()).get_full_year();
    let year = (!this_year).then_some(("year", "numeric"));
    let style = [("weekday", "long"), ("day", "numeric"), ("month", "long")];
    let style: Vec<_> = style.into_iter().chain(year).collect();
    write(t.language, &date(day.begin()), &style)
}

/// The time of day, preceded by the date unless that is today.
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

/// Date and time in full.
pub fn full_time(language: Language, at: UnixMillis) -> Result<String, Failure> {
    write(
        language,
        &date(at),
        &[("dateStyle", "full"), ("timeStyle", "medium")],
    )
}

/// The time in ISO 8601, for machines.
pub fn iso_time(at: UnixMillis) -> String {
    date(at).to_iso_string().into()
}

/// Formats for the user's region, or, if the browser does not know its own tag for that, for the language
/// only.
fn write(language: Language, date: &Date, style: &[(&str, &str)]) -> Result<String, Failure> {
    let options = Object::new();
    for (key, value) in style {
        // Setting a property of a new plain object cannot fail.
        let _ = Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    write_in(&preference::region(language.tag()), date, &options)
        .or_else(|_| write_in(language.tag(), date, &options))
        .map_err(|thrown| Failure::of("toLocaleString", &thrown))
}

/// `Date.prototype.toLocaleString`, with its errors (ECMA-402 §20.3.1).
fn write_in(locale: &str, date: &Date, options: &Object) -> Result<String, JsValue> {
    let write: Function = Reflect::get(date, &"toLocaleString".into())?.dyn_into()?;
    let words = write.call2(date, &locale.into(), options)?;
    words.as_string().ok_or(words)
}
