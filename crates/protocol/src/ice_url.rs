//! URLs of STUN and TURN servers: `stun:` and `stuns:` (RFC 7064), `turn:` and `turns:` (RFC 7065).
//!
//! Browsers throw if any one of the URLs they are given is malformed, and then no server is used at all; so
//! each URL is checked first. Accepted is what both the RFCs and browsers accept: of the hosts that RFC 3986
//! allows, DNS names and IP addresses.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// The longest host name, in bytes (RFC 1035 §2.3.4).
const HOST_BYTES: usize = 253;
/// The longest label of a host name, in bytes (RFC 1035 §2.3.4).
const LABEL_BYTES: usize = 63;

/// The URL of a STUN or TURN server. Displayed in the form that browsers accept: scheme and transport in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IceUrl {
    /// The protocol, with or without TLS.
    pub scheme: IceScheme,
    /// A DNS name, an IPv4 address, or an IPv6 address without its brackets.
    pub host: String,
    /// The port, if it is not the scheme's default (3478, or 5349 with TLS).
    pub port: Option<u16>,
    /// The transport to the TURN server, if given.
    pub transport: Option<IceTransport>,
}

/// The protocol of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IceScheme {
    /// STUN without TLS.
    Stun,
    /// STUN over TLS.
    Stuns,
    /// TURN without TLS.
    Turn,
    /// TURN over TLS.
    Turns,
}

impl IceScheme {
    /// Whether the server is a relay.
    pub fn is_turn(self) -> bool {
        match self {
            Self::Stun | Self::Stuns => false,
            Self::Turn | Self::Turns => true,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Stun => "stun",
            Self::Stuns => "stuns",
            Self::Turn => "turn",
            Self::Turns => "turns",
        }
    }
}

/// The transport between a client and its TURN server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IceTransport {
    /// `?transport=udp`
    Udp,
    /// `?transport=tcp`
    Tcp,
}

/// Why a text is not the URL of a STUN or TURN server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IceUrlError {
    /// The scheme is none of the four.
    #[error("the scheme must be stun:, stuns:, turn: or turns:")]
    Scheme,
    /// Slashes after the scheme, as in `turns://host`.
    #[error("no slashes after the scheme: turns:host, not turns://host")]
    Slashes,
    /// No host after the scheme.
    #[error("it names no host")]
    NoHost,
    /// An IPv6 address without brackets, as in `stun:2001:db8::1`.
    #[error("an IPv6 address must be in brackets: stun:[2001:db8::1]:3478")]
    Brackets,
    /// The host is neither a DNS name nor an IP address.
    #[error("the host must be a name of letters, digits, hyphens and dots, or an IP address")]
    Host,
    /// The port is not a number from 1 to 65535.
    #[error("the port must be a number from 1 to 65535")]
    Port,
    /// A `stun:` or `stuns:` URL with a query.
    #[error("a STUN address has no ?transport: only TURN addresses may have it")]
    StunQuery,
    /// A TURN URL with a query other than `transport=udp` or `transport=tcp`.
    #[error("only ?transport=udp or ?transport=tcp may follow")]
    Transport,
}

impl FromStr for IceUrl {
    type Err = IceUrlError;

    fn from_str(text: &str) -> Result<Self, IceUrlError> {
        let (scheme, rest) = text.split_once(':').ok_or(IceUrlError::Scheme)?;
        let schemes = [
            IceScheme::Stun,
            IceScheme::Stuns,
            IceScheme::Turn,
            IceScheme::Turns,
        ];
        let scheme = schemes
            .into_iter()
            .find(|known| scheme.eq_ignore_ascii_case(known.as_str()))
            .ok_or(IceUrlError::Scheme)?;
        if rest.starts_with("//") {
            return Err(IceUrlError::Slashes);
        }
        let (authority, query) = match rest.split_once('?') {
            Some((authority, query)) => (authority, Some(query)),
            None => (rest, None),
        };
        let transport = query.map(|query| transport(scheme, query)).transpose()?;
        let (host, port) = host_and_port(authority)?;
        Ok(Self {
            scheme,
            host: host.to_owned(),
            port: port.map(read_port).transpose()?,
            transport,
        })
    }
}

impl fmt::Display for IceUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.scheme.as_str())?;
        if self.host.contains(':') {
            write!(f, "[{}]", self.host)?;
        } else {
            f.write_str(&self.host)?;
        }
        if let Some(port) = self.port {
            write!(f, ":{port}")?;
        }
        match self.transport {
            Some(IceTransport::Udp) => f.write_str("?transport=udp"),
            Some(IceTransport::Tcp) => f.write_str("?transport=tcp"),
            None => Ok(()),
        }
    }
}

fn transport(scheme: IceScheme, query: &str) -> Result<IceTransport, IceUrlError> {
    if !scheme.is_turn() {
        return Err(IceUrlError::StunQuery);
    }
    match query.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("transport") => {
            if value.eq_ignore_ascii_case("udp") {
                Ok(IceTransport::Udp)
            } else if value.eq_ignore_ascii_case("tcp") {
                Ok(IceTransport::Tcp)
            } else {
                Err(IceUrlError::Transport)
            }
        }
        _ => Err(IceUrlError::Transport),
    }
}

