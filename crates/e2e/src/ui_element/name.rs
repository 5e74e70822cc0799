//! Patterns for accessible names.

use std::fmt;

/// Pattern for an accessible name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// Exactly this name.
    Is(String),
    /// A name that begins with this.
    Begins(String),
    /// A name that contains this.
    Has(String),
    /// Any name.
    Any,
}

impl Name {
    pub(crate) fn fits(&self, name: &str) -> bool {
        match self {
            Self::Is(wanted) => name == wanted,
            Self::Begins(wanted) => name.starts_with(wanted),
            Self::Has(wanted) => name.contains(wanted),
            Self::Any => true,
        }
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self::Is(name.to_owned())
    }
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Self::Is(name)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(name) => write!(f, "{name:?}"),
            Self::Begins(name) => write!(f, "{name:?}…"),
            Self::Has(name) => write!(f, "…{name:?}…"),
            Self::Any => f.write_str("of any name"),
        }
    }
}
