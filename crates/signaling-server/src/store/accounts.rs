//! Accounts: a visually unique name, a password hash, and whether sign-in is allowed.

use super::columns::{read_name, to_sql};
use protocol::{UnixMillis, UserName};
use registry::UserId;
use registry::names::{self, Name};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, params};

/// An account, as far as sign-in needs it.
#[derive(Clone, Debug)]
pub struct Account {
    /// The account's id.
    pub id: UserId,
    /// The name, as its user writes it.
    pub name: UserName,
    /// The password hash, in PHC format.
    pub password: String,
    /// Whether sign-in is refused.
    pub disabled: bool,
}

const COLUMNS: &str = "SELECT id, name, password, disabled_at IS NOT NULL FROM accounts WHERE deleted_at IS NULL \
     AND id NOT IN (SELECT account FROM guests)";

impl Account {
    /// Finds an account by its name as typed.
    pub fn find(connection: &Connection, typed: &str) -> rusqlite::Result<Option<Self>> {
        // Where two accounts from an older version fold into one key, the later one is still found by its old
        // key.
        let mut query = connection.prepare_cached(&format!(
            "{COLUMNS} AND name_key IN (?1, ?2) ORDER BY name_key = ?1 DESC LIMIT 1"
        ))?;
        query
            .query_row(params![typed.trim().to_lowercase(), names::key(typed)], read)
            .optional()
    }

    /// Finds an account by its id.
    pub fn of(connection: &Connection, user: UserId) -> rusqlite::Result<Option<Self>> {
        connection
            .prepare_cached(&format!("{COLUMNS} AND id = ?1"))?
            .query_row([user.0], read)
            .optional()
    }

    /// Returns all accounts, the oldest first.
    pub fn all(connection: &Connection) -> rusqlite::Result<Vec<Self>> {
        connection
            .prepare(&format!("{COLUMNS} ORDER BY id"))?
            .query_map([], read)?
            .collect()
    }

    /// Whether an account has this name, or one that looks like it.
    pub fn is_taken(connection: &Connection, name: &Name) -> rusqlite::Result<bool> {
        connection
            .prepare_cached("SELECT 1 FROM accounts WHERE name_key = ?1 OR skeleton = ?2")?
            .exists(params![name.key, name.skeleton])
    }

    /// Creates an account. Returns `None` if the name is taken.
    pub fn create(
        connection: &Connection,
        name: &Name,
        password: &str,
        now: UnixMillis,
    ) -> rusqlite::Result<Option<UserId>> {
        if Self::is_taken(connection, name)? {
            return Ok(None);
        }
        connection
            .prepare_cached(
                "INSERT INTO accounts (name, name_key, skeleton, password, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![name.shown.as_str(), name.key, name.skeleton, password, to_sql(now)])?;
        Ok(Some(UserId(connection.last_insert_rowid())))
    }

    /// Sets the password hash of an account.
    pub fn set_password(connection: &Connection, user: UserId, password: &str) -> rusqlite::Result<()> {
        connection
            .prepare_cached("UPDATE accounts SET password = ?2 WHERE id = ?1")?
            .execute(params![user.0, password])?;
        Ok(())
    }

    /// Disables sign-in to an account since a time, or enables it with `None`.
    pub fn set_disabled(
        connection: &Connection,
        user: UserId,
        since: Option<UnixMillis>,
    ) -> rusqlite::Result<()> {
        connection
            .prepare_cached("UPDATE accounts SET disabled_at = ?2 WHERE id = ?1")?
            .execute(params![user.0, since.map(to_sql)])?;
        Ok(())
    }

    /// Deletes an account: its name becomes free, and its messages stay in the rooms, under a placeholder name.
    pub fn delete(connection: &Connection, user: UserId, now: UnixMillis) -> rusqlite::Result<()> {
        let Some(Self { name, .. }) = Self::of(connection, user)? else {
            return Ok(());
        };
        let nameless = format!("{}{}", names::DELETED, user.0);
        // No name has a control character, so this key is no one's.
        connection.execute(
            "UPDATE accounts SET name = ?2, name_key = char(1) || ?2, skeleton = '', password = '', \
             disabled_at = ?3, deleted_at = ?3 WHERE id = ?1",
            params![user.0, nameless, to_sql(now)],
        )?;
        super::doors::forget(connection, user)?;
        for other in ["call-started\".with", "call-ended\".with", "removed\".by"] {
            let with = format!("$.\"{other}");
            connection.execute(
                "UPDATE messages SET entry = json_set(entry, ?1, ?2) WHERE json_extract(entry, ?1) = ?3",
                params![with, nameless, name.as_str()],
            )?;
        }
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: UserId(row.get(0)?),
        name: read_name(row, 1)?,
        password: row.get(2)?,
        disabled: row.get(3)?,
    })
}

/// Gives accounts from an older version their current keys, unless another account already has the key.
///
/// Accounts without a password are deleted or belong to guests; they are not found by name.
pub(super) fn renew_keys(connection: &Connection) -> rusqlite::Result<()> {
    let accounts: Vec<(i64, String)> = connection
        .prepare("SELECT id, name FROM accounts WHERE password <> '' ORDER BY id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, name) in accounts {
        connection.execute(
            "UPDATE accounts SET skeleton = ?2 WHERE id = ?1",
            params![id, names::skeleton_of(&name)],
        )?;
        match connection.execute(
            "UPDATE accounts SET name_key = ?2 WHERE id = ?1",
            params![id, names::key(&name)],
        ) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {}
            done => {
                done?;
            }
        }
    }
    Ok(())
}
