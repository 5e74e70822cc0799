//! What is wrong with the settings.

use std::path::PathBuf;

/// Each says which setting, or which file, and what it should be.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("cannot read the settings file {file}: {source}")]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not TOML, or holds a key that there is none of, or a value of the wrong type.
    #[error("the settings file {file} has a mistake: {what}")]
    Mistake {
        /// Which.
        file: PathBuf,
        /// What, and where.
        what: String,
    },
    /// It is given where it has no effect.
    #[error(
        "the setting {setting} is a key of the settings file alone: {variable} in the environment has no effect"
    )]
    FileAlone {
        /// Its name.
        setting: String,
        /// The environment variable.
        variable: String,
    },
    /// A value that cannot be.
    #[error("the setting {setting} cannot be {value:?}: {why}")]
    Value {
        /// Its name.
        setting: String,
        /// What was given.
        value: String,
        /// What it should be.
        why: String,
    },
}
