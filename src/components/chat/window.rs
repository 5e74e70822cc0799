//! The part of the log that is rendered: a long chat costs what a short one does.
//!
//! It is the end of the log while the user reads there, and otherwise the messages around the one in view. It follows
//! before its edge comes into view, so scrolling never meets a gap.

use std::ops::Range;

use call_core::{ChatKey, ChatLine};

/// Messages that are rendered before the one in view, and after it (chosen): several screens of a tall window, and more
/// than a page of history.
const AROUND: usize = 60;

/// Messages that are left between the one in view and an edge when the window follows (chosen): more than a screen of a
/// tall window, also when the user pages through.
const MARGIN: usize = 30;

/// The part of the log that is rendered.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Window {
    /// The end of the log.
    #[default]
    End,
    /// The messages around one.
    Around(ChatKey),
}

impl Window {
    /// The messages to render.
    pub fn range(&self, lines: &[ChatLine]) -> Range<usize> {
        let centre = match self {
            Self::End => None,
            Self::Around(key) => lines.iter().position(|line| line.key == *key),
        };
        let end = lines.len();
        match centre {
            Some(centre) => centre.saturating_sub(AROUND)..end.min(centre + AROUND),
            None => end.saturating_sub(AROUND)..end,
        }
    }

    /// The window for a user who reads elsewhere than at the end: the rendered message with index `first` is the first in
    /// view. It stays the same as long as there are enough messages on both sides.
    pub fn following(&self, lines: &[ChatLine], first: usize) -> Self {
        let rendered = self.range(lines);
        let first = rendered.start + first;
        let early = rendered.start > 0 && first < rendered.start + MARGIN;
        let late = rendered.end < lines.len() && first + MARGIN > rendered.end;
        match lines.get(first) {
            Some(line) if early || late || *self == Self::End => Self::Around(line.key.clone()),
            Some(_) | None => self.clone(),
        }
    }
}
