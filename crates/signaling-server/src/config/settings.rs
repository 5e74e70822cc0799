//! The settings as a person gives them: flags over environment over file over defaults.
//!
//! One struct is all three: clap reads it from flags and environment, serde from the file.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};
use serde::Deserialize;

use super::LogFormat;
use super::accounts::AccountSettings;
use super::limits::LimitSettings;
use super::metrics::MetricsSettings;
use super::rooms::RoomLimits;
use super::tls::TlsSettings;

/// A video room in the browser: accounts, rooms, signaling, chat, and the app itself, in one server.
///
/// Every setting can be given as a flag, as an environment variable, or in a TOML file (by the flag's name,
/// without the dashes in front, under the section that the heading names); a flag wins over the environment, and that over the file.
#[derive(Clone, Debug, Default, Parser, Deserialize)]
#[command(name = "confab", version, max_term_width = 100)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// What to do instead of serving.
    #[command(subcommand)]
    #[serde(skip)]
    pub instead: Option<Instead>,

    /// A TOML file with settings
    #[arg(long, env = "CONFAB_CONFIG", value_name = "FILE", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,

    /// Where to listen for browsers [default: 127.0.0.1:8080]
    ///
    /// Browsers give camera and microphone only to pages from localhost or over https, so other machines
    /// reach Confab through a proxy that speaks TLS. Use 0.0.0.0:8080 to listen on all addresses.
    #[arg(long, env = "CONFAB_LISTEN", value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,

    /// The folder for accounts and chat; made if there is none [default: confab-data]
    #[arg(long, env = "CONFAB_DATA", value_name = "FOLDER", global = true)]
    pub data: Option<PathBuf>,

    /// The path under which a proxy serves Confab beside other things, such as /meet/ [default: /]
    ///
    /// The proxy may pass it on or take it off.
    #[arg(long, env = "CONFAB_BASE_PATH", value_name = "PATH")]
    pub base_path: Option<String>,

    /// Another site that serves the app and may use this server, such as <https://rooms.example.org>
    ///
    /// Only needed when the app's files lie elsewhere. Give several with commas, or the flag several times.
    #[arg(
        long = "allowed-origin",
        env = "CONFAB_ALLOWED_ORIGINS",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    #[serde(alias = "allowed-origin")]
    pub allowed_origins: Option<Vec<String>>,

    /// The address or network (CIDR) of a proxy in front of Confab, whose X-Forwarded-For is believed
    ///
    /// Without it, all who come through a proxy count as one place when sign-in attempts and
    /// sockets are counted.
    #[arg(
        long = "trusted-proxy",
        env = "CONFAB_TRUSTED_PROXIES",
        value_name = "NETWORK",
        value_delimiter = ','
    )]
    #[serde(alias = "trusted-proxy")]
    pub trusted_proxies: Option<Vec<String>>,

    /// A STUN server for the browsers, such as stun:stun.example.org:3478
    #[arg(long, env = "CONFAB_STUN", value_name = "URL", value_delimiter = ',')]
    pub stun: Option<Vec<String>>,

    /// A TURN server for the browsers, such as turn:turn.example.org:3478?transport=udp
    #[arg(long, env = "CONFAB_TURN", value_name = "URL", value_delimiter = ',')]
    pub turn: Option<Vec<String>>,

    /// The secret shared with the TURN server (coturn: use-auth-secret, static-auth-secret)
    ///
    /// Better given by environment or file: other users of this machine can see flags.
    #[arg(
        long,
        env = "CONFAB_TURN_SECRET",
        value_name = "SECRET",
        hide_env_values = true
    )]
    pub turn_secret: Option<String>,

    /// For how many seconds TURN credentials are good, 60 to 604800 [default: 600]
    ///
    /// Browsers are given new ones before; a relay that is used goes on with those that it began with.
    #[arg(long, env = "CONFAB_TURN_TTL", value_name = "SECONDS")]
    pub turn_ttl: Option<u64>,

    /// What to log: error, warn, info, debug or trace [default: info]
    ///
    /// Or by target, such as `info,signaling_server=debug`. Addresses are in the log from debug on; what people
    /// write never is.
    #[arg(long, env = "CONFAB_LOG", value_name = "FILTER")]
    pub log: Option<String>,

    /// How to write the log [default: text]
    #[arg(
        long,
        env = "CONFAB_LOG_FORMAT",
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    pub log_format: Option<LogFormat>,

    /// Who may have an account.
    #[command(flatten)]
    #[serde(default)]
    pub accounts: AccountSettings,

    /// How much one client may use.
    #[command(flatten)]
    #[serde(default)]
    pub limits: LimitSettings,

    /// How much there may be of a room.
    #[command(flatten)]
    #[serde(default)]
    pub rooms: RoomLimits,

    /// Who may read the figures.
    #[command(flatten)]
    #[serde(default)]
    pub metrics: MetricsSettings,

    /// Whether Confab speaks TLS itself.
    #[command(flatten)]
    #[serde(default)]
    pub tls: TlsSettings,
}

