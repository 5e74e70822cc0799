//! A host behind a router, and what can happen to its way to the world.

use std::sync::atomic::{AtomicU8, Ordering};

use super::Namespace;
use crate::Outcome;

/// What a router does with packets, in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// All pass.
    Fair,
    /// So many of a hundred vanish, each by chance.
    Lossy(u8),
    /// UDP vanishes, as behind a strict firewall.
    WithoutUdp,
    /// All vanish, without a word to either side: every link seems to be up.
    Dead,
}

/// A host at home: its packets pass a router, which gives them its own address.
#[derive(Debug)]
pub struct Home {
    host: Namespace,
    router: Namespace,
    /// Tells its addresses from the other home's.
    number: u8,
    /// The last byte of the host's address.
    address: AtomicU8,
}

impl Home {
    /// Makes one and connects its router to a bridge in the public network.
    pub(super) fn beside(public: &Namespace, number: u8) -> Outcome<Self> {
        let (router, host) = (
            Namespace::make(&format!("router{number}"))?,
            Namespace::make(&format!("host{number}"))?,
        );
        let (outside, inside) = (router.name(), host.name());
        public.ip(&format!(
            "link add home{number} type veth peer name wan netns {outside}"
        ))?;
        public.ip(&format!("link set home{number} master street up"))?;
        router.ip(&format!("addr add 203.0.113.1{number}/24 dev wan"))?;
        router.ip("link set wan up")?;
        router.ip(&format!("link add lan type veth peer name eth0 netns {inside}"))?;
        router.ip(&format!("addr add 10.77.{number}.1/24 dev lan"))?;
        router.ip("link set lan up")?;
        router.switches("ipv4/ip_forward", "1")?;
        router.filters(ROUTER)?;
        let home = Self {
            host,
            router,
            number,
            address: AtomicU8::new(1),
        };
        home.gets_another_address()?;
        Ok(home)
    }

    /// The network in which its people sit.
    pub fn host(&self) -> &Namespace {
        &self.host
    }

    /// Lets it rain on the router.
    pub fn has_weather(&self, weather: Weather) -> Outcome {
        let rule = match weather {
            Weather::Fair => String::new(),
            Weather::Lossy(percent) => format!("numgen random mod 100 < {percent} drop"),
            Weather::WithoutUdp => "meta l4proto udp drop".to_owned(),
            Weather::Dead => "drop".to_owned(),
        };
        self.router.filters(&format!(
            "table inet weather {{}}
             delete table inet weather
             table inet weather {{
                 chain forward {{ type filter hook forward priority -10; policy accept; {rule}; }}
             }}"
        ))
    }

    /// Pulls the cable between host and router: unlike [`Weather::Dead`], the host sees it. It keeps its address and its
    /// routes.
    pub fn is_unplugged(&self) -> Outcome {
        self.router.ip("link set lan down")
    }

    /// Plugs it in again.
    pub fn is_plugged_in(&self) -> Outcome {
        self.router.ip("link set lan up")
    }

    /// Gives the host another address, as when it goes from one network to another.
    pub fn gets_another_address(&self) -> Outcome {
        let number = self.number;
        let last = self.address.fetch_add(1, Ordering::Relaxed) + 1;
        self.host.ip("addr flush dev eth0")?;
        self.host
            .ip(&format!("addr add 10.77.{number}.{last}/24 dev eth0"))?;
        self.host.ip("link set eth0 up")?;
        self.host
            .ip(&format!("route replace default via 10.77.{number}.1"))
    }
}

/// A router at home gives packets its own address, lets in what answers them, and says nothing about the rest: a word from
/// here about a closed port has coturn end the whole allocation.
const ROUTER: &str = r#"
table ip translation {
    chain out { type nat hook postrouting priority 100; oifname "wan" masquerade; }
}
table ip wall {
    chain input {
        type filter hook input priority 0; policy accept;
        ct state established,related accept
        iifname "wan" drop
    }
    chain forward {
        type filter hook forward priority 0; policy drop;
        ct state established,related accept
        iifname "lan" accept
    }
}"#;
