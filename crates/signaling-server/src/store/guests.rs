//! Guests: a name, one room, and one session that ends soon.
//!
//! A guest has a row among the accounts, with no password and a key that is nobody's name; so whatever is kept of people
//! is kept of guests in the same way, and no account is kept from a name for a guest's sake.

use std::net::IpAddr;
use std::time::Duration;

use protocol::{RoomName, UnixMillis};
use registry::UserId;
use registry::names::{self, Name};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::columns::{millis, read_number, to_sql};
use super::sessions::TokenHash;
use crate::limits::{GUEST_HOURS, GUESTS_PER_PLACE};
use crate::places::place;

/// How long guests stay, and how many there are.
#[derive(Clone, Copy, Debug)]
pub struct GuestRules {
    /// How long a session lasts, however much it is used.
    pub lasts: Duration,
    /// How many there are from one place at the same time.
    pub most: u32,
}

impl Default for GuestRules {
    fn default() -> Self {
        Self {
            lasts: Duration::from_secs(60 * 60) * GUEST_HOURS,
            most: GUESTS_PER_PLACE,
        }
    }
}

/// Where somebody comes from, as the store knows it: by a hash with a key that goes with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceHash([u8; 32]);

impl PlaceHash {
    /// The hash of the place of an address.
    pub fn of(key: &str, from: IpAddr) -> Self {
        let text = format!("{key} {}", place(from));
        Self(Sha256::digest(text).into())
    }
}

/// Somebody without an account who wants to be let into a room.
#[derive(Clone, Debug)]
pub struct Guest {
    /// By which name.
    pub name: Name,
    /// Which room.
    pub room: RoomName,
    /// From where.
    pub place: PlaceHash,
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
        // No name has a control character, so this key is nobody's.
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

    /// Whether guests of this name, or of one that looks like it, are banned from the room.
    pub fn is_banned(&self, connection: &Connection, now: UnixMillis) -> rusqlite::Result<bool> {
        let Name { key, skeleton, .. } = &self.name;
        connection
            .prepare_cached(
                "SELECT 1 FROM standings JOIN guests ON guests.account = standings.account \
                 WHERE standings.room = ?1 AND banned_until > ?2 AND (name_key = ?3 OR skeleton = ?4)",
            )?
            .exists(params![self.room.as_str(), to_sql(now), key, skeleton])
    }

    /// How long to wait until there is one guest less from this place; nothing while there are fewer than may be.
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

/// Ends the session of a guest; an account's goes on.
pub fn end(connection: &Connection, user: UserId) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM sessions WHERE account = ?1 AND account IN (SELECT account FROM guests)",
        )?
        .execute([user.0])?;
    Ok(())
}

/// Gives the guests of an older Confab the keys of this one.
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

/// Whether a room lets guests in: somebody with an account made it, and its moderators said so.
pub fn lets_guests_in(connection: &Connection, room: &RoomName) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM room_rules WHERE name = ?1 AND guests")?
        .exists(params![room.as_str()])
}