/// Splits `host [":" port]`; returns an IPv6 address without its brackets.
fn host_and_port(authority: &str) -> Result<(&str, Option<&str>), IceUrlError> {
    if let Some(bracketed) = authority.strip_prefix('[') {
        let (address, rest) = bracketed.split_once(']').ok_or(IceUrlError::Host)?;
        address.parse::<Ipv6Addr>().map_err(|_| IceUrlError::Host)?;
        return match rest.strip_prefix(':') {
            Some(port) => Ok((address, Some(port))),
            None if rest.is_empty() => Ok((address, None)),
            None => Err(IceUrlError::Host),
        };
    }
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    if port.is_some_and(|port| port.contains(':')) {
        return Err(IceUrlError::Brackets);
    }
    if host.is_empty() {
        return Err(IceUrlError::NoHost);
    }
    if is_host(host) {
        Ok((host, port))
    } else {
        Err(IceUrlError::Host)
    }
}

/// Whether a text is an IPv4 address or a DNS name, which may end in one dot. Browsers read a name that ends
/// in a number as an address (WHATWG URL, "ends in a number").
fn is_host(text: &str) -> bool {
    if text.parse::<Ipv4Addr>().is_ok() {
        return true;
    }
    let name = text.strip_suffix('.').unwrap_or(text);
    let is_label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (1..=LABEL_BYTES).contains(&label.len()) && label.bytes().all(plain)
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    name.len() <= HOST_BYTES
        && name.split('.').all(is_label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
}

fn read_port(text: &str) -> Result<u16, IceUrlError> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let port: Option<u16> = text.parse().ok().filter(|port| digits && *port > 0);
    port.ok_or(IceUrlError::Port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, IceUrlError> {
        text.parse::<IceUrl>().map(|url| url.to_string())
    }

    #[test]
    fn well_formed_urls_round_trip() {
        for good in [
            "stun:stun.example.org",
            "stun:stun.example.org:3478",
            "stuns:stun.example.org",
            "stun:192.0.2.1",
            "stun:192.0.2.1:3478",
            "stun:[2001:db8::1]",
            "stun:[2001:db8::1]:3478",
            "turn:turn.example.org",
            "turn:turn.example.org?transport=udp",
            "turn:turn.example.org:3478?transport=tcp",
            "turns:turn.example.org:5349?transport=tcp",
            "turns:[::1]:443?transport=udp",
            "turn:coturn",
            "turn:my_turn-1.internal.",
            "turn:xn--fsqu00a.example",
            "turn:1.example",
            "stun:host:65535",
        ] {
            assert_eq!(read(good).as_deref(), Ok(good));
        }
        assert_eq!(
            read("TURN:a?TRANSPORT=UDP").as_deref(),
            Ok("turn:a?transport=udp")
        );
        assert_eq!(read("stun:a:03478").as_deref(), Ok("stun:a:3478"));
    }

    #[test]
    fn malformed_urls_are_refused_with_a_reason() {
        use IceUrlError::{Brackets, Host, NoHost, Port, Scheme, Slashes, StunQuery, Transport};
        let label = format!("turn:{}.example", "a".repeat(64));
        let name = format!("turn:{}example", "a.".repeat(128));
        for (bad, why) in [
            ("", Scheme),
            ("stun", Scheme),
            ("turn.example.org", Scheme),
            ("http:turn.example.org", Scheme),
            (" stun:a", Scheme),
            ("stun:127.0.0.1:9149?transport=udp", StunQuery),
            ("stuns:a?", StunQuery),
            ("turns://turn.example.org", Slashes),
            ("stun://", Slashes),
            ("stun:", NoHost),
            ("turn::3478", NoHost),
            ("turn:?transport=udp", NoHost),
            ("stun:2001:db8::1", Brackets),
            ("turn:::1", Brackets),
            ("turn:2001:db8::1:3478?transport=udp", Brackets),
            ("stun:[2001:db8::1", Host),
            ("stun:[2001:db8::1]3478", Host),
            ("stun:[]", Host),
            ("stun:[a.example]", Host),
            ("stun:[fe80::1%eth0]", Host),
            ("turn:ann@a.example", Host),
            ("turn:a b", Host),
            ("turn:a/b", Host),
            ("turn:a#b", Host),
            ("turn:a..b", Host),
            ("turn:.", Host),
            ("turn:例え.example", Host),
            ("turn:%61.example", Host),
            ("turn:1.2.3", Host),
            ("turn:256.0.0.1", Host),
            (&label, Host),
            (&name, Host),
            ("turn:a:", Port),
            ("turn:a:0", Port),
            ("turn:a:65536", Port),
            ("turn:a:+1", Port),
            ("turn:a:x", Port),
            ("turn:a?", Transport),
            ("turn:a?transport", Transport),
            ("turn:a?transport=", Transport),
            ("turn:a?transport=sctp", Transport),
            ("turn:a?transport=tls", Transport),
            ("turn:a?transport=udp&x=1", Transport),
            ("turn:a?foo=udp", Transport),
        ] {
            assert_eq!(read(bad), Err(why), "{bad}");
        }
    }
}
