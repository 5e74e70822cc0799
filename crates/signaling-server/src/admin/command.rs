//! What can be asked of `confab admin`.

use std::path::PathBuf;

use clap::Subcommand;

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Accounts: make, list, disable and enable them, reset a password
    #[command(subcommand)]
    User(User),
    /// Invite codes, with which accounts are made where registration is `invite`
    #[command(subcommand)]
    Code(Code),
    /// Copy the database into a new file, while the server runs or not
    Backup {
        /// The file, which must not be there yet
        file: PathBuf,
    },
}

/// What to do with accounts.
#[derive(Clone, Debug, Subcommand)]
pub enum User {
    /// Make an account; its password is made up and printed
    Add {
        /// The user's name
        name: String,
        /// Read the password from the first line of the standard input instead
        #[arg(long)]
        password_stdin: bool,
    },
    /// List all accounts
    List,
    /// Let nobody sign in to an account, and end its sessions
    Disable {
        /// The user's name
        name: String,
    },
    /// Let its user sign in again
    Enable {
        /// The user's name
        name: String,
    },
    /// Give an account another password, and end its sessions; the password is made up and printed
    ResetPassword {
        /// The user's name
        name: String,
        /// Read the password from the first line of the standard input instead
        #[arg(long)]
        password_stdin: bool,
    },
}

/// What to do with invite codes.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum Code {
    /// Make a code and print it; it is not kept, and cannot be shown again
    New {
        /// How many accounts may be made with it
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        uses: u32,
        /// For how many days it is good
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=3650))]
        days: u32,
    },
    /// List the codes that can be used, by their numbers
    List,
    /// Take a code back
    Revoke {
        /// Its number in the list
        number: i64,
    },
}
