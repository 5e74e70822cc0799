//! Errors in the settings.

use std::path::PathBuf;

/// An error in the settings. Each message names the setting or the file, and what is expected.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("cannot read the settings file {file}: {source}")]
    Unreadable {
        /// The settings file.
        file: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// The file is not TOML, or has an unknown key, or a value of the wrong type.
    #[error("the settings file {file} is invalid: {what}")]
    Mistake {
        /// The settings file.
        file: PathBuf,
        /// The parser's message, with the line.
        what: String,
    },
    /// An environment variable is set for a setting that only the file can set.
    #[error("the setting {setting} can only be set in the settings file: {variable} has no effect")]
    FileAlone {
        /// Name of the setting.
        setting: String,
        /// Name of the environment variable.
        variable: String,
    },
    /// A value is invalid.
    #[error("the setting {setting} cannot be {value:?}: {why}")]
    Value {
        /// Name of the setting.
        setting: String,
        /// The given value.
        value: String,
        /// What is expected.
        why: String,
    },
}
