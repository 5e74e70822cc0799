//! Two homes on one public network, with a server.

use std::net::Ipv4Addr;

use super::{Home, Namespace, leftovers};
use crate::{Failure, Outcome, note};

/// A public network and two homes behind routers, each of which reaches the other only through its router.
#[derive(Debug)]
pub struct Networks {
    public: Namespace,
    homes: [Home; 2],
}

impl Networks {
    /// Where servers listen in the public network. The addresses are reserved for documentation (RFC 5737).
    pub const PUBLIC: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 1);

    /// Creates the networks; `None`, with a note of the reason, where the machine does not allow it.
    ///
    /// With `CONFAB_NETWORKS=required` in the environment, that is a failure.
    pub fn two_homes() -> Outcome<Option<Self>> {
        match Self::make() {
            Ok(networks) => Ok(Some(networks)),
            Err(failure) if std::env::var("CONFAB_NETWORKS").is_ok_and(|wish| wish == "required") => {
                Err(failure)
            }
            Err(failure) => {
                note(&format!(
                    "SKIPPED: this machine does not let the test create networks. {failure}"
                ));
                Ok(None)
            }
        }
    }

    /// The public network, for servers.
    pub fn public(&self) -> &Namespace {
        &self.public
    }

    /// The two homes.
    pub fn homes(&self) -> [&Home; 2] {
        self.homes.each_ref()
    }

    fn make() -> Outcome<Self> {
        if !rustix::process::geteuid().is_root() {
            return Err(Failure::Network("only root can create networks".to_owned()));
        }
        leftovers::clear();
        let public = Namespace::make("public")?;
        public.ip("link add street type bridge")?;
        public.ip(&format!("addr add {}/24 dev street", Self::PUBLIC))?;
        public.ip("link set street up")?;
        let homes = [Home::beside(&public, 1)?, Home::beside(&public, 2)?];
        // A default route to nowhere, so that packets to unknown addresses get lost as on the internet:
        // coturn ends a whole allocation when it has no route to a peer's private address.
        public.ip("neigh add 203.0.113.254 lladdr 02:00:00:00:00:01 nud permanent dev street")?;
        public.ip("route add default via 203.0.113.254")?;
        Ok(Self { public, homes })
    }
}
