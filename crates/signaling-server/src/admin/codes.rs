//! Invite codes, managed by `confab admin code`.

use std::io::Write;

use protocol::UnixMillis;

use super::AdminError;
use super::command::Code as Asked;
use crate::clock::unix_millis;
use crate::store::{AdminDatabase, Code, CodeHash};

/// Groups of four characters in a code: 60 random bits, enough because guesses are rate-limited.
const GROUPS: usize = 3;
const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;

pub(super) fn run(asked: Asked, database: &AdminDatabase, out: &mut impl Write) -> Result<(), AdminError> {
    let now = unix_millis();
    match asked {
        Asked::New { uses, days } => {
            let code = crate::random::groups(GROUPS)?;
            let until = UnixMillis(now.0 + u64::from(days) * DAY_MILLIS);
            database.change(|connection| Code::add(connection, CodeHash::of(&code), uses, until, now))?;
            writeln!(out, "{code}")?;
        }
        Asked::List => {
            for code in database.change(|connection| Code::all(connection, now))? {
                let days = (code.expires_at.0.saturating_sub(now.0)).div_ceil(DAY_MILLIS);
                writeln!(
                    out,
                    "{}\tuses left: {}\tdays left: {days}",
                    code.id, code.uses_left
                )?;
            }
        }
        Asked::Revoke { number } => {
            if !database.change(|connection| Code::revoke(connection, number))? {
                return Err(AdminError::NoCode(number));
            }
            writeln!(out, "Revoked code {number}")?;
        }
    }
    Ok(())
}
