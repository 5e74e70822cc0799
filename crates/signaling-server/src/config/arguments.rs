//! Reads the settings: flags override the environment, which overrides the file, which overrides the defaults.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, Subcommand, value_parser};
use serde::Deserialize;
use toml::{Table, Value};

use super::table::{Kind, NONE, Row};
use super::{Settings, SettingsError};

/// The flag that names the settings file; it is not a setting itself.
const FILE: &str = "config";
/// Settings that `confab admin` accepts as well.
const OF_ALL: [&str; 1] = ["data"];

/// The parsed command line, with the settings.
pub struct Arguments {
    /// The command to run instead of the server.
    pub action: Option<Action>,
    /// All settings; each number is in its range.
    pub settings: Settings,
}

/// Commands other than running the server
#[derive(Clone, Debug, Subcommand)]
pub enum Action {
    /// Manage accounts and invite codes, reset passwords, copy the database
    #[command(subcommand)]
    Admin(crate::admin::Command),
    /// Explain all settings, including those of the file, as Markdown
    Settings,
}

impl Arguments {
    /// Parses the arguments. An unknown flag and `--help` end the process.
    pub fn read(given: impl IntoIterator<Item = OsString>) -> Result<Self, SettingsError> {
        let matches = command().get_matches_from(given);
        check_environment(|variable| std::env::var_os(variable).is_some())?;
        let action = Action::from_arg_matches(&matches).ok();
        let (mut table, mut settings) = match matches.get_one::<PathBuf>(FILE) {
            Some(file) => read_file(file)?,
            None => (Table::new(), Settings::default()),
        };
        for (row, text) in given_by_flag(&matches) {
            let wrong = |why: String| SettingsError::Value {
                setting: row.key.clone(),
                value: text.clone(),
                why,
            };
            put(&mut table, &row, &text).map_err(wrong)?;
            let read = Settings::deserialize(table.clone());
            settings = read.map_err(|error| wrong(error.message().to_owned()))?;
        }
        settings.check()?;
        Ok(Self { action, settings })
    }
}

/// Refuses environment variables for settings that only the file can set: they would have no effect.
fn check_environment(is_set: impl Fn(&str) -> bool) -> Result<(), SettingsError> {
    let is_lost = |row: &Row| row.flag.is_none() && is_set(&row.variable());
    match Settings::rows().into_iter().find(is_lost) {
        Some(row) => Err(SettingsError::FileAlone {
            variable: row.variable(),
            setting: row.key,
        }),
        None => Ok(()),
    }
}

/// Builds the command line, with a flag for each setting that has one.
fn command() -> Command {
    let file = Arg::new(FILE)
        .long(FILE)
        .env("CONFAB_CONFIG")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .global(true)
        .help("A TOML file with settings");
    let command = Command::new("confab")
        .version(env!("CARGO_PKG_VERSION"))
        .after_help(
            "Flags override environment variables, which override the file. Limits and rates are set only in the file: \
             `confab settings` explains every setting.",
        )
        .max_term_width(100)
        .arg(file);
    let command = Settings::rows()
        .iter()
        .filter_map(flag)
        .fold(command, Command::arg);
    // Set last: `augment_subcommands` sets it too, from the doc comment of `Action`.
    Action::augment_subcommands(command).about(
        "A video room in the browser: accounts, rooms, signaling, chat, and the app itself, in one server",
    )
}

fn flag(row: &Row) -> Option<Arg> {
    let arg = Arg::new(row.key.clone())
        .long(row.key.clone())
        .env(row.variable())
        .hide_env_values(true)
        .value_name(row.flag?)
        .global(OF_ALL.contains(&row.key.as_str()))
        .help(match row.default.as_str() {
            NONE => row.in_short(),
            default => format!("{} [default: {default}]", row.in_short()),
        });
    let arg = match row.kind {
        Kind::Text | Kind::Number => arg,
        Kind::Switch => arg.num_args(0..=1).default_missing_value("true"),
        Kind::List => arg.action(ArgAction::Append),
    };
    Some(match row.also {
        Some(also) => arg.alias(also),
        None => arg,
    })
}

/// Returns the values given by flags and environment variables, as text.
fn given_by_flag(matches: &ArgMatches) -> Vec<(Row, String)> {
    let is_flag = |row: &Row| row.flag.is_some();
    let given = Settings::rows().into_iter().filter(is_flag).filter_map(|row| {
        let texts: Vec<&str> = matches
            .get_many::<String>(&row.key)?
            .map(String::as_str)
            .collect();
        let text = texts.join(",");
        Some((row, text))
    });
    given.collect()
}

/// Reads the settings file, as a table and as settings. Errors name the line.
fn read_file(file: &Path) -> Result<(Table, Settings), SettingsError> {
    let text = fs::read_to_string(file).map_err(|source| SettingsError::Unreadable {
        file: file.to_owned(),
        source,
    })?;
    let mistake = |error: toml::de::Error| SettingsError::Mistake {
        file: file.to_owned(),
        what: error.to_string().trim_end().to_owned(),
    };
    let settings = toml::from_str(&text).map_err(mistake)?;
    let table = toml::from_str(&text).map_err(mistake)?;
    Ok((table, settings))
}

