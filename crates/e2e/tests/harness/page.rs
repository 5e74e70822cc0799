//! A web server for a single page, on its own loopback port.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};

/// Serves the same page for every path until the test process ends; returns its URL.
pub fn serve(page: &'static str) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a loopback port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // The browser opens connections in advance; none may block the others.
            std::thread::spawn(move || answer(stream, page));
        }
    });
    format!("http://{address}")
}

fn answer(mut stream: std::net::TcpStream, page: &str) {
    let Ok(reader) = stream.try_clone() else { return };
    let request: Vec<String> = BufReader::new(reader)
        .lines()
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .collect();
    if request.is_empty() {
        return;
    }
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\nContent-Length:";
    // A browser that is killed meanwhile does not read the response.
    let _ = write!(stream, "{head} {}\r\n\r\n{page}", page.len());
}
