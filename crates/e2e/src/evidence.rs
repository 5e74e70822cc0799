//! Evidence from a page: its console, requests, connections, tracks and screenshots.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{MutexGuard, PoisonError};

use serde_json::{Value, json};

use crate::patience::Check;
use crate::{Outcome, Patience, Person, browser};

/// The driver's logs so far; reading them from the driver removes them there.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// Level and text of each console entry.
    console: Vec<(String, String)>,
    /// URL of each request and socket.
    requests: Vec<String>,
    /// Messages over sockets in both directions, each shortened.
    messages: Vec<String>,
    /// Ids of HTTP requests, not of the browser's own pages.
    fetches: BTreeSet<String>,
    /// Their responses that were received completely.
    loaded: Vec<Loaded>,
    /// The browser's monotonic clock at the epoch of the wall clock, in seconds; known from the first request.
    clock: Option<f64>,
}

/// A response to an HTTP request, received completely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loaded {
    /// When its last byte arrived, in milliseconds since the epoch, as in `performance.timeOrigin`.
    pub at: f64,
    /// Bytes on the wire, with headers, as compressed.
    pub bytes: f64,
}

/// Maximum length of a message in a failure, in characters.
const SHORTENED: usize = 240;

impl Person {
    /// Returns the console output so far, of all pages of this person.
    pub async fn console(&self) -> Outcome<Vec<String>> {
        self.take_record().await?;
        Ok(self
            .locked_record()
            .console
            .iter()
            .map(|(level, words)| format!("{level} {words}"))
            .collect())
    }

    /// Returns the errors in the console: from scripts, failed requests and blocked content.
    pub async fn console_errors(&self) -> Outcome<Vec<String>> {
        self.take_record().await?;
        let record = self.locked_record();
        Ok(record
            .console
            .iter()
            .filter(|(level, _)| level == "SEVERE")
            .map(|(_, words)| words.clone())
            .collect())
    }

    /// Returns the origins of all requests and sockets so far, and the STUN and TURN servers given to
    /// connections.
    pub async fn contacts(&self) -> Outcome<BTreeSet<String>> {
        self.take_record().await?;
        let servers = self.evaluate("confabWitness.iceServers()").await?;
        let servers = servers
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned);
        let mut contacts: BTreeSet<String> = servers.collect();
        contacts.extend(
            self.locked_record()
                .requests
                .iter()
                .map(|url| browser::origin(url).to_owned()),
        );
        Ok(contacts)
    }

    /// Fails when the console holds an error that contains none of the expected texts, or when the page
    /// contacted any host but its own server.
    pub async fn has_no_errors_or_foreign_requests(&self, expected: &[&str]) -> Outcome {
        let mut errors = self.console_errors().await?;
        errors.retain(|error| !expected.iter().any(|words| error.contains(words)));
        if !errors.is_empty() {
            return Err(self.unexpected(format!("errors in the console: {errors:#?}")));
        }
        let host = self
            .home()
            .split_once("://")
            .map_or(self.home(), |(_, host)| host);
        let mut contacts = self.contacts().await?;
        contacts.retain(|contact| contact.split_once("://").is_none_or(|(_, other)| other != host));
        if contacts.is_empty() {
            Ok(())
        } else {
            Err(self.unexpected(format!("requests to other hosts: {contacts:?}")))
        }
    }

    /// Returns the HTTP responses so far, of all pages of this person.
    pub async fn loaded(&self) -> Outcome<Vec<Loaded>> {
        self.take_record().await?;
        Ok(self.locked_record().loaded.clone())
    }

    /// Returns the number of open connections of this page.
    pub async fn open_connections(&self) -> Outcome<u64> {
        Ok(self
            .evaluate("confabWitness.openConnections()")
            .await?
            .as_u64()
            .unwrap_or_default())
    }

    /// Returns what happened to each connection that this page has created, with the seconds since the page began.
    pub async fn connection_stories(&self) -> Outcome<Vec<String>> {
        let stories = self.evaluate("confabWitness.connectionStories()").await?;
        serde_json::from_value(stories).map_err(|error| self.unexpected(error.to_string()))
    }

    /// Fails when this page has created another number of connections.
    pub async fn has_made_connections(&self, wanted: usize) -> Outcome {
        let stories = self.connection_stories().await?;
        if stories.len() == wanted {
            Ok(())
        } else {
            Err(self.unexpected(format!("not {wanted} connections, but {stories:#?}")))
        }
    }

    /// Returns the number of live captured tracks of a kind ("video" or "audio") in this page.
    pub async fn live_tracks(&self, kind: &str) -> Outcome<u64> {
        Ok(self
            .evaluate(&format!("confabWitness.liveTracks({kind:?})"))
            .await?
            .as_u64()
            .unwrap_or_default())
    }

    /// Waits until exactly this many connections are open in this page.
    pub async fn has_open_connections(&self, wanted: u64) -> Outcome {
        self.until(
            &format!("{wanted} open connections"),
            Patience::default(),
            async || {
                let open = self.open_connections().await?;
                Ok(if open == wanted {
                    Check::Found(())
                } else {
                    Check::NotYet(format!("{open} are open"))
                })
            },
        )
        .await
    }

    /// Waits until exactly this many captured tracks of a kind are live in this page.
    pub async fn has_live_tracks(&self, kind: &str, wanted: u64) -> Outcome {
        self.until(
            &format!("{wanted} live {kind} tracks"),
            Patience::default(),
            async || {
                let live = self.live_tracks(kind).await?;
                Ok(if live == wanted {
                    Check::Found(())
                } else {
                    Check::NotYet(format!("{live} are live"))
                })
            },
        )
        .await
    }

    /// Runs the browser's garbage collector.
    pub async fn collects_garbage(&self) -> Outcome {
        self.browser()?
            .cdp("HeapProfiler.collectGarbage", json!({}))
            .await
            .map(drop)
    }

    /// Waits until animations have ended, since a colour half-way between two is not part of the design.
    ///
    /// Ignores animations with 2 s or more left, such as spinners, and stops after 2 s for one whose end is
    /// never reported.
    pub async fn comes_to_rest(&self) -> Outcome {
        let rest = "(async () => {
            const soon = ({ effect, currentTime }) => effect?.getComputedTiming().endTime - currentTime < 2000;
            const ends = document.getAnimations().filter(soon).map((animation) => animation.finished);
            await Promise.race([Promise.allSettled(ends), new Promise((over) => setTimeout(over, 2000))]);
        })()";
        self.evaluate(rest).await?;
        Ok(())
    }

    /// Takes a screenshot of the window; returns the content of a PNG file.
    pub async fn picture(&self) -> Outcome<Vec<u8>> {
        self.says(self.browser()?.client().screenshot().await)
    }

    /// Saves a screenshot of the window as `target/e2e-shots/<name>.png`; returns its path.
    pub async fn screenshot(&self, name: &str) -> Outcome<PathBuf> {
        let picture = self.picture().await?;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/e2e-shots");
        std::fs::create_dir_all(&folder)?;
        let path = folder.canonicalize()?.join(format!("{name}.png"));
        std::fs::write(&path, picture)?;
        Ok(path)
    }

    /// Moves the driver's new log entries into the record.
    pub(crate) async fn take_record(&self) -> Outcome {
        let console = self.browser()?.take_log("browser").await?;
        let network = self.browser()?.take_log("performance").await?;
        let mut record = self.locked_record();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        record.console.extend(
            console
                .iter()
                .map(|entry| (text(&entry["level"]), text(&entry["message"]))),
        );
        for entry in network.iter().filter_map(|entry| entry["message"].as_str()) {
            let Ok(entry) = serde_json::from_str(entry) else {
                continue;
            };
            let request = request_of(&entry);
            if let (Some(_), Some(id)) = (&request, id_of(&entry)) {
                record.fetches.insert(id.to_owned());
            }
            record.requests.extend(request);
            record.messages.extend(message_of(&entry));
            record.clock = record.clock.or_else(|| clock_of(&entry));
            if id_of(&entry).is_some_and(|id| record.fetches.contains(id)) {
                let loaded = record.clock.and_then(|clock| loaded_of(&entry, clock));
                record.loaded.extend(loaded);
            }
        }
        Ok(())
    }

    /// Returns up to `most` messages that the page last sent (>) and received (<) over its sockets,
    /// shortened, for failures.
    pub async fn last_messages(&self, most: usize) -> Outcome<Vec<String>> {
        self.take_record().await?;
        let record = self.locked_record();
        Ok(record.messages[record.messages.len().saturating_sub(most)..].to_vec())
    }

    fn locked_record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The URL in an entry of the network log, if it is a request or a socket to a host.