/// What the program can do instead of serving.
#[derive(Clone, Debug, Subcommand)]
pub enum Instead {
    /// Make accounts and invite codes, disable accounts, reset passwords, copy the database
    #[command(subcommand)]
    Admin(crate::admin::Command),
}

/// What is wrong with the settings.
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
    /// A value that cannot be.
    #[error("the setting {setting} cannot be {value:?}: {why}")]
    Value {
        /// Its name.
        setting: &'static str,
        /// What was given.
        value: String,
        /// What it should be.
        why: String,
    },
}

impl Settings {
    /// Adds what the settings file says, where flags and environment say nothing.
    pub fn with_file(self) -> Result<Self, SettingsError> {
        match &self.config {
            Some(file) => {
                let file = Self::read(file)?;
                Ok(self.over(file))
            }
            None => Ok(self),
        }
    }

    fn read(file: &Path) -> Result<Self, SettingsError> {
        let text = fs::read_to_string(file).map_err(|source| SettingsError::Unreadable {
            file: file.to_owned(),
            source,
        })?;
        toml::from_str(&text).map_err(|error| SettingsError::Mistake {
            file: file.to_owned(),
            what: error.to_string().trim_end().to_owned(),
        })
    }

    fn over(self, under: Self) -> Self {
        Self {
            instead: self.instead,
            config: self.config,
            listen: self.listen.or(under.listen),
            data: self.data.or(under.data),
            base_path: self.base_path.or(under.base_path),
            allowed_origins: self.allowed_origins.or(under.allowed_origins),
            trusted_proxies: self.trusted_proxies.or(under.trusted_proxies),
            stun: self.stun.or(under.stun),
            turn: self.turn.or(under.turn),
            turn_secret: self.turn_secret.or(under.turn_secret),
            turn_ttl: self.turn_ttl.or(under.turn_ttl),
            log: self.log.or(under.log),
            log_format: self.log_format.or(under.log_format),
            accounts: self.accounts.over(under.accounts),
            limits: self.limits.over(under.limits),
            rooms: self.rooms.over(under.rooms),
            metrics: self.metrics.over(under.metrics),
            tls: self.tls.over(under.tls),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_says_the_rest() {
        let file: Settings = toml::from_str(
            "listen = \"127.0.0.1:1\"\nturn-ttl = 60\nstun = [\"stun:a\", \"stun:b\"]\n\
                 [metrics]\nmetrics-token = \"t\"",
        )
        .expect("TOML");
        let flags = Settings::try_parse_from(["confab", "--listen", "127.0.0.1:2"]).expect("flags");
        let both = flags.over(file);
        assert_eq!(both.listen, "127.0.0.1:2".parse().ok());
        assert_eq!(both.turn_ttl, Some(60));
        assert_eq!(both.stun.map(|urls| urls.len()), Some(2));
        assert_eq!(both.metrics.metrics_token.as_deref(), Some("t"));
    }

    #[test]
    fn a_key_that_there_is_none_of_is_refused_by_name() {
        let error = toml::from_str::<Settings>("lisen = \"127.0.0.1:1\"").expect_err("a typing mistake");
        assert!(error.to_string().contains("unknown field `lisen`"), "{error}");
    }

    #[test]
    fn every_setting_is_in_the_documentation_by_flag_and_variable() {
        let documentation = include_str!("../../../../docs/settings.md");
        let command = <Settings as clap::CommandFactory>::command();
        for argument in command.get_arguments() {
            let (Some(flag), Some(variable)) = (argument.get_long(), argument.get_env()) else {
                continue;
            };
            let row = format!("| `--{flag}` | `{}` |", variable.to_string_lossy());
            assert!(documentation.contains(&row), "{row}");
        }
    }

    #[test]
    fn the_settings_to_begin_with_are_some_that_the_program_takes() {
        let file: Settings = toml::from_str(include_str!("../../../../deploy/confab.toml")).expect("TOML");
        let started = crate::config::Started::try_from(file).expect("settings");
        assert!(started.listen.ip().is_loopback());
    }

    #[test]
    fn the_command_line_is_well_formed() {
        <Settings as clap::CommandFactory>::command().debug_assert();
    }
}
