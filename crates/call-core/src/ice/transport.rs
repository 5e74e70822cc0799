//! What carries packets to a server, or to the other end.

/// A transport; the earlier ones are quicker, the later ones pass more firewalls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// Packets; the quickest.
    Udp,
    /// A stream; passes more firewalls.
    Tcp,
    /// An encrypted stream, which looks as a page that is loaded; passes nearly all.
    Tls,
}
