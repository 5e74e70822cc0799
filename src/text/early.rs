//! The texts of the first chunk, in the current language.

use leptos::prelude::*;

use super::texts::{EARLY_EN, EARLY_ZH};
use super::{EarlyTexts, Language, Text, load_texts};
use crate::chunks::when_ready;
use crate::platform::preference;

/// The texts of the first chunk, in the language that the user chose, or else in the first of the browser's
/// languages that the app has.
pub fn early_texts() -> &'static EarlyTexts {
    let tags = preference::languages();
    let language = tags.iter().find_map(|tag| Language::of_tag(tag));
    language.unwrap_or_default().early_texts()
}

impl Language {
    /// Its texts of the first chunk.
    pub fn early_texts(self) -> &'static EarlyTexts {
        match self {
            Self::English => &EARLY_EN,
            Self::Chinese => &EARLY_ZH,
        }
    }
}

/// The texts of the first chunk in the current language, and the choice of the language.
#[derive(Clone, Copy)]
pub struct EarlyText {
    now: RwSignal<&'static EarlyTexts>,
    /// All texts, once they are there.
    all: StoredValue<Option<Text>>,
    /// Whether the texts of the language that the user chose could not be loaded.
    failed: RwSignal<bool>,
}

impl EarlyText {
    /// Provides the texts to the components under the current owner.
    pub fn provide() -> Self {
        let text = Self {
            now: RwSignal::new(early_texts()),
            all: StoredValue::new(None),
            failed: RwSignal::new(false),
        };
        provide_context(text);
        text
    }

    /// Has all texts follow the choice of the language from here on, and the choice made while they were loaded.
    pub(super) fn lead(self, all: Text) {
        self.all.set_value(Some(all));
        let chosen = self.language_untracked();
        if all.now_untracked().language != chosen {
            self.choose(chosen);
        }
    }

    /// The texts; reading them in a reactive context subscribes to the language.
    pub fn now(self) -> &'static EarlyTexts {
        self.now.get()
    }

    /// The language now.
    pub fn language_untracked(self) -> Language {
        self.now.get_untracked().language
    }

    /// The language; reading it in a reactive context subscribes to it.
    pub fn language(self) -> Language {
        self.now().language
    }

    /// Whether the last choice failed, since its texts could not be loaded.
    pub fn failed(self) -> bool {
        self.failed.get()
    }

    /// One text for use in a view, where it follows the language.
    pub fn of(
        self,
        pick: fn(&'static EarlyTexts) -> &'static str,
    ) -> impl Fn() -> &'static str + Copy + Send + 'static {
        move || pick(self.now())
    }

    /// Changes the language once its texts are there, and stores it for the next visit.
    pub fn choose(self, language: Language) {
        self.failed.set(false);
        let Some(all) = self.all.get_value() else {
            preference::keep_language(language.tag());
            self.now.set(language.early_texts());
            return;
        };
        when_ready(load_texts(language), move |texts| match texts {
            Ok(texts) => {
                preference::keep_language(language.tag());
                all.show(texts);
                let _ = self.now.try_set(texts.early);
            }
            Err(_) => drop(self.failed.try_set(true)),
        });
    }
}

/// The texts of the first chunk of the surrounding app.
pub fn use_early_text() -> EarlyText {
    expect_context()
}
