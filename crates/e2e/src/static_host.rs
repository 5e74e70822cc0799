//! A static web server: files of a folder over HTTP, as when the app is hosted apart from its server.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::Outcome;

/// Serves the built app in `dist/`, with its own `config.json`, until the test process ends.
#[derive(Clone, Debug)]
pub struct StaticHost {
    address: SocketAddr,
    config: Arc<OnceLock<String>>,
}

impl StaticHost {
    /// Starts serving on its own loopback port.
    pub fn of_the_built_app() -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let host = Self {
            address: listener.local_addr()?,
            config: Arc::default(),
        };
        let config = Arc::clone(&host.config);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let config = Arc::clone(&config);
                // The browser opens connections in advance; none may block the others.
                std::thread::spawn(move || {
                    // A browser may disconnect at any time.
                    let _ = answer(&stream, config.get().map_or("", String::as_str));
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
        self.config.get_or_init(|| format!(r#"{{"server": "{url}"}}"#));
    }
}

/// Answers one request and closes the connection.
fn answer(mut stream: &TcpStream, config: &str) -> std::io::Result<()> {
    let mut line = String::new();
    let mut request = BufReader::new(stream);
    request.read_line(&mut line)?;
    let mut header = String::from("-");
    while !header.trim().is_empty() {
        header.clear();
        request.read_line(&mut header)?;
    }
    let path = line.split(' ').nth(1).unwrap_or("/").trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let body = if path == "config.json" {
        Some(config.as_bytes().to_vec())
    } else if path.contains("..") {
        None
    } else {
        std::fs::read(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../../dist")
                .join(path),
        )
        .ok()
    };
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
    stream.write_all(&body)
}
