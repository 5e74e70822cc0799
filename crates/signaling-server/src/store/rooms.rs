//! Snapshots of the rooms that have participants, for a server that is started again.

use protocol::RoomName;
use registry::KeptRoom;
use rusqlite::{Connection, params};

/// Saves a room as it is, or deletes one that has no participants.
pub fn save(connection: &Connection, name: &RoomName, room: Option<&KeptRoom>) -> rusqlite::Result<()> {
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

/// All rooms that were saved. One that cannot be read is left out with a word in the log: its people enter again.
pub fn saved(connection: &Connection) -> rusqlite::Result<Vec<(RoomName, KeptRoom)>> {
    let rows = read(connection)?;
    Ok(rows
        .into_iter()
        .filter_map(|(name, state)| {
            let parsed = RoomName::parse(&name).ok().zip(serde_json::from_str(&state).ok());
            if parsed.is_none() {
                tracing::warn!("the snapshot of a room cannot be read, and is left out");
            }
            parsed
        })
        .collect())
}

/// Copies all rooms from the database of an older Confab, which knows best: an earlier copy may not have come to its end, and
/// that Confab may have gone on since.
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

/// All rows: names and states, in the order of names.
fn read(connection: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut query = connection.prepare("SELECT name, state FROM rooms ORDER BY name")?;
    query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
