//! Where clients come from, and how much of the server one place may hold at the same time.
//!
//! In IPv6 a place is a /64, of which a household has one at least. This machine itself is not counted: a proxy
//! that the settings do not name makes all the world look as if it came from here.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex};

use crate::limits::{SOCKETS, SOCKETS_PER_PLACE};

/// How many sockets there may be at the same time.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    /// In all.
    pub sockets: u32,
    /// From one place.
    pub per_address: u32,
}

impl Crowd {
    /// TCP connections in all: the sockets, and a third as many for HTTP, so that the page still opens.
    pub fn connections(self) -> u32 {
        self.sockets + (self.sockets / 3).max(16)
    }

    /// TCP connections from one place that no trusted proxy makes: its sockets, and as many again for HTTP.
    pub fn connections_per_place(self) -> u32 {
        2 * self.per_address
    }
}

impl Default for Crowd {
    fn default() -> Self {
        Self {
            sockets: SOCKETS,
            per_address: SOCKETS_PER_PLACE,
        }
    }
}

/// How many things of one kind each place holds.
#[derive(Debug)]
pub struct Places {
    most: u32,
    held: Mutex<HashMap<IpAddr, u32>>,
}

/// One thing that a place holds; dropping it gives it back.
#[derive(Debug)]
pub struct Hold {
    places: Arc<Places>,
    place: IpAddr,
}

impl Places {
    /// Nobody holds anything; nobody may hold more than `most`.
    pub fn new(most: u32) -> Arc<Self> {
        Arc::new(Self {
            most,
            held: Mutex::new(HashMap::new()),
        })
    }

    /// Takes one more for the place of an address, unless it has its share.
    pub fn hold(self: &Arc<Self>, from: IpAddr) -> Option<Hold> {
        let place = place(from);
        let mut all = registry::lock(&self.held);
        let held = all.entry(place).or_default();
        if *held >= self.most && !from.to_canonical().is_loopback() {
            return None;
        }
        *held += 1;
        Some(Hold {
            places: Arc::clone(self),
            place,
        })
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut all = registry::lock(&self.places.held);
        if let Some(held) = all.get_mut(&self.place) {
            *held -= 1;
            if *held == 0 {
                all.remove(&self.place);
            }
        }
    }
}

/// The place of an address.
pub fn place(from: IpAddr) -> IpAddr {
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
    fn a_place_gets_its_share_and_what_it_gives_back_again() {
        let places = Places::new(2);
        let held: Vec<_> = ["2001:db8::1", "2001:db8::2", "2001:db8::3"]
            .map(|from| places.hold(address(from)))
            .into_iter()
            .collect();
        assert!(held[0].is_some() && held[1].is_some() && held[2].is_none());
        let another = places.hold(address("192.0.2.1")).expect("another place");
        drop(held);
        assert!(places.hold(address("2001:db8::3")).is_some());
        drop(another);
        assert!(places.held.lock().expect("no panic").is_empty());
    }

    #[test]
    fn this_machine_is_not_counted() {
        let places = Places::new(1);
        let held: Vec<_> = (0..9).map(|_| places.hold(address("127.0.0.1"))).collect();
        assert!(held.iter().all(Option::is_some));
    }
}
