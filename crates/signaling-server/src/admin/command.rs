//! The command line of `confab admin`.

use std::path::PathBuf;

use clap::Subcommand;

/// Manage accounts, invite codes and the database
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Create, list, disable and enable accounts, or reset a password
    #[command(subcommand)]
    User(User),
    /// Create, list and revoke invite codes, which new accounts need where registration is `invite`
    #[command(subcommand)]
    Code(Code),
    /// Copy the database into a new file, even while the server runs
    Backup {
        /// The new file, which must not exist yet
        file: PathBuf,
    },
}

/// Manage accounts
#[derive(Clone, Debug, Subcommand)]
pub enum User {
    /// Create an account; its password is generated and printed
    Add {
        /// The user's name
        name: String,
        /// Read the password from the first line of standard input instead
        #[arg(long)]
        password_stdin: bool,
    },
    /// List all accounts
    List,
    /// Disable an account, and end its sessions
    Disable {
        /// The user's name
        name: String,
    },
    /// Enable an account again
    Enable {
        /// The user's name
        name: String,
    },
    /// Give an account a new password, and end its sessions; the password is generated and printed
    ResetPassword {
        /// The user's name
        name: String,
        /// Read the password from the first line of standard input instead
        #[arg(long)]
        password_stdin: bool,
    },
}

/// Manage invite codes
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum Code {
    /// Create a code and print it; it cannot be shown again, because only its hash is kept
    New {
        /// How many accounts can be created with it
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        uses: u32,
        /// Days until it expires
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=3650))]
        days: u32,
    },
    /// List the usable codes with their numbers
    List,
    /// Revoke a code
    Revoke {
        /// The number of the code in the list
        number: i64,
    },
}
