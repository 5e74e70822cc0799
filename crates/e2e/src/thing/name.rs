//! What a thing is called.

use std::fmt;

/// What a thing is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// Exactly this.
    Is(String),
    /// Something that begins so.
    Begins(String),
    /// Something with this in it.
    Has(String),
    /// Whatever it is called.
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
