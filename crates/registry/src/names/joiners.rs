//! Where the zero width joiner and non-joiner are allowed: where they have a visible effect (UAX #31 §2.3,
//! rules A1, A2, B).

use icu_properties::CodePointMapData;
use icu_properties::props::{CanonicalCombiningClass, GeneralCategory, GeneralCategoryGroup, JoiningType};

const NON_JOINER: char = '\u{200c}';
const JOINER: char = '\u{200d}';

/// Whether each joiner in a name is allowed where it is.
pub(super) fn fit(name: &str) -> bool {
    name.char_indices().all(|(at, c)| {
        let (before, rest) = name.split_at(at);
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            NON_JOINER => breaks_cursive(before, after) || (ends_conjunct(before) && begins_letter(after)),
            // Rule B forbids a dependent vowel after it; forbidding any mark is stricter.
            JOINER => ends_conjunct(before) && !after.chars().next().is_some_and(is_mark),
            _ => true,
        }
    })
}

/// Rule A1: the non-joiner is between two letters that would join otherwise.
fn breaks_cursive(before: &str, after: &str) -> bool {
    let joins = |mut letters: Box<dyn Iterator<Item = char> + '_>, other| {
        let next = letters.find(|c| joining_type(*c) != JoiningType::Transparent);
        next.map(joining_type)
            .is_some_and(|joining| joining == JoiningType::DualJoining || joining == other)
    };
    joins(Box::new(before.chars().rev()), JoiningType::LeftJoining)
        && joins(Box::new(after.chars()), JoiningType::RightJoining)
}

/// Left context of rules A2 and B: a letter and a virama, possibly with other marks.
fn ends_conjunct(before: &str) -> bool {
    let mut marks = before
        .chars()
        .rev()
        .skip_while(|c| is_reordered(*c) && !is_virama(*c));
    marks.next().is_some_and(is_virama) && marks.find(|c| !is_mark(*c)).is_some_and(is_letter)
}

/// Right context of rule A2.
fn begins_letter(after: &str) -> bool {
    after.chars().find(|c| !is_reordered(*c)).is_some_and(is_letter)
}

fn joining_type(c: char) -> JoiningType {
    CodePointMapData::<JoiningType>::new().get(c)
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

fn combining_class(c: char) -> CanonicalCombiningClass {
    CodePointMapData::<CanonicalCombiningClass>::new().get(c)
}

fn is_virama(c: char) -> bool {
    combining_class(c) == CanonicalCombiningClass::Virama
}

/// Whether a character is a non-spacing mark that normalization may reorder.
fn is_reordered(c: char) -> bool {
    category(c) == GeneralCategory::NonspacingMark
        && combining_class(c) != CanonicalCombiningClass::NotReordered
}

fn is_mark(c: char) -> bool {
    GeneralCategoryGroup::Mark.contains(category(c))
}

fn is_letter(c: char) -> bool {
    GeneralCategoryGroup::Letter.contains(category(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joiners_are_allowed_only_where_they_have_an_effect() {
        for (name, fits) in [
            ("علی\u{200c}رضا", true),
            ("عَ\u{200c}رضا", true),  // a transparent mark in between
            ("د\u{200c}رضا", false), // the letter never joins to its left
            ("رضا\u{200c}", false),
            ("\u{200c}رضا", false),
            ("Ann\u{200c}Lee", false),
            ("ശ്രീ\u{200c}ജ", false), // no virama before it
            ("വിക്\u{200c}ടർ", true),
            ("ශ්\u{200d}රියානි", true),
            ("ന്\u{200d}", true),         // a Malayalam chillu
            ("ශ්\u{200d}\u{dcf}", false), // a vowel after it
            ("ශ\u{200d}ර", false),
            ("क्\u{200d}\u{200d}ष", false),
        ] {
            assert_eq!(fit(name), fits, "{name:?}");
        }
    }
}
