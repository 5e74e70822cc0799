//! One Chromium and its driver: start, commands, end.
//!
//! Only this module knows the browser's flags and the driver's protocol. Each browser has its own driver, so
//! that killing the driver's process tree ends the browser too.

use std::io::{BufRead, BufReader};
use std::iter;
use std::path::Path;
use std::process::{Child, Stdio};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, error::CmdError};
use serde_json::{Value, json};

use crate::arrival::{Arrival, Devices};
use crate::net::DriverConnector;
use crate::{Failure, Outcome, camera, cast, microphone, process_tree, slides, witness};

/// File name of the camera's video, in the person's folder.
const CAMERA: &str = "camera.y4m";

/// A browser with one window.
#[derive(Debug)]
pub(crate) struct Browser {
    /// Name of the person, for failures.
    owner: String,
    driver: Child,
    client: Client,
}

impl Browser {
    /// Starts a browser with these settings, with its profile and media files in `belongings`.
    pub(crate) async fn open(arrival: &Arrival, belongings: &Path, url: &str) -> Outcome<Self> {
        let capabilities = capabilities(arrival, belongings, url)?;
        let (driver, port) = start_driver(arrival, belongings)?;
        // From here on a guard kills the driver on an early return.
        let mut owned = OwnedDriver(Some(driver));
        let client = ClientBuilder::new(DriverConnector::of(arrival.scope.clone()))
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .map_err(|error| Failure::NoBrowser {
                who: arrival.name.clone(),
                reason: error.to_string(),
            })?;
        let Some(driver) = owned.0.take() else {
            unreachable!("taken only here")
        };
        let browser = Self {
            owner: arrival.name.clone(),
            driver,
            client,
        };
        browser.furnish(arrival, url).await?;
        Ok(browser)
    }

    /// Applies what no flag can set: scripts, viewport, colour scheme, network speed, permissions.
    async fn furnish(&self, arrival: &Arrival, url: &str) -> Outcome {
        for script in iter::once(witness::SCRIPT).chain(arrival.scripts.iter().map(AsRef::as_ref)) {
            self.cdp(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": script }),
            )
            .await?;
        }
        let (width, height) = arrival.window;
        self.sizes_window(width, height).await?;
        self.prefers_dark(arrival.dark).await?;
        if let Some(kilobits) = arrival.kilobits {
            self.loads_slowly(kilobits).await?;
        }
        match arrival.devices {
            Devices::Refused => self.decide_devices(url, "denied").await,
            Devices::Absent => Ok(()),
            _ if answered_by_the_browser(arrival) => Ok(()),
            _ => self.decide_devices(url, "granted").await,
        }
    }

    /// Sets the permission for camera and microphone permanently: "granted" or "denied".
    pub(crate) async fn decide_devices(&self, url: &str, setting: &str) -> Outcome {
        for name in ["camera", "microphone"] {
            let decision =
                json!({ "permission": { "name": name }, "setting": setting, "origin": origin(url) });
            self.cdp("Browser.setPermission", decision).await?;
        }
        Ok(())
    }

    /// Limits the network to this many kbit/s from now on, with a latency of 100 ms.
    async fn loads_slowly(&self, kilobits: u32) -> Outcome {
        let bytes = kilobits * 1000 / 8;
        let network = json!({
            "offline": false,
            "latency": 100,
            "downloadThroughput": bytes,
            "uploadThroughput": bytes,
        });
        self.cdp("Network.enable", json!({})).await?;
        self.cdp("Network.emulateNetworkConditions", network)
            .await
            .map(drop)
    }

    /// The driver's client, for standard `WebDriver` commands.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Sends a command of Chrome's `DevTools` protocol (CDP); returns its result.
    pub(crate) async fn cdp(&self, command: &'static str, params: Value) -> Outcome<Value> {
        let body = json!({ "cmd": command, "params": params });
        self.says(
            self.client
                .issue_cmd(Vendor {
                    path: "goog/cdp/execute",
                    body,
                })
                .await,
        )
    }

    /// Removes and returns the driver's log entries since the last call. `kind` is "browser" or
    /// "performance".
    pub(crate) async fn take_log(&self, kind: &'static str) -> Outcome<Vec<Value>> {
        let entries = self.says(
            self.client
                .issue_cmd(Vendor {
                    path: "se/log",
                    body: json!({ "type": kind }),
                })
                .await,
        )?;
        Ok(entries.as_array().cloned().unwrap_or_default())
    }

    /// Converts a driver error into a [`Failure`].
    pub(crate) fn says<T>(&self, answer: Result<T, CmdError>) -> Outcome<T> {
        answer.map_err(|source| Failure::Driver {
            who: self.owner.clone(),
            source: Box::new(source),
        })
    }

    /// Ids of all processes of the browser, without its driver.
    pub(crate) fn processes(&self) -> Vec<u32> {
        process_tree::descendants(self.driver.id())
    }

    /// Kills all processes of the browser, so the page cannot run its unload handlers; the driver stays.
    pub(crate) fn kill_without_goodbye(&self) {
        process_tree::kill(&self.processes());
    }

    /// Closes the window as a user does: the page is unloaded, and can say goodbye, before the browser ends.
    ///
    /// The driver's own command ends the browser without unloading the page.
    pub(crate) async fn close(&self) -> Outcome {
        self.says(self.client.goto("about:blank").await)?;
        self.says(self.client.clone().close().await)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        end_driver(&mut self.driver);
    }
}

/// Guard of a driver that no [`Browser`] owns yet; dropping it kills the driver.
struct OwnedDriver(Option<Child>);

impl Drop for OwnedDriver {
    fn drop(&mut self) {
        if let Some(driver) = &mut self.0 {
            end_driver(driver);
        }
    }
}

