//! An ICE candidate as the trace shows it (RFC 8839 §5.1): type, transport and redacted address.

/// A candidate of one end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateView {
    /// Type of the candidate.
    pub kind: CandidateKind,
    /// Whether the candidate uses TCP; otherwise it uses UDP.
    pub tcp: bool,
    /// Address without its second half.
    pub address: String,
}

/// Candidate type (RFC 8445 §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateKind {
    /// An address of the device itself.
    Host,
    /// The address behind a NAT, as a STUN server saw it.
    ServerReflexive,
    /// The address behind a NAT, as the other end saw it.
    PeerReflexive,
    /// An address on a TURN server.
    Relay,
}

impl CandidateView {
    /// Parses a `candidate` line. Returns `None` for anything else, such as the empty end-of-candidates mark.
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

/// Keeps the first half of an address: enough to tell networks apart, too little to identify a person.
pub(crate) fn redact(address: &str) -> String {
    if address.rsplit('.').next() == Some("local") {
        // The browser hides the address itself, behind an mDNS name that changes.
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
    fn reads_type_transport_and_redacted_address() {
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
        fn any_text_is_read_without_panic(candidate in ".*") {
            let _ = CandidateView::read(&candidate);
        }
    }
}
