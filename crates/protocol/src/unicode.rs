//! Unicode normalization and case folding, the same in the app and on the server.
//!
//! The app uses the browser's `String.prototype.normalize` (ECMA-262), since the tables are larger than the
//! rest of this crate; other builds use a crate. The two may support different versions of Unicode.
//! Characters that both know normalize alike (Unicode's stability policy); for others, the server decides.

/// U+0307, which İ in lower case has in addition to the dot of i.
const DOT_ABOVE: char = '\u{307}';

/// Normalization Form C (UAX #15): canonically equivalent texts become equal.
pub fn nfc(text: &str) -> String {
    engine::nfc(text)
}

/// Normalization Form KC (UAX #15): compatibility variants, such as full-width letters, become equal too.
pub fn nfkc(text: &str) -> String {
    engine::nfkc(text)
}

/// Case folding for comparison, in Normalization Form KC: texts that differ in case, width or composition become equal.
///
/// Folds by way of upper case, so that ß becomes ss and all sigmas are equal. The dot of İ is dropped and ı
/// becomes i, so that names typed on a Turkish keyboard match those typed on others.
pub fn fold(text: &str) -> String {
    let lower = nfkc(text).to_lowercase();
    let mut folded = String::with_capacity(lower.len());
    for c in lower.to_uppercase().to_lowercase().chars() {
        if !(c == DOT_ABOVE && folded.ends_with(['i', 'j'])) {
            folded.push(c);
        }
    }
    nfkc(&folded)
}

#[cfg(not(target_arch = "wasm32"))]
mod engine {
    use unicode_normalization::UnicodeNormalization;

    pub(super) fn nfc(text: &str) -> String {
        text.nfc().collect()
    }

    pub(super) fn nfkc(text: &str) -> String {
        text.nfkc().collect()
    }
}

#[cfg(target_arch = "wasm32")]
mod engine {
    use js_sys::JsString;

    pub(super) fn nfc(text: &str) -> String {
        normalize(text, "NFC")
    }

    pub(super) fn nfkc(text: &str) -> String {
        normalize(text, "NFKC")
    }

    fn normalize(text: &str, form: &str) -> String {
        // ASCII is in every normal form.
        if text.is_ascii() {
            return text.to_owned();
        }
        JsString::from(text).normalize(form).into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_word_fold_alike() {
        for (one, other) in [
            ("CAFE\u{301}", "café"),
            ("３班", "3班"),
            ("Straße", "STRASSE"),
            ("STRAẞE", "strasse"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("İstanbul", "istanbul"),
            ("I\u{307}stanbul", "ISTANBUL"),
            ("ısparta", "ISPARTA"),
            ("ｶﾞ", "ガ"),
            ("ﬁ", "FI"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("tea"), fold("tee"));
    }

    #[test]
    fn folding_each_character_is_idempotent() {
        // Nothing beyond this range has case or another normal form.
        for c in '\0'..='\u{2ffff}' {
            for text in [c.to_string(), format!("i{c}\u{307}"), format!("α{c}\u{345}")] {
                let folded = fold(&text);
                assert_eq!(fold(&folded), folded, "{text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "[iıIİjßẞΣσςΐᾳǅ\u{301}\u{307}\u{345}\u{327}ｶﾞ가ᄀ\\PC -]{0,12}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn case_makes_no_difference(text in "[a-zß-ÿĀ-ſα-ωа-яა-ჰ]{0,12}") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
        }
    }
}
