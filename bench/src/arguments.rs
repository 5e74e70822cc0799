//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::rows::Rows;

/// Measures Confab beside a bare page without a framework, in one run.
#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to measure
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "loading,call,mesh,profile,outage,server"
    )]
    pub rows: Vec<Rows>,
    /// How many people are in the calls of the rows `mesh`
    #[arg(long, value_delimiter = ',', default_value = "2,4,6,8")]
    pub people: Vec<usize>,
    /// How often everything is measured
    #[arg(long, default_value_t = 3)]
    pub rounds: usize,
    /// Confab's programs, each LABEL=PATH (default: what `make build` produced)
    #[arg(long, value_parser = program)]
    pub program: Vec<(String, PathBuf)>,
    /// The contenders: names of files in bench/contenders; ratios are to the first
    #[arg(long, value_delimiter = ',', default_value = "floor,confab")]
    pub contender: Vec<String>,
    /// The program of `make load`, for the rows `server`
    #[arg(long, default_value = "target/release/load")]
    pub load: PathBuf,
    /// Writes RESULTS.md and results.json into this folder
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Holds the lock of this file, as flock(1) does, while contenders are measured in turn: for a shared machine
    #[arg(long)]
    pub lock: Option<PathBuf>,
}

/// What else the program does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the floor page
    Floor {
        /// The port on the loopback address
        #[arg(long)]
        port: u16,
    },
}

/// Reads LABEL=PATH.
fn program(text: &str) -> Result<(String, PathBuf), String> {
    let (label, path) = text.split_once('=').ok_or("expected LABEL=PATH")?;
    let path = PathBuf::from(path)
        .canonicalize()
        .map_err(|error| format!("{path}: {error}"))?;
    Ok((label.to_owned(), path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_all_rows() {
        let arguments = Arguments::try_parse_from(["bench"]).unwrap();
        assert_eq!(arguments.rows.len(), 6);
        assert_eq!(arguments.people, [2, 4, 6, 8]);
        assert!(arguments.command.is_none());
    }

    #[test]
    fn programs_have_labels() {
        assert!(program("/").is_err());
        assert!(program("root=/").is_ok_and(|(label, _)| label == "root"));
        assert!(program("none=/no/such/file").is_err());
    }
}
