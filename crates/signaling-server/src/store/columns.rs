//! How names, numbers and times are stored in columns.

use std::time::Duration;

use protocol::{UnixMillis, UserName};
use rusqlite::Row;

/// Reads a name, which was validated when it was written.
pub(super) fn read_name(row: &Row<'_>, column: usize) -> rusqlite::Result<UserName> {
    Ok(UserName::kept(row.get(column)?))
}

/// Reads an id or a time; these are never negative.
pub(super) fn read_number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or_default())
}

/// Converts a time to its stored form.
pub(super) fn to_sql(at: UnixMillis) -> i64 {
    i64::try_from(at.0).unwrap_or(i64::MAX)
}

/// Converts a duration to its stored form, milliseconds.
pub(super) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX / 4)
}
