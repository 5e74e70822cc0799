//! Accounts, managed by `confab admin user`.

use std::io::Write;

use registry::names::Name;

use super::AdminError;
use super::command::User;
use crate::accounts::new_password;
use crate::clock::unix_millis;
use crate::passwords::{HashRules, hash};
use crate::store::{Account, AdminDatabase, Session};

/// Groups of four characters in a generated password: 80 random bits.
const GROUPS: usize = 4;

pub(super) fn run(
    user: User,
    database: &AdminDatabase,
    hashes: HashRules,
    out: &mut impl Write,
) -> Result<(), AdminError> {
    match user {
        User::Add { name, password_stdin } => {
            let read = Name::read(&name).map_err(|_| AdminError::Name(name.clone()))?;
            let (password, told) = password(password_stdin)?;
            let hash = hash(&password, hashes)?;
            if read.is_reserved() {
                return Err(AdminError::NameTaken(name));
            }
            let made =
                database.change(|connection| Account::create(connection, &read, &hash, unix_millis()))?;
            made.ok_or(AdminError::NameTaken(name))?;
            writeln!(out, "Created the account {}{told}", read.shown)?;
        }
        User::List => {
            for account in database.change(Account::all)? {
                let state = if account.disabled { "disabled" } else { "enabled" };
                writeln!(out, "{state}\t{}", account.name)?;
            }
        }
        User::Disable { name } => {
            let name = change(database, &name, |connection, account| {
                Account::set_disabled(connection, account.id, Some(unix_millis()))?;
                Session::end_all(connection, account.id, None)?;
                Ok(())
            })?;
            writeln!(out, "Disabled the account {name}; its sessions have ended")?;
        }
        User::Enable { name } => {
            let name = change(database, &name, |connection, account| {
                Account::set_disabled(connection, account.id, None)
            })?;
            writeln!(out, "Enabled the account {name}")?;
        }
        User::ResetPassword { name, password_stdin } => {
            let (password, told) = password(password_stdin)?;
            let hash = hash(&password, hashes)?;
            let name = change(database, &name, |connection, account| {
                Account::set_password(connection, account.id, &hash)?;
                Session::end_all(connection, account.id, None)?;
                Ok(())
            })?;
            writeln!(out, "Reset the password of {name}; its sessions have ended{told}")?;
        }
    }
    Ok(())
}

/// Changes the account with this name. Returns the name as the account spells it.
fn change(
    database: &AdminDatabase,
    name: &str,
    change: impl FnOnce(&rusqlite::Connection, &Account) -> rusqlite::Result<()>,
) -> Result<String, AdminError> {
    let changed = database.change(|connection| {
        let Some(account) = Account::find(connection, name)? else {
            return Ok(None);
        };
        change(connection, &account)?;
        Ok(Some(account.name.to_string()))
    })?;
    changed.ok_or_else(|| AdminError::NoUser(name.to_owned()))
}

/// Reads the password, or generates one. The second text shows a generated one to the operator.
fn password(given: bool) -> Result<(String, String), AdminError> {
    if !given {
        let password = crate::random::groups(GROUPS)?;
        let told = format!("\nIts password is {password}");
        return Ok((password, told));
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let password = new_password(&line).map_err(|_| AdminError::Password)?;
    Ok((password, String::new()))
}
