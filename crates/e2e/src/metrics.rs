//! The browser's counters of a page (Chrome's `DevTools` protocol, `Performance.getMetrics`).

use serde_json::{Value, json};

use crate::{Outcome, Person};

/// One reading of all counters.
pub(crate) struct Metrics(Vec<Value>);

impl Metrics {
    /// Enables the counters and reads them.
    pub async fn of(person: &Person) -> Outcome<Self> {
        let browser = person.browser()?;
        browser.cdp("Performance.enable", json!({})).await?;
        let answer = browser.cdp("Performance.getMetrics", json!({})).await?;
        Ok(Self(answer["metrics"].as_array().cloned().unwrap_or_default()))
    }

    /// A counter by its name; 0 if the browser has none of this name.
    pub fn value(&self, name: &str) -> f64 {
        let found = self.0.iter().find(|metric| metric["name"] == name);
        found
            .and_then(|metric| metric["value"].as_f64())
            .unwrap_or_default()
    }
}
