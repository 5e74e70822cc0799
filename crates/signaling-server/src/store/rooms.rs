//! Snapshots of the rooms that have participants, for the next server process.

use protocol::RoomName;
use registry::RoomSnapshot;
use rusqlite::{Connection, params};

/// Saves a room, or deletes it if it has no participants.
pub fn save(connection: &Connection, name: &RoomName, room: Option<&RoomSnapshot>) -> rusqlite::Result<()> {
    let Some(room) = room else {
        connection
            .prepare_cached("DELETE FROM rooms WHERE name = ?1")?
            .execute(params![name.as_str()])?;
        return Ok(());
    };
    let state = serde_json::to_string(room)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    write(connection, name.as_str(), &state)
}

/// Returns all saved rooms. One that cannot be read is logged and left out: its participants enter again.
pub fn saved(connection: &Connection) -> rusqlite::Result<Vec<(RoomName, RoomSnapshot)>> {
    let rows = read(connection)?;
    Ok(rows
        .into_iter()
        .filter_map(|(name, state)| {
            let parsed = RoomName::parse(&name).ok().zip(serde_json::from_str(&state).ok());
            if parsed.is_none() {
                tracing::warn!("cannot read the snapshot of a room; it is left out");
            }
            parsed
        })
        .collect())
}

/// Copies all rooms from the database of an older version, replacing those there: an earlier copy may be
/// incomplete, and the older version may have run since.
pub fn copy(from: &Connection, to: &Connection) -> rusqlite::Result<()> {
    to.execute_batch("BEGIN IMMEDIATE; DELETE FROM rooms")?;
    for (name, state) in read(from)? {
        write(to, &name, &state)?;
    }
    to.execute_batch("COMMIT")
}

fn write(connection: &Connection, name: &str, state: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO rooms (name, state) VALUES (?1, ?2) \
             ON CONFLICT (name) DO UPDATE SET state = excluded.state",
        )?
        .execute([name, state])?;
    Ok(())
}

/// Returns all rows: names and states, sorted by name.
fn read(connection: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut query = connection.prepare("SELECT name, state FROM rooms ORDER BY name")?;
    query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
