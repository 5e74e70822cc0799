//! Gives rooms from an older version, whose names were only put in lower case, the normal form of their names.
//!
//! Rooms whose names become equal stay separate: they may have different owners, rules and histories, and those
//! who could read one may not be meant to read the other. The room whose name is already in normal form keeps
//! it, or else the one with the first message gets it; each other one gets a number at the end of its name,
//! which is logged.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{RoomName, limits};
use rusqlite::{Connection, params};

/// Every column with the name of a room.
const COLUMNS: [(&str, &str); 6] = [
    ("messages", "room"),
    ("rooms", "name"),
    ("room_rules", "name"),
    ("standings", "room"),
    ("passes", "room"),
    ("guests", "room"),
];

/// Gives all rooms the normal form of their names.
pub(super) fn respell(connection: &Connection) -> rusqlite::Result<()> {
    for (old, new) in moves(&stored(connection)?) {
        for (table, column) in COLUMNS {
            connection.execute(
                &format!("UPDATE {table} SET {column} = ?2 WHERE {column} = ?1"),
                params![old, new],
            )?;
        }
    }
    Ok(())
}

/// Returns all room names, in the order of their first messages.
fn stored(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let all = COLUMNS.map(|(table, column)| format!("SELECT {column} AS name FROM {table}"));
    connection
        .prepare(&format!(
            "SELECT name, (SELECT min(id) FROM messages WHERE room = name) AS first FROM ({}) \
             ORDER BY first IS NULL, first, name",
            all.join(" UNION ")
        ))?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// Returns which names change, and to what.
fn moves(stored: &[String]) -> Vec<(&str, String)> {
    let mut taken: BTreeSet<String> = stored.iter().cloned().collect();
    let mut wanted: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for old in stored {
        match RoomName::parse(old) {
            Ok(normal) if normal.as_str() == old => {}
            Ok(normal) => wanted.entry(normal.to_string()).or_default().push(old),
            Err(error) => tracing::warn!(room = %old, "a room cannot be reached by this name: {error}"),
        }
    }
    let mut moves = Vec::new();
    for (normal, rooms) in wanted {
        for old in rooms {
            let new = free(&normal, &taken);
            if new != normal {
                tracing::warn!(room = %old, now = %new, "a room was renamed, because another one has its name");
            }
            taken.insert(new.clone());
            moves.push((old, new));
        }
    }
    moves
}

/// Returns a name that no room has: the wanted one, or one with a number after it.
fn free(wanted: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2_u64..).map(|number| {
        let number = format!("-{number}");
        let kept = limits::ROOM_NAME_CHARS - number.len();
        let begin: String = wanted.chars().take(kept).collect();
        format!("{}{number}", begin.trim_end_matches(['-', '_']))
    });
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(|name| !taken.contains(name))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(stored: &[&str]) -> Vec<(String, String)> {
        let stored: Vec<String> = stored.iter().map(|name| (*name).to_owned()).collect();
        let moves = moves(&stored).into_iter();
        moves.map(|(old, new)| (old.to_owned(), new)).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(old, new): &(&str, &str)| ((*old).to_owned(), (*new).to_owned());
        expected.iter().map(owned).collect()
    }

    #[test]
    fn names_in_normal_form_stay_and_others_become_normal() {
        let moved = moved(&["tea", "cafe\u{301}", "３班", "a--b", "i\u{307}stanbul"]);
        let expected = [
            ("a--b", "a-b"),
            ("cafe\u{301}", "café"),
            ("i\u{307}stanbul", "istanbul"),
            ("３班", "3班"),
        ];
        let mut sorted = moved;
        sorted.sort();
        let mut expected = pairs(&expected);
        expected.sort();
        assert_eq!(sorted, expected);
    }

    #[test]
    fn colliding_rooms_stay_apart_and_the_first_gets_the_name() {
        assert_eq!(
            moved(&["cafe\u{301}", "café"]),
            pairs(&[("cafe\u{301}", "café-2")])
        );
        assert_eq!(
            moved(&["a--b", "a---b", "a-b-2"]),
            pairs(&[("a--b", "a-b"), ("a---b", "a-b-3")])
        );
    }

    #[test]
    fn numbered_name_keeps_the_length_limit() {
        let (one, other) = (format!("{}３", "a".repeat(63)), format!("{}3", "a".repeat(63)));
        let moved = moved(&[&one, &other]);
        let new = &moved.first().expect("one moves").1;
        assert_eq!(new, &format!("{}-2", "a".repeat(62)));
        assert_eq!(
            RoomName::parse(new).map(|name| name.to_string()).as_ref(),
            Ok(new)
        );
    }
}
