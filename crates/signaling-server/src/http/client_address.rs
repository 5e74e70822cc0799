//! Where a request comes from.

use std::net::IpAddr;

use axum::http::HeaderMap;

/// The other end of the TCP connection; the accept loop puts it into each request.
#[derive(Clone, Copy, Debug)]
pub struct PeerAddress(pub IpAddr);

/// The client's address: the connection's, or what a trusted proxy says of it.
///
/// `X-Forwarded-For` is a list to which each proxy adds at the end; only what trusted proxies added counts, so it
/// is read from the end up to the first address that is not a trusted proxy's.
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut client = peer.to_canonical();
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in forwarded.into_iter().rev() {
        if !trusted.contains(&client) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(address) => client = address.to_canonical(),
            Err(_) => break,
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(peer: &str, forwarded: &[&'static str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", axum::http::HeaderValue::from_static(value));
        }
        let trusted: Vec<IpAddr> = trusted
            .iter()
            .map(|text| text.parse().expect("an address"))
            .collect();
        client_address(peer.parse().expect("an address"), &headers, &trusted).to_string()
    }

    #[test]
    fn nobody_is_believed_but_a_trusted_proxy() {
        assert_eq!(asked("192.0.2.9", &["198.51.100.1"], &[]), "192.0.2.9");
        assert_eq!(
            asked("127.0.0.1", &["198.51.100.1"], &["127.0.0.1"]),
            "198.51.100.1"
        );
    }

    #[test]
    fn what_a_client_wrote_itself_into_the_list_does_not_count() {
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
