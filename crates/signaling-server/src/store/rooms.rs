//! The rooms that somebody is in, as they are kept for a server that is started again.

use protocol::RoomName;
use rusqlite::{Connection, params};

use crate::registry::KeptRoom;

/// Keeps a room as it is, or forgets one that nobody is in.
pub fn keep(connection: &Connection, name: &RoomName, room: Option<&KeptRoom>) -> rusqlite::Result<()> {
    let Some(room) = room else {
        connection
            .prepare_cached("DELETE FROM rooms WHERE name = ?1")?
            .execute(params![name.as_str()])?;
        return Ok(());
    };
    let state = serde_json::to_string(room)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    connection
        .prepare_cached(
            "INSERT INTO rooms (name, state) VALUES (?1, ?2) \
             ON CONFLICT (name) DO UPDATE SET state = excluded.state",
        )?
        .execute(params![name.as_str(), state])?;
    Ok(())
}

/// All rooms that were kept. One that cannot be read is left out, and said so in the log: its people come in anew.
pub fn kept(connection: &Connection) -> rusqlite::Result<Vec<(RoomName, KeptRoom)>> {
    let mut query = connection.prepare("SELECT name, state FROM rooms ORDER BY name")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows: Vec<(String, String)> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(rows
        .into_iter()
        .filter_map(|(name, state)| {
            let parsed = RoomName::parse(&name).ok().zip(serde_json::from_str(&state).ok());
            if parsed.is_none() {
                tracing::warn!("a room that was kept cannot be read, and is left out");
            }
            parsed
        })
        .collect())
}
