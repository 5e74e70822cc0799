//! Days in the log, on a clock that the test sets.

use js_sys::{Date, eval};
use protocol::UnixMillis;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{message, room};
use crate::support::{turn, until};
use crate::test_app::TestApp;

/// A clock that is ahead of the real one, until it is dropped.
struct Clock;

impl Clock {
    /// Sets the time (milliseconds since 1970), from which the clock continues.
    fn set(now: f64) -> Self {
        eval("window.realDate ??= Date").expect("kept");
        let ahead = now - Date::now();
        eval(&format!(
            "window.Date = class extends realDate {{
                constructor(...parts) {{ parts.length ? super(...parts) : super(realDate.now() + {ahead}); }}
                static now() {{ return realDate.now() + {ahead}; }}
            }}"
        ))
        .expect("a clock");
        Self
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        eval("window.Date = realDate").expect("put back");
    }
}

/// Noon in the browser's time zone, this number of days from today.
fn noon(days: i32) -> f64 {
    let today = Date::new(&JsValue::from_f64(Date::now()));
    let (year, month) = (today.get_full_year(), today.get_month());
    let day = i32::try_from(today.get_date()).expect("a day") + days;
    let month = i32::try_from(month).expect("a month");
    Date::new_with_year_month_day_hr(year, month, day, 12).get_time()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "moments of today"
)]
fn moment(millis: f64) -> UnixMillis {
    UnixMillis(millis as u64)
}

fn separators(app: &TestApp) -> Vec<String> {
    let text = app.all_text(".chat-lines > *");
    text.into_iter()
        .filter(|text| !text.contains("message"))
        .collect()
}

#[wasm_bindgen_test]
async fn each_day_has_a_separator() {
    let lines = [-400, -1, -1, 0, 0].into_iter().zip(1..).map(|(days, id)| {
        let mut line = message(id, "message");
        line.at = moment(noon(days) + f64::from(u32::try_from(id).expect("few")));
        line
    });
    let app = TestApp::showing(room(lines.collect()));
    until("the messages", || app.count(".line") == 5).await;
    let found = separators(&app);
    assert_eq!(found[1..], ["Yesterday", "Today"]);
    let year = Date::new(&JsValue::from_f64(noon(-400)))
        .get_full_year()
        .to_string();
    assert!(found[0].contains(&year), "{found:?}");
    let title = app
        .find(".line time")
        .and_then(|time| time.get_attribute("title"));
    assert!(
        title.is_some_and(|title| title.contains(&year)),
        "the full date on hover"
    );
}

#[wasm_bindgen_test]
async fn midnight_passes_while_open() {
    let midnight = noon(1) - 12.0 * 3_600_000.0;
    // Real time continues: half a second is left to show the page.
    let clock = Clock::set(midnight - 500.0);
    let mut line = message(1, "message");
    line.at = moment(midnight - 60_000.0);
    let app = TestApp::showing(room(vec![line]));
    until("the message", || app.count(".line") == 1).await;
    until("the separator for yesterday", || {
        separators(&app) == ["Yesterday"]
    })
    .await;
    drop(clock);
}

#[wasm_bindgen_test]
async fn sleep_over_midnight_is_noticed() {
    let clock = Clock::set(noon(0));
    let mut line = message(1, "message");
    line.at = moment(noon(0) - 60_000.0);
    let app = TestApp::showing(room(vec![line]));
    until("the message", || app.count(".line") == 1).await;
    turn().await;
    assert_eq!(separators(&app), [""; 0]);
    drop(clock);
    let clock = Clock::set(noon(1));
    let window = web_sys::window().expect("a window");
    window
        .dispatch_event(&web_sys::Event::new("visibilitychange").expect("an event"))
        .expect("dispatched");
    until("the separator for yesterday", || {
        separators(&app) == ["Yesterday"]
    })
    .await;
    drop(clock);
}
