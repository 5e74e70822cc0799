//! Every text that a user sees: in `locales/` by key, here by language, and in the modules below for each
//! value of the core that is shown as text.
//!
//! A text that one language lacks fails the build, and so does a code without text, since each match is
//! exhaustive.

pub mod connection;
pub mod device;
pub mod finding;
pub mod hole;
mod language;
pub mod meaning;
pub mod moderation;
pub mod notice;
pub mod refusal;
pub mod report;
pub mod screen;
pub mod settings;
pub mod step;
pub mod verdict;

#[allow(clippy::doc_markdown, reason = "texts for users, and no documentation")]
mod texts {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

use leptos::prelude::*;

pub use language::Language;
pub use texts::Texts;

use crate::platform::preference;

/// The texts in the current language.
#[derive(Clone, Copy)]
pub struct Text(RwSignal<Language>);

impl Text {
    /// Provides the texts to the components under the current owner, in the language that the user chose, or
    /// else in the first of the browser's languages that the app has.
    pub fn provide() -> Self {
        let language = preference::languages()
            .iter()
            .find_map(|tag| Language::of_tag(tag));
        let text = Self(RwSignal::new(language.unwrap_or_default()));
        provide_context(text);
        text
    }

    /// The language; reading it in a reactive context subscribes to it.
    pub fn language(self) -> Language {
        self.0.get()
    }

    /// The language, for a text that is written once and then stays as it is.
    pub fn language_untracked(self) -> Language {
        self.0.get_untracked()
    }

    /// Changes the language and stores it for the next visit.
    pub fn choose(self, language: Language) {
        preference::keep_language(language.tag());
        self.0.set(language);
    }

    /// All texts; reading them in a reactive context subscribes to the language.
    pub fn now(self) -> &'static Texts {
        self.0.get().texts()
    }

    /// All texts, for a text that is written once and then stays as it is.
    pub fn now_untracked(self) -> &'static Texts {
        self.0.get_untracked().texts()
    }

    /// One text for use in a view, where it follows the language.
    pub fn of(
        self,
        pick: fn(&'static Texts) -> &'static str,
    ) -> impl Fn() -> &'static str + Copy + Send + 'static {
        move || pick(self.now())
    }
}

/// The texts of the surrounding app.
pub fn use_text() -> Text {
    expect_context()
}

/// Replaces each `{name}` in a text by its value.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(
            values
                .iter()
                .find(|(key, _)| *key == name)
                .map_or("", |(_, value)| value),
        );
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// A text about a number of things: `one` for one, `other`, with `{count}`, for any other number.
pub fn count(number: usize, one: &str, other: &str) -> String {
    if number == 1 {
        one.to_owned()
    } else {
        fill(other, &[("count", &number.to_string())])
    }
}
