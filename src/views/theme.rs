//! Light or dark theme: the user's choice, or the system's preference.
//!
//! `index.html` applies a stored choice before the first paint, by the same attributes; the style sheet does
//! the rest.

use leptos::prelude::*;

use crate::platform::preference;

/// A theme of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Follows the system's preference.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Its name in storage and in the style sheet; `None` for the system's.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The theme with this name; the system's for any other.
    pub fn of_name(name: Option<&str>) -> Self {
        match name {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// The theme that follows when the user switches.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// Applies the theme to the page and to the browser's bars around it.
    pub fn apply(self) {
        // Setting an attribute with a valid name cannot fail.
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

/// The current theme, and the way to change it.
#[derive(Clone, Copy)]
pub struct ThemeChoice(RwSignal<Theme>);

impl ThemeChoice {
    /// Provides the theme of an earlier visit to the components under the current owner.
    pub fn provide() -> Self {
        let kept = preference::theme();
        let choice = Self(RwSignal::new(Theme::of_name(kept.as_deref())));
        provide_context(choice);
        choice
    }

    /// The theme; reading it in a reactive context subscribes to it.
    pub fn get(self) -> Theme {
        self.0.get()
    }

    /// Changes the theme and stores it for the next visit.
    pub fn choose(self, theme: Theme) {
        preference::keep_theme(theme.name());
        self.0.set(theme);
    }
}

/// The theme of the surrounding app.
pub fn use_theme() -> ThemeChoice {
    expect_context()
}