fn request_of(entry: &Value) -> Option<String> {
    let params = &entry["message"]["params"];
    let url = match entry["message"]["method"].as_str()? {
        "Network.requestWillBeSent" => params["request"]["url"].as_str()?,
        "Network.webSocketCreated" => params["url"].as_str()?,
        _ => return None,
    };
    ["http://", "https://", "ws://", "wss://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
        .then(|| url.to_owned())
}

/// The id of the request that an entry of the network log is about.
fn id_of(entry: &Value) -> Option<&str> {
    entry["message"]["params"]["requestId"].as_str()
}

/// The monotonic clock at the epoch, from an entry of the network log that has both clocks.
fn clock_of(entry: &Value) -> Option<f64> {
    let params = &entry["message"]["params"];
    let sent = entry["message"]["method"].as_str()? == "Network.requestWillBeSent";
    sent.then(|| Some(params["timestamp"].as_f64()? - params["wallTime"].as_f64()?))?
}

/// The response in an entry of the network log, if it is the end of one.
fn loaded_of(entry: &Value, clock: f64) -> Option<Loaded> {
    let params = &entry["message"]["params"];
    let ended = entry["message"]["method"].as_str()? == "Network.loadingFinished";
    ended.then(|| {
        Some(Loaded {
            at: 1000.0 * (params["timestamp"].as_f64()? - clock),
            bytes: params["encodedDataLength"].as_f64()?,
        })
    })?
}

/// The message in an entry of the network log, if it went over a socket, after its direction.
fn message_of(entry: &Value) -> Option<String> {
    let direction = match entry["message"]["method"].as_str()? {
        "Network.webSocketFrameSent" => '>',
        "Network.webSocketFrameReceived" => '<',
        _ => return None,
    };
    let payload = entry["message"]["params"]["response"]["payloadData"].as_str()?;
    Some(format!(
        "{direction} {}",
        payload.chars().take(SHORTENED).collect::<String>()
    ))
}
