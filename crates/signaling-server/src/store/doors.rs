//! Rooms: their owners, what their moderators decided, and each user's standing.

use protocol::{Access, Ban, PassCode, RoomChanges, RoomName, RoomSettings, UnixMillis};
use registry::{Change, Done, Door, Order, Rules, Standing, UserId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::columns::{read_name, read_number, to_sql};
use super::quotas::Quotas;
use super::{blocks, guests, passes};

/// The access modes as stored: the words of the wire protocol.
const ACCESS: [(Access, &str); 4] = [
    (Access::Open, "open"),
    (Access::Locked, "locked"),
    (Access::Password, "password"),
    (Access::Lobby, "lobby"),
];

/// Returns what decides whether a user may enter a room. The first account to enter a room creates and owns it;
/// an open room without an owner goes to the next account that enters. Guests own nothing.
pub fn door(
    connection: &Connection,
    room: &RoomName,
    user: UserId,
    guest: bool,
    pass: Option<&PassCode>,
    now: UnixMillis,
) -> rusqlite::Result<Door> {
    let standing = standing(connection, room, user, now)?;
    if standing.banned_until.is_none() && !guest {
        connection
            .prepare_cached(
                "INSERT INTO room_rules (name, owner) VALUES (?1, ?2) ON CONFLICT (name) \
                 DO UPDATE SET owner = excluded.owner WHERE owner IS NULL AND access = 'open'",
            )?
            .execute(params![room.as_str(), user.0])?;
    }
    let passed = match pass {
        Some(code) => passes::is_good(connection, room, code, now)?,
        None => false,
    };
    Ok(Door {
        rules: rules(connection, room)?.unwrap_or_default(),
        standing,
        passed,
        proven: None,
    })
}

/// Returns a room's rules, or `None` if no account has ever entered it.
pub fn rules(connection: &Connection, room: &RoomName) -> rusqlite::Result<Option<Rules>> {
    connection
        .prepare_cached("SELECT owner, access, size, password, guests FROM room_rules WHERE name = ?1")?
        .query_row(params![room.as_str()], |row| {
            Ok(Rules {
                owner: row.get::<_, Option<i64>>(0)?.map(UserId),
                settings: RoomSettings {
                    access: read_access(row, 1)?,
                    size: row.get(2)?,
                    guests: row.get(4)?,
                },
                password: row.get(3)?,
            })
        })
        .optional()
}

/// Stores a change, or reads what is asked for. `code` is for a new pass.
pub fn carry_out(
    connection: &Connection,
    order: &Order,
    code: &PassCode,
    quotas: Quotas,
    now: UnixMillis,
) -> rusqlite::Result<Done> {
    let room = &order.room;
    Ok(match &order.change {
        Change::Settings(settings, password) => {
            change(connection, room, *settings, password.as_deref())?;
            let Rules {
                settings, password, ..
            } = rules(connection, room)?.unwrap_or_default();
            Done::Settings(settings, password)
        }
        Change::Moderator(user, moderator) => {
            stand(connection, room, *user, "moderator", i64::from(*moderator))?;
            Done::Moderator(*user, *moderator)
        }
        Change::Silenced(user, silenced) => {
            stand(connection, room, *user, "silenced", i64::from(*silenced))?;
            Done::Silenced(*user, *silenced)
        }
        Change::Ban(user, lasts) => {
            if is_full(&bans(connection, room, now)?, quotas.bans_per_room) {
                return Ok(Done::Full);
            }
            let until = now.after(*lasts);
            stand(connection, room, *user, "banned_until", to_sql(until))?;
            stand(connection, room, *user, "moderator", 0)?;
            guests::end(connection, *user)?;
            Done::Banned(*user, until)
        }
        Change::LiftBan(name) => {
            connection
                .prepare_cached(
                    "UPDATE standings SET banned_until = 0 WHERE room = ?1 \
                     AND (SELECT name FROM accounts WHERE id = account) = ?2",
                )?
                .execute(params![room.as_str(), name.as_str()])?;
            access(connection, room, now)?
        }
        Change::CreatePass(_) if is_full(&passes::of(connection, room, now)?, quotas.passes_per_room) => {
            Done::Full
        }
        Change::CreatePass(lasts) => passes::create(connection, order, code, now.after(*lasts), now)?,
        Change::RevokePass(pass) => {
            passes::revoke(connection, room, *pass)?;
            access(connection, room, now)?
        }
        Change::Access => access(connection, room, now)?,
        Change::Block(_) if is_full(&blocks::of(connection, order.user)?, quotas.blocked_per_user) => {
            Done::Full
        }
        Change::Block(other) => blocks::block(connection, order.user, *other)?,
        Change::Unblock(name) => blocks::unblock(connection, order.user, name)?,
    })
}

fn is_full<T>(there: &[T], most: u32) -> bool {
    u32::try_from(there.len()).map_or(true, |there| there >= most)
}

/// Deletes the standings, passes and blocks of a user whose account is deleted. Their rooms have no owner any
/// more.
pub(super) fn forget(connection: &Connection, user: UserId) -> rusqlite::Result<()> {
    for what in [
        "UPDATE room_rules SET owner = NULL WHERE owner = ?1",
        "DELETE FROM standings WHERE account = ?1",
        "DELETE FROM passes WHERE account = ?1",
        "DELETE FROM blocks WHERE account = ?1 OR blocked = ?1",
    ] {
        connection.execute(what, params![user.0])?;
    }
    Ok(())
}

fn standing(
    connection: &Connection,
    room: &RoomName,
    user: UserId,
    now: UnixMillis,
) -> rusqlite::Result<Standing> {
    let found = connection
        .prepare_cached(
            "SELECT moderator, silenced, banned_until FROM standings WHERE room = ?1 AND account = ?2",
        )?
        .query_row(params![room.as_str(), user.0], |row| {
            let banned_until = UnixMillis(read_number(row, 2)?);
            Ok(Standing {
                moderator: row.get(0)?,
                silenced: row.get(1)?,
                banned_until: (banned_until > now).then_some(banned_until),
                blocked: Vec::new(),
            })
        })
        .optional()?;
    Ok(Standing {
        blocked: blocks::of(connection, user)?,
        ..found.unwrap_or_default()
    })
}

/// Writes one column of a user's standing. The column's name is always a constant of this file.
fn stand(
    connection: &Connection,
    room: &RoomName,
    user: UserId,
    column: &'static str,
    value: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(&format!(
            "INSERT INTO standings (room, account, {column}) VALUES (?1, ?2, ?3) \
             ON CONFLICT (room, account) DO UPDATE SET {column} = excluded.{column}"
        ))?
        .execute(params![room.as_str(), user.0, value])?;
    Ok(())
}

/// Changes the given settings of a room, and leaves the others.
fn change(
    connection: &Connection,
    room: &RoomName,
    settings: RoomChanges,
    password: Option<&str>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE room_rules SET access = coalesce(?2, access), size = coalesce(?3, size), \
             password = coalesce(?4, password), guests = coalesce(?5, guests) WHERE name = ?1",
        )?
        .execute(params![
            room.as_str(),
            settings.access.map(write_access),
            settings.size,
            password,
            settings.guests
        ])?;
    Ok(())
}

