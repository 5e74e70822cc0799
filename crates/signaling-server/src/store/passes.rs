//! Passes: codes that let their holders into a room, until they expire or are revoked. Only their hashes are
//! stored.

use super::columns::{read_name, read_number, to_sql};
use protocol::{Pass, PassCode, PassId, RoomName, UnixMillis};
use registry::{Done, Order};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

/// Whether a code is that of a valid pass to a room.
pub(super) fn is_good(
    connection: &Connection,
    room: &RoomName,
    code: &PassCode,
    now: UnixMillis,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM passes WHERE code_hash = ?1 AND room = ?2 AND until > ?3")?
        .exists(params![hash(code), room.as_str(), to_sql(now)])
}

/// Creates a pass, and deletes the room's expired ones.
pub(super) fn create(
    connection: &Connection,
    order: &Order,
    code: &PassCode,
    until: UnixMillis,
    now: UnixMillis,
) -> rusqlite::Result<Done> {
    connection
        .prepare_cached("DELETE FROM passes WHERE room = ?1 AND until <= ?2")?
        .execute(params![order.room.as_str(), to_sql(now)])?;
    connection
        .prepare_cached("INSERT INTO passes (room, code_hash, account, until) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            order.room.as_str(),
            hash(code),
            order.user.0,
            to_sql(until)
        ])?;
    let by = connection
        .prepare_cached("SELECT name FROM accounts WHERE id = ?1")?
        .query_row(params![order.user.0], |row| read_name(row, 0))?;
    let id = PassId(u64::try_from(connection.last_insert_rowid()).unwrap_or_default());
    Ok(Done::Pass(code.clone(), Pass { id, by, until }))
}

/// Revokes a pass, if it is the room's.
pub(super) fn revoke(connection: &Connection, room: &RoomName, pass: PassId) -> rusqlite::Result<()> {
    let id = i64::try_from(pass.0).unwrap_or(i64::MAX);
    connection
        .prepare_cached("DELETE FROM passes WHERE id = ?1 AND room = ?2")?
        .execute(params![id, room.as_str()])?;
    Ok(())
}

/// Returns the valid passes to a room, the one that expires first at the front.
pub(super) fn of(connection: &Connection, room: &RoomName, now: UnixMillis) -> rusqlite::Result<Vec<Pass>> {
    connection
        .prepare_cached(
            "SELECT passes.id, accounts.name, until FROM passes JOIN accounts ON accounts.id = account \
             WHERE room = ?1 AND until > ?2 ORDER BY until, passes.id",
        )?
        .query_map(params![room.as_str(), to_sql(now)], |row| {
            Ok(Pass {
                id: PassId(read_number(row, 0)?),
                by: read_name(row, 1)?,
                until: UnixMillis(read_number(row, 2)?),
            })
        })?
        .collect()
}

/// Hashes a code. 256 random bits need no slow hash.
fn hash(code: &PassCode) -> [u8; 32] {
    Sha256::digest(code.0.as_bytes()).into()
}
