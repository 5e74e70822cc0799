//! Tables of settings: one row for each, with its description, type, default and range.
//!
//! The rows are the only source for a setting: the struct that the file is read into, the flags, the
//! environment variables, `--help` and `docs/settings.md` are generated from them.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use protocol::http::Registration;

use super::SettingsError;
use super::guests::Guests;
use super::log::LogFormat;

/// One setting.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Section of the file; empty at the top.
    pub section: &'static str,
    /// Key in the file, and name of the flag.
    pub key: String,
    /// Description; `--help` shows only the first paragraph.
    pub words: &'static [&'static str],
    /// How the value is written.
    pub kind: Kind,
    /// The default value, as people read it.
    pub default: String,
    /// Range of a number.
    pub within: Option<RangeInclusive<u32>>,
    /// Placeholder for the value in `--help`; `None` if the setting is neither a flag nor a variable.
    pub flag: Option<&'static str>,
    /// Alias of the flag.
    pub also: Option<&'static str>,
}

/// How a setting is given on the command line, in the environment and in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    /// `true` or `false`; the flag alone means `true`.
    Switch,
    /// Comma-separated; an array in the file.
    List,
}

impl Row {
    /// Returns the name of the environment variable.
    pub fn variable(&self) -> String {
        format!("CONFAB_{}", self.key.to_uppercase().replace('-', "_"))
    }

    /// Returns the first paragraph of the description.
    pub fn in_short(&self) -> String {
        let first = self.words.iter().take_while(|line| !line.trim().is_empty());
        first.map(|line| line.trim()).collect::<Vec<_>>().join(" ")
    }

    /// Returns the description as sentences.
    pub fn in_full(&self) -> String {
        let rest = self.words.iter().skip_while(|line| !line.trim().is_empty());
        let rest = rest.map(|line| line.trim()).filter(|line| !line.is_empty());
        let first = format!("{}.", self.in_short());
        std::iter::once(first.as_str())
            .chain(rest)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The type of a setting.
pub(super) trait Value {
    const KIND: Kind;

    /// Returns the value as people read it.
    fn told(&self) -> String;
}

macro_rules! values {
    ($($kind:ty: $how:ident, |$value:ident| $told:expr;)+) => {
        $(impl Value for $kind {
            const KIND: Kind = Kind::$how;

            fn told(&self) -> String {
                let $value = self;
                $told
            }
        })+
    };
}

values! {
    u32: Number, |value| value.to_string();
    bool: Switch, |value| value.to_string();
    String: Text, |value| value.clone();
    PathBuf: Text, |value| value.display().to_string();
    SocketAddr: Text, |value| value.to_string();
    Option<String>: Text, |value| value.clone().unwrap_or_else(none);
    Option<PathBuf>: Text, |value| value.as_ref().map_or_else(none, |path| path.display().to_string());
    Option<SocketAddr>: Text, |value| value.map_or_else(none, |address| address.to_string());
    Vec<String>: List, |value| if value.is_empty() { none() } else { value.join(",") };
    Registration: Text, |value| match value {
        Registration::Open => "open",
        Registration::Invite => "invite",
        Registration::Closed => "closed",
    }.to_owned();
    LogFormat: Text, |value| match value {
        LogFormat::Text => "text",
        LogFormat::Json => "json",
    }.to_owned();
    Option<Guests>: Text, |value| match value {
        Some(Guests::Allow) => "allow",
        Some(Guests::Deny) => "deny",
        None => "allow with open registration, else deny",
    }.to_owned();
}

/// Shown as the default of settings that may be absent.
pub(super) const NONE: &str = "none";

fn none() -> String {
    NONE.to_owned()
}

/// Checks that a number is in its range.
pub(super) fn check_within(key: &str, value: u32, within: &RangeInclusive<u32>) -> Result<(), SettingsError> {
    if within.contains(&value) {
        return Ok(());
    }
    Err(SettingsError::Value {
        setting: key.replace('_', "-"),
        value: value.to_string(),
        why: between(within),
    })
}

/// Describes a range.
fn between(within: &RangeInclusive<u32>) -> String {
    if *within.end() == u32::MAX {
        format!("it must be at least {}", within.start())
    } else {
        format!("it must be between {} and {}", within.start(), within.end())
    }
}

/// Defines the struct of a section from its rows. A line with `+` nests another section.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        $name:ident, $section:literal;
        $(
            $(#[doc = $words:literal])+
            $key:ident: $kind:ty = $default:expr
                $(, within $within:expr)? $(, flag $flag:literal)? $(, also $also:literal)?;
        )+
        $(+ $inner:ident: $of:ty;)*
    ) => {
        $(#[doc = $about])+
        #[allow(clippy::struct_field_names, reason = "they are the keys of the file")]
        #[derive(Clone, serde::Deserialize)]
        #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            $($(#[doc = $words])+ pub $key: $kind,)+
            $(#[allow(missing_docs, reason = "documented by its type")] pub $inner: $of,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self {
                    $($key: $default,)+
                    $($inner: <$of>::default(),)*
                }
            }
        }

        impl $name {
            /// Returns the rows, in the order in which they are documented.
            pub(super) fn rows() -> Vec<$crate::config::table::Row> {
                #[allow(unused_mut, reason = "not every section nests others")]
                let mut rows = vec![$($crate::config::table::Row {
                    section: $section,
                    key: stringify!($key).replace('_', "-"),
                    words: &[$($words),+],
                    kind: <$kind as $crate::config::table::Value>::KIND,
                    default: $crate::config::table::Value::told(&Self::default().$key),
                    within: $crate::config::table::optional!($($within)?),
                    flag: $crate::config::table::optional!($($flag)?),
                    also: $crate::config::table::optional!($($also)?),
                },)+];
                $(rows.extend(<$of>::rows());)*
                rows
            }

            /// Checks that every number is in its range.
            pub(super) fn check(&self) -> Result<(), $crate::config::SettingsError> {
                $($($crate::config::table::check_within(stringify!($key), self.$key, &$within)?;)?)+
                $(self.$inner.check()?;)*
                Ok(())
            }
        }
    };
}

macro_rules! optional {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}

pub(super) use {optional, section};
