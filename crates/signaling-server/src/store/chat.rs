//! Chat messages of rooms: written once each, and read in pages.

use protocol::{ChatEntry, ChatMessage, MessageId, RoomName, UnixMillis, limits};
use registry::{ChatDraft, History};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::columns::{read_name, read_number, to_sql};
use crate::limits::{HISTORY_BYTES, HISTORY_TRIMMED_EVERY};

const COLUMNS: &str = "SELECT messages.id, at, accounts.name, entry, EXISTS (SELECT 1 FROM guests WHERE guests.account = accounts.id) \
     FROM messages JOIN accounts ON accounts.id = account";

/// A message that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It was written now.
    New(ChatMessage),
    /// It was written before, with the same nonce; this is what was written then.
    Before(ChatMessage),
}

impl Written {
    /// Writes a message like [`Self::write`]. From time to time, deletes the room's messages beyond the newest
    /// `most`.
    pub fn write_within(
        connection: &Connection,
        line: &ChatDraft,
        at: UnixMillis,
        most: u32,
    ) -> rusqlite::Result<Self> {
        let written = Self::write(connection, line, at)?;
        if let Self::New(message) = &written
            && message.id.0.is_multiple_of(HISTORY_TRIMMED_EVERY)
        {
            trim(connection, &line.room, most)?;
        }
        Ok(written)
    }

    /// Writes a message, unless its author has written one with the same nonce in this room.
    pub fn write(connection: &Connection, line: &ChatDraft, at: UnixMillis) -> rusqlite::Result<Self> {
        let nonce = line.nonce().map(|nonce| nonce.0.as_str());
        if let Some(before) = find(connection, line, nonce)? {
            return Ok(Self::Before(before));
        }
        let entry = serde_json::to_string(&line.entry)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        connection
            .prepare_cached(
                "INSERT INTO messages (room, account, at, nonce, entry) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![line.room.as_str(), line.user.0, to_sql(at), nonce, entry])?;
        let id = MessageId(u64::try_from(connection.last_insert_rowid()).unwrap_or_default());
        Ok(Self::New(ChatMessage {
            id,
            at,
            author: line.author.clone(),
            guest: line.guest,
            entry: line.entry.clone(),
        }))
    }
}

/// Deletes a room's messages beyond the newest `most`.
fn trim(connection: &Connection, room: &RoomName, most: u32) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM messages WHERE room = ?1 AND id <= \
             (SELECT id FROM messages WHERE room = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
        )?
        .execute(params![room.as_str(), most])?;
    Ok(())
}

fn find(
    connection: &Connection,
    line: &ChatDraft,
    nonce: Option<&str>,
) -> rusqlite::Result<Option<ChatMessage>> {
    let Some(nonce) = nonce else { return Ok(None) };
    connection
        .prepare_cached(&format!(
            "{COLUMNS} WHERE room = ?1 AND account = ?2 AND nonce = ?3"
        ))?
        .query_row(params![line.room.as_str(), line.user.0, nonce], read)
        .optional()
}

/// Reads the newest page of a room's history, or the one before a message.
pub fn page(
    connection: &Connection,
    room: &RoomName,
    before: Option<MessageId>,
) -> rusqlite::Result<History> {
    let before = before.and_then(|id| i64::try_from(id.0).ok()).unwrap_or(i64::MAX);
    let most = limits::HISTORY_PAGE;
    let mut query = connection.prepare_cached(&format!(
        "{COLUMNS} WHERE room = ?1 AND messages.id < ?2 ORDER BY messages.id DESC LIMIT ?3"
    ))?;
    // One more than a page shows whether there are more.
    let limit = i64::try_from(most + 1).unwrap_or(i64::MAX);
    let found: Vec<ChatMessage> = query
        .query_map(params![room.as_str(), before, limit], read)?
        .collect::<rusqlite::Result<_>>()?;
    let mut bytes = 0;
    let fits = found.iter().take(most).take_while(|message| {
        let first = bytes == 0;
        bytes += serde_json::to_string(message).map_or(0, |text| text.len());
        first || bytes <= HISTORY_BYTES
    });
    let taken = fits.count();
    let complete = taken == found.len();
    let messages = found.into_iter().take(taken).rev().collect();
    Ok(History { messages, complete })
}

fn read(row: &Row<'_>) -> rusqlite::Result<ChatMessage> {
    let entry: String = row.get(3)?;
    let entry: ChatEntry = serde_json::from_str(&entry).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(3, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(ChatMessage {
        id: MessageId(read_number(row, 0)?),
        at: UnixMillis(read_number(row, 1)?),
        author: read_name(row, 2)?,
        guest: row.get(4)?,
        entry,
    })
}
