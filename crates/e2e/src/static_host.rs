//! A static web server: files of a folder over HTTP, as when the app is hosted apart from its server. It can withhold
//! files, and replace the deployed app by another version of it.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::Outcome;

/// Serves the built app in `dist/`, with its own `config.json`, until the test process ends.
#[derive(Clone, Debug)]
pub struct StaticHost {
    address: SocketAddr,
    files: Arc<Files>,
}

/// What is served.
#[derive(Debug, Default)]
struct Files {
    config: OnceLock<String>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Part of the path of files that are not answered yet.
    held: Option<String>,
    /// Part of the path of files whose connection is closed.
    refused: Option<String>,
    /// Whether another version of the app is deployed: the same, under other names.
    replaced: bool,
    /// Whether requests that only ask whether a file is there are told that it is not.
    denies: bool,
    /// How often the page was loaded, and how many requests were refused.
    pages: usize,
    refusals: usize,
}

/// The names of this version's files, and those of the other version.
const VERSIONS: [[&str; 2]; 2] = [
    ["confab-app-", "confab-app-other-"],
    ["snippets/", "snippets-other/"],
];

impl StaticHost {
    /// Starts serving on its own loopback port.
    pub fn of_the_built_app() -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let host = Self {
            address: listener.local_addr()?,
            files: Arc::default(),
        };
        let files = Arc::clone(&host.files);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let files = Arc::clone(&files);
                // The browser opens connections in advance; none may block the others.
                std::thread::spawn(move || {
                    // A browser may disconnect at any time.
                    let _ = files.answer(&stream);
                });
            }
        });
        Ok(host)
    }

    /// Its origin.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Names the server in `config.json`; only the first call has an effect.
    pub fn names_the_server(&self, url: &str) {
        self.files
            .config
            .get_or_init(|| format!(r#"{{"server": "{url}"}}"#));
    }

    /// Does not answer requests for files with this in their path, until [`Self::answers_all`].
    pub fn holds(&self, part: &str) {
        self.files.state().held = Some(part.to_owned());
    }

    /// Closes the connection on requests for files with this in their path, until [`Self::answers_all`].
    pub fn refuses(&self, part: &str) {
        self.files.state().refused = Some(part.to_owned());
    }

    /// Answers all requests again, also those that it held.
    pub fn answers_all(&self) {
        let mut state = self.files.state();
        (state.held, state.refused) = (None, None);
        self.files.changed.notify_all();
    }

    /// Deploys another version: the files of the first are gone.
    pub fn is_replaced(&self) {
        self.files.state().replaced = true;
    }

    /// Answers requests that only ask whether a file is there as if it were gone.
    pub fn denies_files(&self) {
        self.files.state().denies = true;
    }

    /// How many requests were refused.
    pub fn refusals(&self) -> usize {
        self.files.state().refusals
    }

    /// How often the page was loaded.
    pub fn pages(&self) -> usize {
        self.files.state().pages
    }
}

impl Files {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers one request and closes the connection.
    fn answer(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        let mut line = String::new();
        let mut request = BufReader::new(stream);
        request.read_line(&mut line)?;
        let mut header = String::from("-");
        while !header.trim().is_empty() {
            header.clear();
            request.read_line(&mut header)?;
        }
        let path = line.split(' ').nth(1).unwrap_or("/").trim_start_matches('/');
        // A page of the app, unless it is a file.
        let path = if path.contains('.') { path } else { "index.html" };
        if !self.lets_through(path) {
            return Ok(());
        }
        let only_asks = line.starts_with("HEAD");
        let body = self.body(path).filter(|_| !(only_asks && self.state().denies));
        let status = if body.is_some() { "200 OK" } else { "404 Not Found" };
        let kind = match path.rsplit('.').next() {
            Some("html") => "text/html",
            Some("js") => "text/javascript",
            Some("wasm") => "application/wasm",
            Some("css") => "text/css",
            Some("svg") => "image/svg+xml",
            Some("json") => "application/json",
            _ => "application/octet-stream",
        };
        let body = body.unwrap_or_default();
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        )?;
        if only_asks {
            Ok(())
        } else {
            stream.write_all(&body)
        }
    }

    /// Waits while a file is held; returns whether it is answered at all.
    fn lets_through(&self, path: &str) -> bool {
        let has = |part: &Option<String>| part.as_ref().is_some_and(|part| path.contains(part.as_str()));
        let mut state = self.state();
        while has(&state.held) {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.pages += usize::from(path == "index.html");
        let refused = has(&state.refused);
        state.refusals += usize::from(refused);
        !refused
    }

    /// The content of a file, if there is one.
    fn body(&self, path: &str) -> Option<Vec<u8>> {
        if path == "config.json" {
            return Some(self.config.get().map_or("", String::as_str).into());
        }
        let replaced = self.state().replaced;
        let mut path = path.to_owned();
        for [this, other] in VERSIONS {
            if replaced && path.starts_with(this) && !path.starts_with(other) {
                return None;
            }
            path = path.replacen(other, this, 1);
        }
        if path.contains("..") {
            return None;
        }
        let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
        let body = std::fs::read(dist.join(&path)).ok()?;
        let is_text = matches!(path.rsplit('.').next(), Some("html" | "js"));
        if !replaced || !is_text {
            return Some(body);
        }
        let mut text = String::from_utf8(body).ok()?;
        for [this, other] in VERSIONS {
            text = text.replace(this, other);
        }
        Some(text.into_bytes())
    }
}
