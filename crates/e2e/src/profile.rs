//! A CPU profile of a page's main thread (Chrome's `DevTools` protocol, `Profiler`).

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use serde_json::{Value, json};

use crate::{Outcome, Person};

/// Time between two samples, in microseconds.
const INTERVAL: u32 = 500;

/// What the main thread did: milliseconds per second, by function, the most first.
#[derive(Clone, Debug)]
pub struct Profile(pub Vec<(String, f64)>);

impl Profile {
    /// Profiles a page for some time.
    pub async fn over(person: &Person, time: Duration) -> Outcome<Self> {
        let browser = person.browser()?;
        browser.cdp("Profiler.enable", json!({})).await?;
        let interval = json!({ "interval": INTERVAL });
        browser.cdp("Profiler.setSamplingInterval", interval).await?;
        browser.cdp("Profiler.start", json!({})).await?;
        tokio::time::sleep(time).await;
        let stopped = browser.cdp("Profiler.stop", json!({})).await?;
        browser.cdp("Profiler.disable", json!({})).await?;
        Ok(Self::of(&stopped["profile"]))
    }

    /// Reads a profile of the protocol. Time in which nothing ran is left out.
    fn of(profile: &Value) -> Self {
        let list = |name: &str| profile[name].as_array().map(Vec::as_slice).unwrap_or_default();
        let names: HashMap<u64, String> = list("nodes")
            .iter()
            .filter_map(|node| Some((node["id"].as_u64()?, name_of(&node["callFrame"]))))
            .collect();
        let (mut spent, mut whole) = (BTreeMap::<&str, f64>::new(), 0.0);
        for (sample, micros) in list("samples").iter().zip(list("timeDeltas")) {
            let micros = micros.as_f64().unwrap_or_default();
            whole += micros;
            if let Some(name) = sample.as_u64().and_then(|id| names.get(&id))
                && name != "(idle)"
            {
                *spent.entry(name).or_default() += micros;
            }
        }
        let mut spent: Vec<_> = spent
            .into_iter()
            .map(|(name, micros)| (name.to_owned(), 1000.0 * micros / f64::max(whole, 1.0)))
            .collect();
        spent.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        Self(spent)
    }
}

/// The name of a function. WebAssembly's, which have none in a released app, are one; so are those of a script.
fn name_of(frame: &Value) -> String {
    let url = frame["url"].as_str().unwrap_or_default();
    let name = frame["functionName"].as_str().unwrap_or_default();
    if url.starts_with("wasm:") || name.starts_with("wasm-") {
        "(WebAssembly)".to_owned()
    } else if url.is_empty() {
        name.to_owned()
    } else {
        "(the page's script)".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_summed_by_function_and_idle_time_left_out() {
        let node = |id: u64, name: &str, url: &str| json!({ "id": id, "callFrame": { "functionName": name, "url": url } });
        let profile = json!({
            "nodes": [
                node(1, "(idle)", ""), node(2, "getStats", ""), node(3, "a", "http://a/x.js"),
                node(4, "wasm-function[7]", "wasm://wasm/1"), node(5, "wasm-function[8]", "wasm://wasm/1"),
            ],
            "samples": [1, 2, 3, 4, 5, 1],
            "timeDeltas": [500_000, 200_000, 50_000, 50_000, 100_000, 100_000],
        });
        assert_eq!(
            Profile::of(&profile).0,
            [
                ("getStats".to_owned(), 200.0),
                ("(WebAssembly)".to_owned(), 150.0),
                ("(the page's script)".to_owned(), 50.0),
            ]
        );
    }
}