/// Inserts a value into the table, as if it stood in the file.
fn put(table: &mut Table, row: &Row, text: &str) -> Result<(), String> {
    let value = match row.kind {
        Kind::Text => Value::from(text),
        Kind::Number => Value::from(text.parse::<i64>().map_err(|_| "it must be a number")?),
        Kind::Switch => Value::from(text.parse::<bool>().map_err(|_| "it must be true or false")?),
        Kind::List => {
            let parts = text.split(',').filter(|part| !part.is_empty());
            parts.map(Value::from).collect::<Vec<_>>().into()
        }
    };
    let section = if row.section.is_empty() {
        table
    } else {
        let section = table.entry(row.section).or_insert_with(|| Table::new().into());
        section.as_table_mut().ok_or("its section is not a table")?
    };
    section.insert(row.key.clone(), value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use tempfile::NamedTempFile;

    use super::*;
    use crate::config::ProgramConfig;

    fn read(given: &[&str]) -> Result<Settings, String> {
        let given = ["confab"].iter().chain(given).map(OsString::from);
        let arguments = Arguments::read(given);
        arguments
            .map(|arguments| arguments.settings)
            .map_err(|error| error.to_string())
    }

    fn file(text: &str) -> NamedTempFile {
        let mut file = NamedTempFile::new().expect("a file");
        file.write_all(text.as_bytes()).expect("written");
        file
    }

    #[test]
    fn flags_override_the_file() {
        let file = file(
            "listen = \"127.0.0.1:1\"\nturn-ttl = 60\nstun = [\"stun:a\", \"stun:b\"]\n\
             [metrics]\nmetrics-token = \"t\"",
        );
        let path = file.path().to_str().expect("text");
        let both = read(&["--config", path, "--listen", "127.0.0.1:2"]).expect("settings");
        assert_eq!(both.listen, "127.0.0.1:2".parse().expect("an address"));
        assert_eq!(both.turn_ttl, 60);
        assert_eq!(both.stun, ["stun:a", "stun:b"]);
        assert_eq!(both.metrics.metrics_token.as_deref(), Some("t"));
    }

    #[test]
    fn lists_take_commas_and_repeated_flags() {
        let one_by_one = ["--stun", "stun:a", "--stun", "stun:b,stun:c"];
        assert_eq!(
            read(&one_by_one).expect("settings").stun,
            ["stun:a", "stun:b", "stun:c"]
        );
        let aliased = read(&["--trusted-proxy", "10.0.0.1"]).expect("settings");
        assert_eq!(aliased.trusted_proxies, ["10.0.0.1"]);
    }

    #[test]
    fn switches_take_an_optional_value() {
        assert!(
            read(&["--tls-self-signed"])
                .expect("settings")
                .tls
                .tls_self_signed
        );
        assert!(
            !read(&["--tls-self-signed=false"])
                .expect("settings")
                .tls
                .tls_self_signed
        );
    }

    #[test]
    fn invalid_values_are_named() {
        for (given, named) in [
            (["--listen", "8080"], "the setting listen cannot be \"8080\""),
            (
                ["--sockets", "many"],
                "the setting sockets cannot be \"many\": it must be a number",
            ),
            (
                ["--sockets", "0"],
                "the setting sockets cannot be \"0\": it must be between 1 and 1000000",
            ),
            (["--guests", "some"], "`allow` or `deny`"),
            (["--registration", "ask"], "`open`"),
        ] {
            let refused = read(&given).map(|_| ()).expect_err("a refusal");
            assert!(refused.contains(named), "{refused}");
        }
    }

    #[test]
    fn variable_without_effect_is_named() {
        let refused = check_environment(|variable| variable == "CONFAB_TURN_TTL").expect_err("a refusal");
        assert!(refused.to_string().contains("turn-ttl"), "{refused}");
        assert!(check_environment(|variable| variable == "CONFAB_LISTEN").is_ok());
    }

    #[test]
    fn file_mistakes_are_named_with_their_line() {
        for (text, named) in [
            ("lisen = \"127.0.0.1:1\"", "unknown field `lisen`"),
            ("[accounts]\nguests = \"some\"", "`allow` or `deny`"),
            ("[limits]\nsockets = -1", "line 2"),
        ] {
            let file = file(text);
            let path = file.path().to_str().expect("text");
            let refused = read(&["--config", path]).map(|_| ()).expect_err("a refusal");
            assert!(refused.contains(path) && refused.contains(named), "{refused}");
        }
    }

    #[test]
    fn example_settings_are_valid() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/confab.toml");
        let started =
            ProgramConfig::try_from(read(&["--config", file]).expect("settings")).expect("good ones");
        assert!(started.listen.ip().is_loopback());
    }

    #[test]
    fn help_names_every_flag_and_fits_two_screens() {
        let mut command = command();
        command.clone().debug_assert();
        let help = command.render_help().to_string();
        assert!(help.lines().count() <= 2 * 40, "{help}");
        for row in Settings::rows().iter().filter(|row| row.flag.is_some()) {
            let (flag, variable) = (format!("--{}", row.key), row.variable());
            assert!(
                help.contains(&flag) && help.contains(&variable),
                "{flag} {variable}"
            );
        }
    }
}
