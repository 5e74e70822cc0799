//! Accounts: a name that is unique but for case, and a password's hash.

use protocol::{UnixMillis, UserName};
use rusqlite::{Connection, ErrorCode, OptionalExtension, params};

use crate::registry::UserId;

/// An account as signing in needs it.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its number.
    pub id: UserId,
    /// Its name, as its user writes it.
    pub name: UserName,
    /// The hash of its password, in PHC form.
    pub password: String,
}

impl Account {
    /// Finds an account by name, in any case.
    pub fn find(connection: &Connection, name: &UserName) -> rusqlite::Result<Option<Self>> {
        let mut query =
            connection.prepare_cached("SELECT id, name, password FROM accounts WHERE name_key = ?1")?;
        query
            .query_row(params![key(name)], |row| {
                Ok(Self {
                    id: UserId(row.get(0)?),
                    name: read_name(row, 1)?,
                    password: row.get(2)?,
                })
            })
            .optional()
    }

    /// Makes an account; none is made when the name is taken.
    pub fn create(
        connection: &Connection,
        name: &UserName,
        password: &str,
        now: UnixMillis,
    ) -> rusqlite::Result<Option<UserId>> {
        let mut insert = connection.prepare_cached(
            "INSERT INTO accounts (name, name_key, password, created_at) VALUES (?1, ?2, ?3, ?4)",
        )?;
        match insert.execute(params![
            name.as_str(),
            key(name),
            password,
            super::chat::to_sql(now)
        ]) {
            Ok(_) => Ok(Some(UserId(connection.last_insert_rowid()))),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Reads a name that was checked when it was written.
pub(super) fn read_name(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<UserName> {
    let text: String = row.get(column)?;
    UserName::parse(&text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}

fn key(name: &UserName) -> String {
    name.as_str().to_lowercase()
}
