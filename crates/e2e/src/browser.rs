//! One Chromium and its driver: started, spoken to, ended.
//!
//! Only this module knows the browser's flags and the driver's protocol. Every browser has a driver of its own, so that
//! whoever owns the driver owns the whole family of programs and can end it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, error::CmdError};
use serde_json::{Value, json};

use crate::arrival::{Arrival, Devices};
use crate::net::Door;
use crate::{Failure, Outcome, camera, cast, lineage, microphone, portrait, slides, witness};

/// The film of a person's camera, in the folder of what belongs to them.
const CAMERA: &str = "camera.y4m";

/// A browser with one window.
#[derive(Debug)]
pub(crate) struct Browser {
    /// Whose it is, for words.
    owner: String,
    driver: Child,
    client: Client,
}

impl Browser {
    /// Starts a browser as this arrival wants it, with its profile and its films in `belongings`.
    pub(crate) async fn open(arrival: &Arrival, belongings: &Path, url: &str) -> Outcome<Self> {
        let capabilities = capabilities(arrival, belongings, url)?;
        let (driver, port) = start_driver(arrival, belongings)?;
        // From here on the driver is owned by something that ends it.
        let mut owned = OwnedDriver(Some(driver));
        let client = ClientBuilder::new(Door::of(arrival.place.clone()))
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

    /// What no flag can set: the witness in every page, the inside of the window, the colour scheme, a refusal.
    async fn furnish(&self, arrival: &Arrival, url: &str) -> Outcome {
        self.cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": witness::SCRIPT }),
        )
        .await?;
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

    /// Answers the question for camera and microphone for good: "granted" or "denied".
    pub(crate) async fn decide_devices(&self, url: &str, setting: &str) -> Outcome {
        for name in ["camera", "microphone"] {
            let decision =
                json!({ "permission": { "name": name }, "setting": setting, "origin": origin(url) });
            self.cdp("Browser.setPermission", decision).await?;
        }
        Ok(())
    }

    /// From here on, the network brings so many kilobits a second.
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

    /// The driver's client, for what the standard commands can do.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Sends a command of Chrome's `DevTools` protocol.
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

    /// Takes out what the driver has logged since the last time.
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

    /// The driver's answer with its failure in this crate's words.
    pub(crate) fn says<T>(&self, answer: Result<T, CmdError>) -> Outcome<T> {
        answer.map_err(|source| Failure::Driver {
            who: self.owner.clone(),
            source: Box::new(source),
        })
    }

    /// Kills the browser's programs, all at once and without goodbye; the driver stays.
    pub(crate) fn kill_without_goodbye(&self) {
        lineage::kill(&lineage::descendants(self.driver.id()));
    }

    /// Closes the window as a person does: the page is left, can say goodbye, and then the browser ends.
    ///
    /// The driver alone would end the browser without telling the page.
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

/// A driver between its start and its place in a [`Browser`].
struct OwnedDriver(Option<Child>);

impl Drop for OwnedDriver {
    fn drop(&mut self) {
        if let Some(driver) = &mut self.0 {
            end_driver(driver);
        }
    }
}

/// Kills a driver and the browser that it started.
fn end_driver(driver: &mut Child) {
    let mut family = lineage::descendants(driver.id());
    family.push(driver.id());
    lineage::kill(&family);
    // Fails only for a child that was waited for already.
    let _ = driver.wait();
}

/// Starts a driver on a free port.
///
/// It takes the port for IPv4 first and then the same one for IPv6, and ends when that is taken: so it may try again.
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
        .place
        .command(&program)
        .arg("--port=0")
        // Films are named without their folder, since the browser shows the name as that of a camera.
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
    let port = port.ok_or_else(|| no_browser(format!("{program} named no port")))?;
    // A pipe that nobody reads fills up, and then the driver stands still.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    match owned.0.take() {
        Some(child) => Ok((child, port)),
        None => Err(no_browser(format!("{program} is gone"))),
    }
}

/// True when Chromium itself says yes to whatever a page asks for: to devices, and to a screen of its own making. That
/// is simplest, and what no decision can take back, and leaves no choice of what is shared.
fn answered_by_the_browser(arrival: &Arrival) -> bool {
    let may = !matches!(arrival.devices, Devices::Refused | Devices::Absent);
    may && !arrival.shares_slides
}

/// The browser's flags and the driver's logs.
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
        // Two browsers on a machine without a multicast network still reach each other.
        "--disable-features=WebRtcHideLocalIpsWithMdns",
        "--allow-loopback-in-peer-connection",
        // Every page is one that somebody looks at.
        "--disable-backgrounding-occluded-windows",
        "--disable-renderer-backgrounding",
    ]
    .map(str::to_owned)
    .into();
    if arrival.place.is_made() {
        // Devices and the like are for secure pages, and in a network of the test's own nobody else listens.
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
        if arrival.portrayed {
            let format = if arrival.sparing {
                portrait::Format::SPARING
            } else {
                portrait::Format::FULL
            };
            portrait::write_film(&film, &arrival.name, format)?;
        } else {
            camera::write_film(&film, part.colour)?;
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

/// Scheme, host and port of an address.
pub(crate) fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or(url, |end| &url[..host + end])
}

/// A command of the driver that the standard does not name.
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