/// Kills a driver and its browser.
fn end_driver(driver: &mut Child) {
    let mut family = process_tree::descendants(driver.id());
    family.push(driver.id());
    process_tree::kill(&family);
    // Fails only for a child that was already waited for.
    let _ = driver.wait();
}

/// Starts a driver on a free port, in up to three attempts.
///
/// The driver binds a port for IPv4 and then the same one for IPv6, and exits when the second is taken.
fn start_driver(arrival: &Arrival, belongings: &Path) -> Outcome<(Child, u16)> {
    start_driver_once(arrival, belongings)
        .or_else(|_| start_driver_once(arrival, belongings))
        .or_else(|_| start_driver_once(arrival, belongings))
}

fn start_driver_once(arrival: &Arrival, belongings: &Path) -> Outcome<(Child, u16)> {
    let who = &arrival.name;
    let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
    let no_browser = |reason: String| Failure::NoBrowser {
        who: who.clone(),
        reason,
    };
    let child = arrival
        .scope
        .command(&program)
        .arg("--port=0")
        // The browser shows the path of a video as the camera's label, so the path has no folder.
        .current_dir(belongings)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| {
            no_browser(format!(
                "{program} did not start ({error}); run scripts/setup.sh test"
            ))
        })?;
    let mut owned = OwnedDriver(Some(child));
    let words = owned.0.as_mut().and_then(|child| child.stdout.take());
    let mut lines =
        BufReader::new(words.ok_or_else(|| no_browser(format!("{program} has no output")))?).lines();
    // "ChromeDriver was started successfully on port 41234."
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        line.split_once("successfully on port ")?
            .1
            .trim_end_matches('.')
            .parse::<u16>()
            .ok()
    });
    let port = port.ok_or_else(|| no_browser(format!("{program} printed no port")))?;
    // An unread pipe fills up and blocks the driver.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    match owned.0.take() {
        Some(child) => Ok((child, port)),
        None => Err(no_browser(format!("{program} is gone"))),
    }
}

/// Whether Chromium itself grants every request, for devices and for its fake screen. That is the simplest
/// way, but then no request can be denied later, and no other screen can be chosen.
fn answered_by_the_browser(arrival: &Arrival) -> bool {
    let may = !matches!(arrival.devices, Devices::Refused | Devices::Absent);
    may && !arrival.shares_slides
}

/// The `WebDriver` capabilities: browser flags, preferences, log settings.
fn capabilities(arrival: &Arrival, belongings: &Path, url: &str) -> Outcome<serde_json::Map<String, Value>> {
    let part = cast::part_of(&arrival.name);
    let (width, height) = arrival.window;
    let mut args: Vec<String> = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--autoplay-policy=no-user-gesture-required",
        // Without multicast, mDNS candidates would not resolve even between two browsers on one machine.
        "--disable-features=WebRtcHideLocalIpsWithMdns",
        "--allow-loopback-in-peer-connection",
        // No page may be throttled as if it were hidden.
        "--disable-backgrounding-occluded-windows",
        "--disable-renderer-backgrounding",
    ]
    .map(str::to_owned)
    .into();
    if arrival.scope.is_made() {
        // Media devices need a secure context, and only the test itself uses the network that it made.
        args.push(format!(
            "--unsafely-treat-insecure-origin-as-secure={}",
            origin(url)
        ));
    }
    args.push(format!("--window-size={width},{height}"));
    args.push(format!("--lang={}", arrival.language.tag()));
    args.push(format!(
        "--user-data-dir={}",
        belongings.join("profile").display()
    ));
    if arrival.devices != Devices::Absent {
        let tone = belongings.join("microphone.wav");
        microphone::write_tone(&tone, part.tone)?;
        args.push(format!("--use-file-for-fake-audio-capture={}", tone.display()));
    }
    if matches!(arrival.devices, Devices::Granted | Devices::Refused) {
        let film = belongings.join(CAMERA);
        match &arrival.film {
            Some(bytes) => std::fs::write(&film, bytes)?,
            None => camera::write_film(&film, part.colour, arrival.busy)?,
        }
        args.push(format!("--use-file-for-fake-video-capture={CAMERA}"));
    }
    match arrival.devices {
        Devices::Granted | Devices::Refused => args.push("--use-fake-device-for-media-stream".to_owned()),
        Devices::Several => args.push("--use-fake-device-for-media-stream=device-count=3".to_owned()),
        Devices::MicrophoneOnly => args.push("--use-fake-device-for-media-stream=device-count=0".to_owned()),
        Devices::Absent => {}
    }
    if arrival.without_udp {
        args.push("--webrtc-ip-handling-policy=disable_non_proxied_udp".to_owned());
    }
    if arrival.shares_slides {
        args.push(format!(
            "--auto-select-tab-capture-source-by-title={}",
            slides::TITLE
        ));
    }
    if answered_by_the_browser(arrival) {
        args.push("--use-fake-ui-for-media-stream".to_owned());
    }
    let mut options = json!({
        "args": args,
        "prefs": { "intl.accept_languages": arrival.language.accepted() },
        "perfLoggingPrefs": { "enableNetwork": true, "enablePage": false },
    });
    if let Ok(binary) = std::env::var("CONFAB_BROWSER") {
        options["binary"] = binary.into();
    }
    let Value::Object(capabilities) = json!({
        "browserName": "chrome",
        "pageLoadStrategy": if arrival.kilobits.is_some() { "none" } else { "normal" },
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    }) else {
        unreachable!("an object literal is an object")
    };
    Ok(capabilities)
}

/// Scheme, host and port of a URL.
pub(crate) fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or(url, |end| &url[..host + end])
}

/// A vendor command of the driver, outside the `WebDriver` standard.
#[derive(Debug)]
struct Vendor {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
