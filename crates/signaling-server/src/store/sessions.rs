//! Sessions: who holds which token, until when. The store knows tokens only by their hash.

use protocol::{SessionToken, UnixMillis, UserName};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::accounts::read_name;
use super::chat::to_sql;
use crate::limits::{SESSION_LASTS, SESSIONS_PER_USER};
use crate::registry::UserId;

/// A session is begun anew by use at most this often, so that most uses write nothing.
const RENEWED_EVERY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// What the store keeps of a token: 256 random bits need no slow hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash of a token.
    pub fn of(token: &SessionToken) -> Self {
        Self(Sha256::digest(token.0.as_bytes()).into())
    }
}

/// Whose session a token stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The account.
    pub user: UserId,
    /// Its name.
    pub name: UserName,
}

impl Session {
    /// Begins a session, and clears away what has expired and what is one too many.
    pub fn begin(
        connection: &Connection,
        token: TokenHash,
        user: UserId,
        now: UnixMillis,
    ) -> rusqlite::Result<()> {
        connection
            .prepare_cached("INSERT INTO sessions (token_hash, account, expires_at) VALUES (?1, ?2, ?3)")?
            .execute(params![token.0, user.0, to_sql(now) + lasts()])?;
        connection
            .prepare_cached("DELETE FROM sessions WHERE expires_at <= ?1")?
            .execute(params![to_sql(now)])?;
        connection
            .prepare_cached(
                "DELETE FROM sessions WHERE account = ?1 AND token_hash NOT IN \
                 (SELECT token_hash FROM sessions WHERE account = ?1 ORDER BY expires_at DESC LIMIT ?2)",
            )?
            .execute(params![
                user.0,
                i64::try_from(SESSIONS_PER_USER).unwrap_or(i64::MAX)
            ])?;
        Ok(())
    }

    /// Finds the session of a token, unless it has expired; using it makes it last.
    pub fn find(
        connection: &Connection,
        token: TokenHash,
        now: UnixMillis,
    ) -> rusqlite::Result<Option<Self>> {
        let now = to_sql(now);
        let mut query = connection.prepare_cached(
            "SELECT account, name, expires_at FROM sessions JOIN accounts ON accounts.id = account \
             WHERE token_hash = ?1 AND expires_at > ?2",
        )?;
        let found = query
            .query_row(params![token.0, now], |row| {
                let session = Self {
                    user: UserId(row.get(0)?),
                    name: read_name(row, 1)?,
                };
                Ok((session, row.get::<_, i64>(2)?))
            })
            .optional()?;
        let Some((session, expires_at)) = found else {
            return Ok(None);
        };
        if expires_at < now + lasts() - RENEWED_EVERY_MILLIS {
            connection
                .prepare_cached("UPDATE sessions SET expires_at = ?2 WHERE token_hash = ?1")?
                .execute(params![token.0, now + lasts()])?;
        }
        Ok(Some(session))
    }

    /// Ends the session of a token; says whether there was one.
    pub fn end(connection: &Connection, token: TokenHash) -> rusqlite::Result<bool> {
        let ended = connection
            .prepare_cached("DELETE FROM sessions WHERE token_hash = ?1")?
            .execute(params![token.0])?;
        Ok(ended > 0)
    }
}

fn lasts() -> i64 {
    i64::try_from(SESSION_LASTS.as_millis()).unwrap_or(i64::MAX / 2)
}
