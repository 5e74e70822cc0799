//! Sessions: which user holds which token, until when. Only hashes of tokens are stored.

use std::time::Duration;

use protocol::{RoomName, SessionToken, UnixMillis, UserName};
use registry::UserId;
use registry::names;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use super::columns::{millis, read_name, to_sql};
use crate::limits::{SESSION_DAYS, SESSION_IDLE_DAYS, SESSIONS_PER_USER};

/// The stored hash of a token. 256 random bits need no slow hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(pub(super) [u8; 32]);

impl TokenHash {
    /// Hashes a token.
    pub fn of(token: &SessionToken) -> Self {
        Self(Sha256::digest(token.0.as_bytes()).into())
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Limits of sessions, and whether those of guests are accepted.
#[derive(Clone, Copy, Debug)]
pub struct SessionRules {
    /// How long an unused session lasts.
    pub idle: Duration,
    /// The longest that a session lasts.
    pub lasts: Duration,
    /// Maximum number of sessions of one account; the least recently used gives way.
    pub most: u32,
    /// Whether sessions of guests are accepted.
    pub guests: bool,
}

impl Default for SessionRules {
    fn default() -> Self {
        Self {
            idle: DAY * SESSION_IDLE_DAYS,
            lasts: DAY * SESSION_DAYS,
            most: SESSIONS_PER_USER,
            guests: true,
        }
    }
}

/// The session that a token stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The account's id.
    pub user: UserId,
    /// The account's name.
    pub name: UserName,
    /// The only room that the session is valid for, if it is a guest's.
    pub guest_of: Option<RoomName>,
}

impl Session {
    /// Whether the session's user is the one that a client expects, if any. Spellings of one name are equal.
    pub fn is_of(&self, expected: Option<&UserName>) -> bool {
        let key = |name: &UserName| names::key(name.as_str());
        expected.is_none_or(|expected| *expected == self.name || key(expected) == key(&self.name))
    }

    /// Begins a session, and deletes expired ones and those beyond the limit.
    pub fn begin(
        connection: &Connection,
        token: TokenHash,
        user: UserId,
        rules: SessionRules,
        now: UnixMillis,
    ) -> rusqlite::Result<()> {
        let now = to_sql(now);
        let ends_at = now + millis(rules.lasts);
        connection
            .prepare_cached(
                "INSERT INTO sessions (token_hash, account, expires_at, ends_at) VALUES (?1, ?2, MIN(?3, ?4), ?4)",
            )?
            .execute(params![token.0, user.0, now + millis(rules.idle), ends_at])?;
        connection
            .prepare_cached("DELETE FROM sessions WHERE expires_at <= ?1")?
            .execute([now])?;
        connection
            .prepare_cached(
                "DELETE FROM sessions WHERE account = ?1 AND token_hash NOT IN \
                 (SELECT token_hash FROM sessions WHERE account = ?1 ORDER BY expires_at DESC LIMIT ?2)",
            )?
            .execute(params![user.0, rules.most])?;
        Ok(())
    }

    /// Finds the session of a token, unless it has expired. Using a session extends it.
    pub fn find(
        connection: &Connection,
        token: TokenHash,
        rules: SessionRules,
        now: UnixMillis,
    ) -> rusqlite::Result<Option<Self>> {
        let now = to_sql(now);
        let mut query = connection.prepare_cached(
            "SELECT accounts.id, name, expires_at, ends_at, room FROM sessions \
             JOIN accounts ON accounts.id = sessions.account LEFT JOIN guests ON guests.account = accounts.id \
             WHERE token_hash = ?1 AND expires_at > ?2",
        )?;
        let found = query
            .query_row(params![token.0, now], |row| {
                let session = Self {
                    user: UserId(row.get(0)?),
                    name: read_name(row, 1)?,
                    guest_of: read_room(row, 4)?,
                };
                Ok((session, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
            })
            .optional()?;
        let counts = |(session, ..): &(Self, i64, i64)| rules.guests || session.guest_of.is_none();
        let Some((session, expires_at, ends_at)) = found.filter(counts) else {
            return Ok(None);
        };
        let idle = millis(rules.idle);
        let renewed = ends_at.min(now + idle);
        // Written only after an eighth of the idle time, so that most uses write nothing.
        if renewed - expires_at > idle / 8 {
            connection
                .prepare_cached("UPDATE sessions SET expires_at = ?2 WHERE token_hash = ?1")?
                .execute(params![token.0, renewed])?;
        }
        Ok(Some(session))
    }

    /// Returns those of the tokens that have no session any more.
    pub fn ended(
        connection: &Connection,
        tokens: &[TokenHash],
        now: UnixMillis,
    ) -> rusqlite::Result<Vec<TokenHash>> {
        let mut query =
            connection.prepare_cached("SELECT 1 FROM sessions WHERE token_hash = ?1 AND expires_at > ?2")?;
        let mut ended = Vec::new();
        for token in tokens {
            if !query.exists(params![token.0, to_sql(now)])? {
                ended.push(*token);
            }
        }
        Ok(ended)
    }

    /// Ends the session of a token. Returns whether there was one.
    pub fn end(connection: &Connection, token: TokenHash) -> rusqlite::Result<bool> {
        let ended = connection
            .prepare_cached("DELETE FROM sessions WHERE token_hash = ?1")?
            .execute(params![token.0])?;
        Ok(ended > 0)
    }

    /// Ends all sessions of an account, except for `but`. Returns those that ended.
    pub fn end_all(
        connection: &Connection,
        user: UserId,
        but: Option<TokenHash>,
    ) -> rusqlite::Result<Vec<TokenHash>> {
        connection
            .prepare_cached(
                "DELETE FROM sessions WHERE account = ?1 AND token_hash IS NOT ?2 RETURNING token_hash",
            )?
            .query_map(params![user.0, but.map(|but| but.0)], |row| {
                Ok(TokenHash(row.get(0)?))
            })?
            .collect()
    }
}

/// Reads the room of a guest. An unreadable one is an error, so that the session cannot pass for an account's.
fn read_room(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<RoomName>> {
    let Some(text) = row.get::<_, Option<String>>(column)? else {
        return Ok(None);
    };
    let parsed = RoomName::parse(&text);
    parsed.map(Some).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}