fn access(connection: &Connection, room: &RoomName, now: UnixMillis) -> rusqlite::Result<Done> {
    Ok(Done::Access(
        passes::of(connection, room, now)?,
        bans(connection, room, now)?,
    ))
}

fn bans(connection: &Connection, room: &RoomName, now: UnixMillis) -> rusqlite::Result<Vec<Ban>> {
    connection
        .prepare_cached(
            "SELECT accounts.name, banned_until, EXISTS (SELECT 1 FROM guests WHERE guests.account = accounts.id) \
             FROM standings JOIN accounts ON accounts.id = account WHERE room = ?1 AND banned_until > ?2 ORDER BY accounts.name",
        )?
        .query_map(params![room.as_str(), to_sql(now)], |row| {
            Ok(Ban {
                name: read_name(row, 0)?,
                until: UnixMillis(read_number(row, 1)?),
                guest: row.get(2)?,
            })
        })?
        .collect()
}

fn write_access(access: Access) -> &'static str {
    let found = ACCESS.iter().find(|(known, _)| *known == access);
    found.map_or("locked", |(_, word)| word)
}

/// Reads an access mode. An unknown word is from a newer server, and locks the room: no one is let in by
/// mistake.
fn read_access(row: &Row<'_>, column: usize) -> rusqlite::Result<Access> {
    let text: String = row.get(column)?;
    let found = ACCESS.iter().find(|(_, word)| *word == text);
    Ok(found.map_or(Access::Locked, |(access, _)| *access))
}
