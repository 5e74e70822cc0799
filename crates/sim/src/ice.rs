//! The servers for ICE that pages are told of.

use protocol::http::{IceServer, IceServers};

/// What the server tells of servers for ICE.
pub struct Ice {
    /// Whether it answers at all.
    pub told: bool,
    /// Whether there is a relay.
    pub relays: bool,
    /// For how many seconds its credentials are good.
    pub lifetime: Option<u32>,
    /// How many credentials were handed out; a relay's user name is the number of its credentials.
    handed_out: u32,
}

impl Default for Ice {
    fn default() -> Self {
        Self {
            told: true,
            relays: false,
            lifetime: None,
            handed_out: 0,
        }
    }
}

impl Ice {
    /// Fresh credentials.
    pub(crate) fn hand_out(&mut self) -> IceServers {
        self.handed_out += 1;
        let relay = IceServer {
            urls: vec!["turn:relay.test".to_owned()],
            username: Some(self.handed_out.to_string()),
            credential: None,
        };
        IceServers {
            ice_servers: self.relays.then_some(relay).into_iter().collect(),
            expires_in_seconds: self.lifetime,
        }
    }
}
