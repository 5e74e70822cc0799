//! Texts about participants of a conference who do not receive each other.

use call_core::MissingPairView;

use super::{Texts, fill};

/// The text of a missing link, for those concerned and for the others.
pub fn words(t: &Texts, hole: &MissingPairView) -> String {
    match (&hole.one, &hole.other, hole.both) {
        (Some(one), Some(other), both) => {
            let text = if both { t.hole_both } else { t.hole_one };
            fill(text, &[("name", one.as_str()), ("other", other.as_str())])
        }
        (None, Some(name), true) | (Some(name), None, true) => {
            fill(t.hole_you_both, &[("name", name.as_str())])
        }
        (None, Some(name), false) => fill(t.hole_you, &[("name", name.as_str())]),
        (Some(name), None, false) => fill(t.hole_of_you, &[("name", name.as_str())]),
        // Participants always receive themselves.
        (None, None, _) => String::new(),
    }
}
