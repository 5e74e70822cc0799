//! Invite codes, which new accounts need where registration is `invite`. Only their hashes are stored.

use super::columns::to_sql;
use protocol::UnixMillis;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

/// The stored hash of an invite code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeHash([u8; 32]);

impl CodeHash {
    /// Hashes a code as typed: in any case, with or without its dashes.
    pub fn of(typed: &str) -> Self {
        let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
        Self(Sha256::digest(plain.to_ascii_lowercase()).into())
    }
}

/// A code as it is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The number to revoke it by.
    pub id: i64,
    /// How many more accounts can be created with it.
    pub uses_left: u32,
    /// When it expires.
    pub expires_at: UnixMillis,
}

impl Code {
    /// Adds a code, and deletes those that expired or are used up.
    pub fn add(
        connection: &Connection,
        code: CodeHash,
        uses: u32,
        expires_at: UnixMillis,
        now: UnixMillis,
    ) -> rusqlite::Result<()> {
        connection.execute(
            "DELETE FROM codes WHERE expires_at <= ?1 OR uses_left = 0",
            [to_sql(now)],
        )?;
        connection.execute(
            "INSERT INTO codes (code_hash, uses_left, expires_at, created_at) VALUES (?1, ?2, ?3, ?4)",
            params![code.0, uses, to_sql(expires_at), to_sql(now)],
        )?;
        Ok(())
    }

    /// Returns the usable codes, the oldest first.
    pub fn all(connection: &Connection, now: UnixMillis) -> rusqlite::Result<Vec<Self>> {
        connection
            .prepare(
                "SELECT id, uses_left, expires_at FROM codes WHERE expires_at > ?1 AND uses_left > 0 ORDER BY id",
            )?
            .query_map([to_sql(now)], |row| {
                Ok(Self {
                    id: row.get(0)?,
                    uses_left: row.get(1)?,
                    expires_at: UnixMillis(u64::try_from(row.get::<_, i64>(2)?).unwrap_or_default()),
                })
            })?
            .collect()
    }

    /// Revokes a code. Returns whether there was one.
    pub fn revoke(connection: &Connection, id: i64) -> rusqlite::Result<bool> {
        Ok(connection.execute("DELETE FROM codes WHERE id = ?1", [id])? > 0)
    }

    /// Whether a code can be used.
    pub fn is_good(connection: &Connection, code: CodeHash, now: UnixMillis) -> rusqlite::Result<bool> {
        connection
            .prepare_cached("SELECT 1 FROM codes WHERE code_hash = ?1 AND expires_at > ?2 AND uses_left > 0")?
            .exists(params![code.0, to_sql(now)])
    }

    /// Spends one use of a valid code.
    pub fn spend(connection: &Connection, code: CodeHash) -> rusqlite::Result<()> {
        connection
            .prepare_cached("UPDATE codes SET uses_left = uses_left - 1 WHERE code_hash = ?1")?
            .execute([code.0])?;
        Ok(())
    }
}
