//! A candidate as the trace shows it (RFC 8839 §5.1): what kind, by which protocol, and where, as far as strangers may know.

/// A way by which an end may be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateView {
    /// What kind.
    pub kind: CandidateKind,
    /// Whether it is over TCP; else over UDP.
    pub tcp: bool,
    /// The address, its second half left out.
    pub address: String,
}

/// What kind of way a candidate is (RFC 8445 §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateKind {
    /// Straight to the device.
    Host,
    /// Through the translation of the router, as a STUN server saw it.
    ServerReflexive,
    /// The same, as the other end saw it.
    PeerReflexive,
    /// Through a relay.
    Relay,
}

impl CandidateView {
    /// Reads a candidate; `None` for what is none, such as the mark of the last one.
    pub(crate) fn read(candidate: &str) -> Option<Self> {
        let mut words = candidate.split_ascii_whitespace();
        let protocol = words.nth(2)?;
        let address = words.nth(1)?;
        let kind = words.skip_while(|word| *word != "typ").nth(1)?;
        Some(Self {
            kind: match kind {
                "host" => CandidateKind::Host,
                "srflx" => CandidateKind::ServerReflexive,
                "prflx" => CandidateKind::PeerReflexive,
                "relay" => CandidateKind::Relay,
                _ => return None,
            },
            tcp: protocol.eq_ignore_ascii_case("tcp"),
            address: redact(address),
        })
    }
}

/// The first half of an address: enough to tell networks apart, too little to find somebody.
pub(crate) fn redact(address: &str) -> String {
    if address.rsplit('.').next() == Some("local") {
        // The browser hides the address itself already, behind a name that changes.
        return "….local".to_owned();
    }
    if address.contains(':') {
        let first: Vec<&str> = address.split(':').take(2).collect();
        return format!("{}:…", first.join(":"));
    }
    let parts: Vec<&str> = address.split('.').collect();
    match parts[..] {
        [a, b, _, _] => format!("{a}.{b}.x.x"),
        _ => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_candidate_tells_kind_protocol_and_half_an_address() {
        let read = |candidate: &str| CandidateView::read(candidate).map(|c| (c.kind, c.tcp, c.address));
        assert_eq!(
            read("candidate:1 1 udp 2122260223 192.168.1.5 54321 typ host generation 0 ufrag x"),
            Some((CandidateKind::Host, false, "192.168.x.x".to_owned()))
        );
        assert_eq!(
            read("candidate:2 1 UDP 41885439 203.0.113.9 3478 typ relay raddr 198.51.100.7 rport 1"),
            Some((CandidateKind::Relay, false, "203.0.x.x".to_owned()))
        );
        assert_eq!(
            read("candidate:3 1 tcp 1518280447 2001:db8::8a2e 9 typ host tcptype active"),
            Some((CandidateKind::Host, true, "2001:db8:…".to_owned()))
        );
        assert_eq!(read(""), None);
        assert_eq!(read("candidate:4 1 udp 1 1.2.3.4 5 typ strange"), None);
    }

    proptest! {
        #[test]
        fn no_address_is_shown_in_full(address in any::<std::net::IpAddr>()) {
            let shown = redact(&address.to_string());
            prop_assert_ne!(&shown, &address.to_string());
            prop_assert!(shown.ends_with("x.x") || shown.ends_with('…'), "{}", shown);
        }

        #[test]
        fn no_candidate_is_too_strange_to_read(candidate in ".*") {
            let _ = CandidateView::read(&candidate);
        }
    }
}
