//! Which users block invitations from which others.

use super::columns::read_name;
use protocol::UserName;
use registry::{Done, UserId};
use rusqlite::{Connection, params};

/// Returns the users whose invitations a user blocks, sorted by name.
pub(super) fn of(connection: &Connection, user: UserId) -> rusqlite::Result<Vec<(UserId, UserName)>> {
    connection
        .prepare_cached(
            "SELECT accounts.id, accounts.name FROM blocks JOIN accounts ON accounts.id = blocked \
             WHERE account = ?1 ORDER BY accounts.name",
        )?
        .query_map(params![user.0], |row| {
            Ok((UserId(row.get(0)?), read_name(row, 1)?))
        })?
        .collect()
}

pub(super) fn block(connection: &Connection, user: UserId, other: UserId) -> rusqlite::Result<Done> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO blocks (account, blocked) VALUES (?1, ?2)")?
        .execute(params![user.0, other.0])?;
    Ok(Done::Blocked(of(connection, user)?))
}

pub(super) fn unblock(connection: &Connection, user: UserId, name: &UserName) -> rusqlite::Result<Done> {
    connection
        .prepare_cached(
            "DELETE FROM blocks WHERE account = ?1 AND (SELECT name FROM accounts WHERE id = blocked) = ?2",
        )?
        .execute(params![user.0, name.as_str()])?;
    Ok(Done::Blocked(of(connection, user)?))
}
