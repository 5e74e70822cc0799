//! A host behind a router, and faults of its network.

use std::sync::atomic::{AtomicU8, Ordering};

use super::Namespace;
use crate::Outcome;

/// What a router does with the packets that it forwards, in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Forwards all packets.
    Fair,
    /// Drops this percentage of the packets at random.
    Lossy(u8),
    /// Drops UDP, like a strict firewall.
    WithoutUdp,
    /// Drops all packets silently: every link still seems to be up.
    Dead,
}

/// A host behind a router, which replaces the host's address by its own (NAT).
#[derive(Debug)]
pub struct Home {
    host: Namespace,
    router: Namespace,
    /// Distinguishes its addresses from those of the other home.
    number: u8,
    /// The last byte of the host's address.
    address: AtomicU8,
}

impl Home {
    /// Creates a home and connects its router to the bridge of the public network.
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

    /// The network of its host, where people's browsers run.
    pub fn host(&self) -> &Namespace {
        &self.host
    }

    /// Sets what the router does with packets.
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

    /// Limits what the home sends to the public network, in kbit/s; `None` for no limit. What exceeds it waits, for 200
    /// ms at most, as in a router of a home.
    pub fn has_uplink(&self, kilobits: Option<u32>) -> Outcome {
        let queue = kilobits.map_or("pfifo limit 1000".to_owned(), |kilobits| {
            format!("tbf rate {kilobits}kbit burst 16kb latency 200ms")
        });
        self.router.tc(&format!("qdisc replace dev wan root {queue}"))
    }

    /// Unplugs the cable between host and router. Unlike with [`Weather::Dead`], the host notices; it keeps
    /// its address and routes.
    pub fn is_unplugged(&self) -> Outcome {
        self.router.ip("link set lan down")
    }

    /// Plugs the cable in again.
    pub fn is_plugged_in(&self) -> Outcome {
        self.router.ip("link set lan up")
    }

    /// Gives the host another address, as when it moves to another network.
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

/// Rules of a home router: it replaces source addresses, lets replies in, and drops the rest without an
/// answer. An error about a closed port would make coturn end the whole allocation.
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
