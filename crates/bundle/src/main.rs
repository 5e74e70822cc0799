//! Finishes the build of the app: links its chunks, makes its files smaller, and weighs them.
//!
//! `scripts/split/wasm-bindgen` calls `bundle link` between wasm-bindgen and trunk, `scripts/build-app.sh` calls
//! `bundle page` after trunk, `make size` calls `bundle size` and `bundle parts`.

mod budget;
mod glue;
mod hashed;
mod link;
mod page;
mod parts;
mod shorten;
mod weight;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Why a step failed, with the file.
type Failed = Box<dyn std::error::Error>;

#[derive(Parser)]
enum Command {
    /// Link the chunks that wasm-split-cli wrote with what wasm-bindgen made of the main module.
    Link {
        /// The folder with the chunks and `__wasm_split.js`.
        chunks: PathBuf,
        /// wasm-bindgen's output, without its endings `.js` and `_bg.wasm`.
        app: PathBuf,
    },
    /// Finish the page: late styles, and the chunks for those who return.
    Page {
        /// The folder that trunk built.
        dist: PathBuf,
    },
    /// Print the size of each file, and fail if it is over the budget.
    Size {
        /// The folder that trunk built.
        dist: PathBuf,
        /// The budget.
        budget: PathBuf,
    },
    /// Print what takes the room, by crate and by feature.
    Parts {
        /// The app as the linker wrote it.
        app: PathBuf,
    },
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Link { chunks, app } => link::link(&chunks, &app),
        Command::Page { dist } => page::finish(&dist),
        Command::Size { dist, budget } => budget::check(&dist, &budget),
        Command::Parts { app } => parts::print(&app),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads a file.
fn read(path: &std::path::Path) -> Result<String, Failed> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}
