//! Embeds the built app in the server: reads trunk's `dist/`, compresses each file, and generates a table of
//! them.
//!
//! `CONFAB_DIST` names the folder (default: `dist` at the top of the repository). Without an `index.html`
//! there, the table is empty, and the server answers that it was built without the app.

mod compress;
mod policy;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed=CONFAB_DIST");
    println!("cargo::rerun-if-changed=build");
    match embed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error=cannot embed the app in the server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn embed() -> io::Result<()> {
    let out = folder("OUT_DIR")?;
    let dist = match env::var_os("CONFAB_DIST") {
        Some(dist) => folder("CARGO_MANIFEST_DIR")?.join("../..").join(dist),
        None => default_dist()?,
    };
    println!("cargo::rerun-if-changed={}", dist.display());
    let index = dist.join("index.html");
    let (files, policy) = if index.is_file() {
        (table::files(&dist)?, policy::of(&fs::read_to_string(index)?))
    } else {
        (Vec::new(), policy::of(""))
    };
    table::write(&out, &files, &policy)
}

/// Returns the default folder, and creates it if it is missing: cargo treats a missing path as changed, and
/// would rebuild the server on every call.
fn default_dist() -> io::Result<PathBuf> {
    let dist = folder("CARGO_MANIFEST_DIR")?.join("../../dist");
    if !dist.exists()
        && let Err(error) = fs::create_dir(&dist)
    {
        println!("cargo::warning=cannot create {}: {error}", dist.display());
    }
    Ok(dist)
}

fn folder(variable: &str) -> io::Result<PathBuf> {
    env::var_os(variable)
        .map(|value| Path::new(&value).to_owned())
        .ok_or_else(|| io::Error::other(format!("{variable} is not set")))
}
