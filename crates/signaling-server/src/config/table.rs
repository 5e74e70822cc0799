//! What a table of settings is: a row for each, with its words, its type, its default and what it can be.
//!
//! The rows are all there is of a setting: the struct that the file is read into, the flags, the environment variables, `--help`
//! and `docs/settings.md` are made of them.

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
    /// The section of the file that it is in; empty at the top.
    pub section: &'static str,
    /// Its key there, and the name of its flag.
    pub key: String,
    /// What it is; the first paragraph stands alone in `--help`.
    pub words: &'static [&'static str],
    /// How it is given.
    pub kind: Kind,
    /// What it is when it is not given.
    pub default: String,
    /// Between which numbers it is.
    pub within: Option<RangeInclusive<u32>>,
    /// What stands for its value in `--help`, if it is a flag and a variable as well.
    pub flag: Option<&'static str>,
    /// Another name of the flag.
    pub also: Option<&'static str>,
}

/// How a setting is given on the command line, in the environment and in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    /// `true` or `false`; the flag alone is `true`.
    Switch,
    /// With commas between; an array in the file.
    List,
}

impl Row {
    /// Its environment variable.
    pub fn variable(&self) -> String {
        format!("CONFAB_{}", self.key.to_uppercase().replace('-', "_"))
    }

    /// What it is, in short.
    pub fn in_short(&self) -> String {
        let first = self.words.iter().take_while(|line| !line.trim().is_empty());
        first.map(|line| line.trim()).collect::<Vec<_>>().join(" ")
    }

    /// What it is, in sentences.
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

/// A type that a setting may have.
pub(super) trait Value {
    const KIND: Kind;

    /// The default, as people are told of it.
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

/// The default of what need not be given.
pub(super) const NONE: &str = "none";

fn none() -> String {
    NONE.to_owned()
}

/// Makes sure that a number is one of those that it can be.
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

/// What a number can be, in words.
fn between(within: &RangeInclusive<u32>) -> String {
    if *within.end() == u32::MAX {
        format!("it is {} at least", within.start())
    } else {
        format!("it is between {} and {}", within.start(), within.end())
    }
}

/// Makes the struct of a section from its rows. What comes after `+` is a section of its own.
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
            $(#[allow(missing_docs, reason = "it says so itself")] pub $inner: $of,)*
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
            /// Its settings, in the order in which people are told of them.
            pub(super) fn rows() -> Vec<$crate::config::table::Row> {
                #[allow(unused_mut, reason = "not every section has others in it")]
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

            /// Makes sure that every number is one of those that it can be.
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
