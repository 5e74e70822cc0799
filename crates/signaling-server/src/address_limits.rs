//! Limits how much of the server one client address may hold at the same time.
//!
//! An address is an IPv4 address, or an IPv6 /64, the least that a household gets. Loopback is not limited: a
//! proxy that the settings do not name makes all clients look as if they came from this machine.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex};

use crate::limits::{SOCKETS, SOCKETS_PER_ADDRESS};

/// Maximum number of sockets at the same time.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// Sockets in all.
    pub sockets: u32,
    /// Sockets from one address (IPv6: /64).
    pub per_address: u32,
}

impl ConnectionLimits {
    /// TCP connections in all: the sockets, and a third as many (at least 16) for HTTP, so that the page still
    /// opens.
    pub fn connections(self) -> u32 {
        self.sockets + (self.sockets / 3).max(16)
    }

    /// TCP connections from one address, without those of trusted proxies: its sockets, and as many again for
    /// HTTP.
    pub fn connections_per_address(self) -> u32 {
        2 * self.per_address
    }
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            sockets: SOCKETS,
            per_address: SOCKETS_PER_ADDRESS,
        }
    }
}

/// Permits of one kind, counted per address.
#[derive(Debug)]
pub struct AddressLimits {
    most: u32,
    held: Mutex<HashMap<IpAddr, u32>>,
}

/// A permit of an address; dropping it gives it back.
#[derive(Debug)]
pub struct AddressPermit {
    limits: Arc<AddressLimits>,
    key: IpAddr,
}

impl AddressLimits {
    /// Starts with no permits taken; each address may hold `most`.
    pub fn new(most: u32) -> Arc<Self> {
        Arc::new(Self {
            most,
            held: Mutex::new(HashMap::new()),
        })
    }

    /// Takes a permit for an address. Returns `None` if the address holds its share already.
    pub fn hold(self: &Arc<Self>, from: IpAddr) -> Option<AddressPermit> {
        let key = address_key(from);
        let mut all = registry::lock(&self.held);
        let held = all.entry(key).or_default();
        if *held >= self.most && !from.to_canonical().is_loopback() {
            return None;
        }
        *held += 1;
        Some(AddressPermit {
            limits: Arc::clone(self),
            key,
        })
    }
}

impl Drop for AddressPermit {
    fn drop(&mut self) {
        let mut all = registry::lock(&self.limits.held);
        if let Some(held) = all.get_mut(&self.key) {
            *held -= 1;
            if *held == 0 {
                all.remove(&self.key);
            }
        }
    }
}

/// Returns what an address counts as: itself, or its IPv6 /64.
pub fn address_key(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(v6) => {
            let prefix = v6.to_bits() & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from_bits(prefix))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn permits_are_limited_per_address_and_come_back() {
        let limits = AddressLimits::new(2);
        let held: Vec<_> = ["2001:db8::1", "2001:db8::2", "2001:db8::3"]
            .map(|from| limits.hold(address(from)))
            .into_iter()
            .collect();
        assert!(held[0].is_some() && held[1].is_some() && held[2].is_none());
        let another = limits.hold(address("192.0.2.1")).expect("another address");
        drop(held);
        assert!(limits.hold(address("2001:db8::3")).is_some());
        drop(another);
        assert!(limits.held.lock().expect("no panic").is_empty());
    }

    #[test]
    fn loopback_is_not_limited() {
        let limits = AddressLimits::new(1);
        let held: Vec<_> = (0..9).map(|_| limits.hold(address("127.0.0.1"))).collect();
        assert!(held.iter().all(Option::is_some));
    }
}
