//! Guests: a name, one room, and one session that ends soon.
//!
//! A guest has a row in the table of accounts, with no password, and with a key that is no one's name. So what
//! is stored for users is stored for guests in the same way, and a guest reserves no name.

use std::net::IpAddr;
use std::time::Duration;

use protocol::{RoomName, UnixMillis};
use registry::UserId;
use registry::names::{self, Name};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::columns::{millis, read_number, to_sql};
use super::sessions::TokenHash;
use crate::address_limits::address_key;
use crate::limits::{GUEST_HOURS, GUESTS_PER_ADDRESS};

/// Limits of guest sessions.
#[derive(Clone, Copy, Debug)]
pub struct GuestRules {
    /// How long a session lasts, however much it is used.
    pub lasts: Duration,
    /// Maximum number of guests from one address (IPv6: /64) at the same time.
    pub most: u32,
}

impl Default for GuestRules {
    fn default() -> Self {
        Self {
            lasts: Duration::from_secs(60 * 60) * GUEST_HOURS,
            most: GUESTS_PER_ADDRESS,
        }
    }
}

/// The stored hash of a guest's address, with a key that lives as long as the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressHash([u8; 32]);

impl AddressHash {
    /// Hashes the place of an address.
    pub fn of(key: &str, from: IpAddr) -> Self {
        let text = format!("{key} {}", address_key(from));
        Self(Sha256::digest(text).into())
    }
}

/// A person without an account who wants to enter a room.
#[derive(Clone, Debug)]
pub struct Guest {
    /// The name.
    pub name: Name,
    /// The room.
    pub room: RoomName,
    /// The hashed address.
    pub place: AddressHash,
}

impl Guest {
    /// Begins the guest's session.
    pub fn begin(
        &self,
        connection: &Connection,
        token: TokenHash,
        rules: GuestRules,
        now: UnixMillis,
    ) -> rusqlite::Result<()> {
        let Name { shown, key, skeleton } = &self.name;
        // No name has a control character, so this key is no one's.
        connection
            .prepare_cached(
                "INSERT INTO accounts (name, name_key, skeleton, password, created_at) \
                 VALUES (?1, char(2) || hex(randomblob(16)), '', '', ?2)",
            )?
            .execute(params![shown.as_str(), to_sql(now)])?;
        let user = UserId(connection.last_insert_rowid());
        connection
            .prepare_cached(
                "INSERT INTO guests (account, room, name_key, skeleton, place) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![user.0, self.room.as_str(), key, skeleton, self.place.0])?;
        connection
            .prepare_cached(
                "INSERT INTO sessions (token_hash, account, expires_at, ends_at) VALUES (?1, ?2, ?3, ?3)",
            )?
            .execute(params![token.0, user.0, to_sql(now) + millis(rules.lasts)])?;
        Ok(())
    }

    /// Whether guests with this name, or one that looks like it, are banned from the room.
    pub fn is_banned(&self, connection: &Connection, now: UnixMillis) -> rusqlite::Result<bool> {
        let Name { key, skeleton, .. } = &self.name;
        connection
            .prepare_cached(
                "SELECT 1 FROM standings JOIN guests ON guests.account = standings.account \
                 WHERE standings.room = ?1 AND banned_until > ?2 AND (name_key = ?3 OR skeleton = ?4)",
            )?
            .exists(params![self.room.as_str(), to_sql(now), key, skeleton])
    }

    /// Returns how long to wait until a guest from this address is gone, or `None` below the limit.
    pub fn wait(
        &self,
        connection: &Connection,
        rules: GuestRules,
        now: UnixMillis,
    ) -> rusqlite::Result<Option<Duration>> {
        let (count, first): (u32, UnixMillis) = connection
            .prepare_cached(
                "SELECT count(*), coalesce(min(expires_at), 0) FROM guests \
                 JOIN sessions ON sessions.account = guests.account WHERE place = ?1 AND expires_at > ?2",
            )?
            .query_row(params![self.place.0, to_sql(now)], |row| {
                Ok((row.get(0)?, UnixMillis(read_number(row, 1)?)))
            })?;
        let wait = first.since(now);
        Ok((count >= rules.most).then_some(wait))
    }
}

/// Ends a guest's session. The sessions of accounts stay.
pub fn end(connection: &Connection, user: UserId) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM sessions WHERE account = ?1 AND account IN (SELECT account FROM guests)",
        )?
        .execute([user.0])?;
    Ok(())
}

/// Gives guests from an older version their current keys.
pub(super) fn renew_keys(connection: &Connection) -> rusqlite::Result<()> {
    let guests: Vec<(i64, String)> = connection
        .prepare("SELECT account, name FROM guests JOIN accounts ON accounts.id = account")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (account, name) in guests {
        connection.execute(
            "UPDATE guests SET name_key = ?2, skeleton = ?3 WHERE account = ?1",
            params![account, names::key(&name), names::skeleton_of(&name)],
        )?;
    }
    Ok(())
}

/// Whether a room admits guests: an account created it, and its moderators decided so.
pub fn lets_guests_in(connection: &Connection, room: &RoomName) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM room_rules WHERE name = ?1 AND guests")?
        .exists(params![room.as_str()])
}
