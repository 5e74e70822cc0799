//! Light or dark: what the user chose, or what the system prefers.
//!
//! `index.html` applies what was kept before the first paint, by the same attributes; the style sheet does the rest.

use leptos::prelude::*;

use crate::platform::preference;

/// The colours of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those that the system prefers.
    #[default]
    System,
    /// Light, whatever the system prefers.
    Light,
    /// Dark, whatever the system prefers.
    Dark,
}

impl Theme {
    /// Its name in storage and for the style sheet; the system's has none.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The theme of a name; the system's for any other.
    pub fn of_name(name: Option<&str>) -> Self {
        match name {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// The theme to change to.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// Gives the page these colours, and the browser's bars around it.
    pub fn apply(self) {
        // Setting an attribute by a valid name does not fail.
        if let Some(root) = document().document_element() {
            let _ = match self.name() {
                Some(name) => root.set_attribute("data-theme", name),
                None => root.remove_attribute("data-theme"),
            };
        }
        for of in ["light", "dark"] {
            let media = match self.name() {
                None => format!("(prefers-color-scheme: {of})"),
                Some(name) if name == of => "all".to_owned(),
                Some(_) => "not all".to_owned(),
            };
            let bar = document().query_selector(&format!("meta[data-theme-color={of}]"));
            if let Ok(Some(bar)) = bar {
                let _ = bar.set_attribute("media", &media);
            }
        }
    }
}

/// The theme of the moment, and the way to another.
#[derive(Clone, Copy)]
pub struct ThemeChoice(RwSignal<Theme>);

impl ThemeChoice {
    /// Gives the components under the current owner the theme that the user chose on an earlier visit.
    pub fn provide() -> Self {
        let kept = preference::theme();
        let choice = Self(RwSignal::new(Theme::of_name(kept.as_deref())));
        provide_context(choice);
        choice
    }

    /// The theme; read in a reactive place, it is followed.
    pub fn get(self) -> Theme {
        self.0.get()
    }

    /// Changes the theme and keeps it for the next visit.
    pub fn choose(self, theme: Theme) {
        preference::keep_theme(theme.name());
        self.0.set(theme);
    }
}

/// The theme of the app around this component.
pub fn use_theme() -> ThemeChoice {
    expect_context()
}
