//! All texts, in the current language; only that language is loaded.

use call_core::FormError;
use leptos::prelude::*;

use super::texts::{EN, ZH};
use super::{EarlyText, Language, Texts, refusal};
use crate::chunks::{Missing, chunk};

chunk! {
    /// The texts in English.
    english, load_english, fn english() -> &'static Texts { &EN }
}
chunk! {
    /// The texts in Chinese.
    chinese, load_chinese, fn chinese() -> &'static Texts { &ZH }
}

/// Loads the texts of a language.
pub async fn load_texts(language: Language) -> Result<&'static Texts, Missing> {
    match language {
        Language::English => english().await,
        Language::Chinese => chinese().await,
    }
}

/// All texts in the current language.
#[derive(Clone, Copy)]
pub struct Text {
    now: RwSignal<&'static Texts>,
    /// A pointer, so that the first chunk, which has forms too, does not have all reasons.
    form_error: fn(&Texts, FormError) -> String,
}

impl Text {
    /// Provides the texts to the components under the current owner; [`EarlyText`] has the choice of the language.
    pub fn provide(texts: &'static Texts, early: EarlyText) -> Self {
        let text = Self {
            now: RwSignal::new(texts),
            form_error: refusal::form,
        };
        early.lead(text);
        provide_context(text);
        text
    }

    /// Shows the texts of another language.
    pub(super) fn show(self, texts: &'static Texts) {
        let _ = self.now.try_set(texts);
    }

    /// All texts; reading them in a reactive context subscribes to the language.
    pub fn now(self) -> &'static Texts {
        self.now.get()
    }

    /// All texts, for a text that is written once and then stays as it is.
    pub fn now_untracked(self) -> &'static Texts {
        self.now.get_untracked()
    }

    /// Why a form was refused; reading it in a reactive context subscribes to the language.
    pub fn form_error(self, error: FormError) -> String {
        (self.form_error)(self.now(), error)
    }

    /// One text for use in a view, where it follows the language.
    pub fn of(
        self,
        pick: fn(&'static Texts) -> &'static str,
    ) -> impl Fn() -> &'static str + Copy + Send + 'static {
        move || pick(self.now())
    }
}

/// All texts of the surrounding app.
pub fn use_text() -> Text {
    expect_context()
}
