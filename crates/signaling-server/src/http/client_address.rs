//! Finds the address of the client that sent a request.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

use super::network::Network;

/// The remote address of the TCP connection; the accept loop inserts it into each request.
#[derive(Clone, Copy, Debug)]
pub struct PeerAddress(pub IpAddr);

/// Returns the client's address: that of the connection, or the one reported by trusted proxies.
///
/// `X-Forwarded-For` is a list to which each proxy appends. Only entries from trusted proxies count, so it is
/// read from the end, up to the first address that is not a trusted proxy's.
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let mut client = peer.to_canonical();
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in forwarded.into_iter().rev() {
        if !is_proxy(client, trusted) {
            break;
        }
        match read(hop.trim()) {
            Some(address) => client = address.to_canonical(),
            None => break,
        }
    }
    client
}

/// Whether an address is a trusted proxy's. IPv4-mapped IPv6 addresses count as IPv4.
pub fn is_proxy(address: IpAddr, trusted: &[Network]) -> bool {
    trusted.iter().any(|network| network.has(address))
}

/// Parses an address; some proxies append the port, and put brackets around IPv6.
fn read(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']'));
    let address = bare.unwrap_or(hop).parse().ok();
    address.or_else(|| Some(hop.parse::<SocketAddr>().ok()?.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(peer: &str, forwarded: &[&'static str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", axum::http::HeaderValue::from_static(value));
        }
        let trusted: Vec<Network> = trusted
            .iter()
            .map(|text| text.parse().expect("a network"))
            .collect();
        client_address(peer.parse().expect("an address"), &headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(asked("192.0.2.9", &["198.51.100.1"], &[]), "192.0.2.9");
        assert_eq!(
            asked("127.0.0.1", &["198.51.100.1"], &["127.0.0.1"]),
            "198.51.100.1"
        );
    }

    #[test]
    fn ports_brackets_and_mapped_addresses_are_read() {
        for (hop, client) in [
            ("198.51.100.1:4711", "198.51.100.1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
        ] {
            assert_eq!(asked("127.0.0.1", &[hop], &["127.0.0.1"]), client);
        }
        assert_eq!(
            asked("127.0.0.1", &["198.51.100.1"], &["::ffff:127.0.0.1"]),
            "198.51.100.1"
        );
    }

    #[test]
    fn entries_of_the_client_itself_are_ignored() {
        let forwarded = ["203.0.113.5, 198.51.100.1", "10.0.0.2"];
        assert_eq!(
            asked("127.0.0.1", &forwarded, &["127.0.0.1", "10.0.0.2"]),
            "198.51.100.1"
        );
        assert_eq!(
            asked("127.0.0.1", &["203.0.113.5, nonsense"], &["127.0.0.1"]),
            "127.0.0.1"
        );
    }
}
