//! A STUN or TURN server as it is shown: role, host and transport, parsed from its URL (RFC 7064, RFC 7065).
//!
//! Parsing never fails: an invalid URL is shown as written, and the browser reports it as invalid.

use crate::Transport;

/// A server, over one transport.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Server {
    /// What the server does.
    pub role: ServerRole,
    /// Host name or address without the port; the whole text if the URL is invalid.
    pub host: String,
    /// Port, if the URL has one.
    pub port: Option<u16>,
    /// Transport to the server.
    pub transport: Transport,
}

/// What a server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServerRole {
    /// Returns a page's public address (RFC 8489).
    Stun,
    /// Relays what a page sends (RFC 8656).
    Turn,
}

impl Server {
    /// Parses a URL.
    pub fn read(url: &str) -> Self {
        let role = if url.to_ascii_lowercase().starts_with("turn") {
            ServerRole::Turn
        } else {
            ServerRole::Stun
        };
        parse(url, role).unwrap_or_else(|| Self {
            role,
            host: url.to_owned(),
            port: None,
            transport: Transport::Udp,
        })
    }

    /// Host and port as written in the URL.
    pub fn place(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }
}

fn parse(url: &str, role: ServerRole) -> Option<Server> {
    let (scheme, rest) = url.split_once(':')?;
    let secure = match scheme.to_ascii_lowercase().as_str() {
        "stun" | "turn" => false,
        "stuns" | "turns" => true,
        _ => return None,
    };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let transport = match query.strip_prefix("transport=") {
        _ if secure => Transport::Tls,
        Some(transport) if transport.eq_ignore_ascii_case("tcp") => Transport::Tcp,
        _ => Transport::Udp,
    };
    let (host, port) = match place.rsplit_once(':') {
        // An IPv6 address is in brackets and has colons of its own.
        Some((host, port)) if !port.ends_with(']') => (host, Some(port.parse().ok()?)),
        _ => (place, None),
    };
    (!host.is_empty()).then(|| Server {
        role,
        host: host.to_owned(),
        port,
        transport,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> (ServerRole, String, Transport) {
        let server = Server::read(url);
        (server.role, server.place(), server.transport)
    }

    #[test]
    fn url_gives_role_host_and_transport() {
        use ServerRole::{Stun, Turn};
        use Transport::{Tcp, Tls, Udp};
        for (url, role, place, transport) in [
            ("stun:stun.example.org", Stun, "stun.example.org", Udp),
            ("turn:10.0.0.1:3478", Turn, "10.0.0.1:3478", Udp),
            ("turn:relay.example?transport=udp", Turn, "relay.example", Udp),
            (
                "turn:relay.example:80?transport=tcp",
                Turn,
                "relay.example:80",
                Tcp,
            ),
            (
                "turns:relay.example:443?transport=tcp",
                Turn,
                "relay.example:443",
                Tls,
            ),
            ("TURNS:[2001:db8::1]:5349", Turn, "[2001:db8::1]:5349", Tls),
            ("stun:[2001:db8::1]", Stun, "[2001:db8::1]", Udp),
        ] {
            assert_eq!(read(url), (role, place.to_owned(), transport), "{url}");
        }
    }

    #[test]
    fn invalid_url_is_shown_as_written() {
        for url in ["", "nonsense", "https://example.org", "turn:", "turn:host:port"] {
            assert_eq!(Server::read(url).place(), url);
        }
    }
}
