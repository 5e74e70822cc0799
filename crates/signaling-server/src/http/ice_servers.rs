//! STUN and TURN servers for browsers, with credentials that expire.
//!
//! The credentials follow coturn's `use-auth-secret`: the user name is the time of expiry and the user's id,
//! the password is its HMAC-SHA1 under a secret shared with the TURN server. Without any servers configured,
//! browsers get none, and no request goes to any other host.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use protocol::UnixMillis;
use protocol::http::{IceServer, IceServers};
use registry::UserId;
use sha1::Sha1;

/// The servers for browsers, and how to issue credentials for them.
#[derive(Clone, Default)]
pub struct IceSettings {
    /// `stun:` and `stuns:` URLs.
    pub stun: Vec<String>,
    /// `turn:` and `turns:` URLs.
    pub turn: Vec<String>,
    /// The secret shared with the TURN servers; required if there are any.
    pub turn_secret: String,
    /// How long credentials are valid.
    pub turn_ttl: Duration,
}

impl std::fmt::Debug for IceSettings {
    /// Leaves the secret out, so that it cannot reach a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IceSettings")
            .field("stun", &self.stun)
            .field("turn", &self.turn)
            .field("turn_ttl", &self.turn_ttl)
            .finish_non_exhaustive()
    }
}

impl IceSettings {
    /// Returns the servers for a user, with credentials valid from `now` on.
    pub fn servers(&self, user: UserId, now: UnixMillis) -> IceServers {
        let mut ice_servers = Vec::new();
        if !self.stun.is_empty() {
            ice_servers.push(IceServer {
                urls: self.stun.clone(),
                username: None,
                credential: None,
            });
        }
        if self.turn.is_empty() {
            return IceServers {
                ice_servers,
                expires_in_seconds: None,
            };
        }
        let ttl = self.turn_ttl.as_secs();
        let username = format!("{}:{}", now.0 / 1000 + ttl, user.0);
        let credential = sign(&self.turn_secret, &username);
        ice_servers.push(IceServer {
            urls: self.turn.clone(),
            username: Some(username),
            credential,
        });
        IceServers {
            ice_servers,
            expires_in_seconds: Some(u32::try_from(ttl).unwrap_or(u32::MAX)),
        }
    }
}

fn sign(secret: &str, username: &str) -> Option<String> {
    // HMAC accepts keys of any length, so this never fails.
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(username.as_bytes());
    Some(STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_servers_by_default() {
        let given = IceSettings::default().servers(UserId(7), UnixMillis(0));
        assert_eq!(
            given,
            IceServers {
                ice_servers: Vec::new(),
                expires_in_seconds: None
            }
        );
    }

    #[test]
    fn turn_credential_is_the_hmac_of_expiry_and_user() {
        let settings = IceSettings {
            stun: vec!["stun:stun.example.org".to_owned()],
            turn: vec!["turn:turn.example.org?transport=udp".to_owned()],
            turn_secret: "north".to_owned(),
            turn_ttl: Duration::from_secs(3600),
        };
        let given = settings.servers(UserId(7), UnixMillis(1_700_000_000_123));
        assert_eq!(given.expires_in_seconds, Some(3600));
        assert_eq!(given.ice_servers.len(), 2);
        let turn = &given.ice_servers[1];
        assert_eq!(turn.username.as_deref(), Some("1700003600:7"));
        // printf 1700003600:7 | openssl dgst -sha1 -hmac north -binary | base64
        assert_eq!(turn.credential.as_deref(), Some("3SXD73xvzbKOJb8QpzBT3wJ3nzU="));
    }
}
