//! A STUN or TURN server as a user is told of it: role, host and transport, read from its address (RFC 7064, RFC 7065).
//!
//! Reading never fails: an address that makes no sense is shown as it stands, and the browser says that it is none.

use crate::Transport;

/// One server, by one transport.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Server {
    /// What it is for.
    pub role: ServerRole,
    /// Its name or address, without the port; the whole text where that is no address.
    pub host: String,
    /// Its port, where one is named.
    pub port: Option<u16>,
    /// How it is reached.
    pub transport: Transport,
}

/// What a server is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServerRole {
    /// Tells a page its address as others see it (RFC 8489).
    Stun,
    /// Passes on what a page sends (RFC 8656).
    Turn,
}

impl Server {
    /// Reads an address.
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

    /// Host and port as they are written.
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
        // An IPv6 address is in brackets, and has colons of its own.
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
    fn an_address_tells_role_place_and_transport() {
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
    fn what_is_no_address_is_shown_as_it_stands() {
        for url in ["", "nonsense", "https://example.org", "turn:", "turn:host:port"] {
            assert_eq!(Server::read(url).place(), url);
        }
    }
}
