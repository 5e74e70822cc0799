//! ICE servers that the server provides.

use protocol::http::{IceServer, IceServers};

/// Simulates the server's endpoint for ICE servers.
pub struct Ice {
    /// Whether the server answers.
    pub told: bool,
    /// Whether there is a TURN server.
    pub relays: bool,
    /// How long its credentials are valid, in seconds; `None` for ever.
    pub lifetime: Option<u32>,
    /// Number of credentials issued; the user name is the number of its credentials.
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
    /// Issues fresh credentials.
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
