//! What a page leaves behind: its console, its requests, its connections and tracks, pictures of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{MutexGuard, PoisonError};

use serde_json::{Value, json};

use crate::patience::Look;
use crate::{Outcome, Patience, Person, browser};

/// What the driver has logged so far: taking it out there removes it there.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// Level and words of each entry of the console.
    console: Vec<(String, String)>,
    /// The address of every request and socket.
    requests: Vec<String>,
    /// What went over sockets, either way, each shortened.
    messages: Vec<String>,
}

/// How much of a message a failure shows, in characters.
const SHORTENED: usize = 240;

impl Person {
    /// Everything that the browser wrote to the console so far, of all pages of this person.
    pub async fn console(&self) -> Outcome<Vec<String>> {
        self.take_record().await?;
        Ok(self
            .locked_record()
            .console
            .iter()
            .map(|(level, words)| format!("{level} {words}"))
            .collect())
    }

    /// The errors among it: of scripts, of requests that failed, of content that was blocked.
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

    /// The origins of every request and socket so far, and of every STUN and TURN server that a connection was given.
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

    /// Fails when the console holds an error that has none of the expected words in it, or when the page spoke to
    /// anybody but the server that it came from.
    pub async fn leaves_no_trouble(&self, expected: &[&str]) -> Outcome {
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
            Err(self.unexpected(format!("requests to others: {contacts:?}")))
        }
    }

    /// Connections made in this page and not closed.
    pub async fn open_connections(&self) -> Outcome<u64> {
        Ok(self
            .evaluate("confabWitness.openConnections()")
            .await?
            .as_u64()
            .unwrap_or_default())
    }

    /// Connections made in this page.
    pub async fn connections_made(&self) -> Outcome<u64> {
        Ok(self
            .evaluate("confabWitness.connectionsMade()")
            .await?
            .as_u64()
            .unwrap_or_default())
    }

    /// Tracks of cameras and screens ("video") or microphones ("audio") that are live in this page.
    pub async fn live_tracks(&self, kind: &str) -> Outcome<u64> {
        Ok(self
            .evaluate(&format!("confabWitness.liveTracks({kind:?})"))
            .await?
            .as_u64()
            .unwrap_or_default())
    }

    /// Waits until this many connections are open in this page.
    pub async fn has_open_connections(&self, wanted: u64) -> Outcome {
        self.until(
            &format!("{wanted} open connections"),
            Patience::default(),
            async || {
                let open = self.open_connections().await?;
                Ok(if open == wanted {
                    Look::Found(())
                } else {
                    Look::NotYet(format!("{open} are open"))
                })
            },
        )
        .await
    }

    /// Waits until this many tracks of a kind are live in this page.
    pub async fn has_live_tracks(&self, kind: &str, wanted: u64) -> Outcome {
        self.until(
            &format!("{wanted} live {kind} tracks"),
            Patience::default(),
            async || {
                let live = self.live_tracks(kind).await?;
                Ok(if live == wanted {
                    Look::Found(())
                } else {
                    Look::NotYet(format!("{live} are live"))
                })
            },
        )
        .await
    }

    /// Has the browser collect what nobody holds any more.
    pub async fn collects_garbage(&self) -> Outcome {
        self.browser()?
            .cdp("HeapProfiler.collectGarbage", json!({}))
            .await
            .map(drop)
    }

    /// Waits until nothing on the page is on its way any more: a colour half-way between two is none of the page's.
    ///
    /// What goes on for long, as spinners do, is not waited for; nor is one that was over by then and never told.
    pub async fn comes_to_rest(&self) -> Outcome {
        let rest = "(async () => {
            const soon = ({ effect, currentTime }) => effect?.getComputedTiming().endTime - currentTime < 2000;
            const ends = document.getAnimations().filter(soon).map((animation) => animation.finished);
            await Promise.race([Promise.allSettled(ends), new Promise((over) => setTimeout(over, 2000))]);
        })()";
        self.evaluate(rest).await?;
        Ok(())
    }

    /// A picture of the window as it is now: a PNG file's content.
    pub async fn picture(&self) -> Outcome<Vec<u8>> {
        self.says(self.browser()?.client().screenshot().await)
    }

    /// Keeps a picture of the window as `target/e2e-shots/<name>.png`.
    pub async fn screenshot(&self, name: &str) -> Outcome<PathBuf> {
        let picture = self.picture().await?;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/e2e-shots");
        std::fs::create_dir_all(&folder)?;
        let path = folder.canonicalize()?.join(format!("{name}.png"));
        std::fs::write(&path, picture)?;
        Ok(path)
    }

    /// Moves what the driver has logged since the last time into the record.
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
            record.requests.extend(request_of(&entry));
            record.messages.extend(message_of(&entry));
        }
        Ok(())
    }

    /// The last messages that the page sent (>) and got (<) over its sockets, shortened: for people who read a failure.
    pub async fn last_messages(&self, most: usize) -> Outcome<Vec<String>> {
        self.take_record().await?;
        let record = self.locked_record();
        Ok(record.messages[record.messages.len().saturating_sub(most)..].to_vec())
    }

    fn locked_record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The address in an entry of the network log, if it is one of a request or a socket to a host.
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

/// The message in an entry of the network log, if it is one that went over a socket.
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
