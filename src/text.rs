//! Every text that a user sees: in `locales/` by key, here by language, and in the modules below for each
//! value of the core that is shown as text.
//!
//! A text that one language lacks fails the build, and so does a code without text, since each match is
//! exhaustive.
//!
//! The texts of the first chunk are there in both languages ([`EarlyText`]); all others are loaded later, in the
//! user's language only ([`Text`]).

pub mod connection;
pub mod device;
mod early;
pub mod finding;
pub mod hole;
mod language;
mod late;
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
    use super::Language;

    include!(concat!(env!("OUT_DIR"), "/texts.rs"));

    impl std::ops::Deref for Texts {
        type Target = EarlyTexts;

        fn deref(&self) -> &EarlyTexts {
            self.early
        }
    }
}

pub use early::{EarlyText, early_texts, use_early_text};
pub use language::Language;
pub use late::{Text, load_texts, use_text};
pub use texts::{EarlyTexts, Texts};

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
