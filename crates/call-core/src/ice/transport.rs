//! Transport protocols to a server or to a peer.

/// A transport protocol, in order: earlier ones have lower latency, later ones pass more firewalls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// Datagrams, with the lowest latency.
    Udp,
    /// A byte stream; passes more firewalls.
    Tcp,
    /// An encrypted byte stream that looks like HTTPS; passes nearly all firewalls.
    Tls,
}
