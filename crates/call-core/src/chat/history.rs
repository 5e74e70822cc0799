//! Missing parts of the history, which are fetched one page at a time.
//!
//! Messages are missing before the oldest one, until the user asks for them; and in gaps between two messages, after
//! an interruption that outran the newest page. Only one page is requested at a time, so an answer needs no id.

use protocol::MessageId;

/// Maximum pages fetched for one gap: 2000 messages, at [`protocol::limits::HISTORY_PAGE`] each (chosen). A client
/// that missed more drops what is older.
const MOST_PAGES: usize = 40;

/// The missing parts, and the request for one of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Missing {
    /// Whether the oldest known message is the room's first.
    pub(super) complete: bool,
    /// Gaps between known messages, the newest last.
    gaps: Vec<Gap>,
    /// Whether the user asked for older messages.
    earlier: bool,
    /// The request that is not answered yet.
    asked: Option<Asked>,
}

/// A gap between two known messages.
#[derive(Clone, Copy, Debug)]
struct Gap {
    after: MessageId,
    before: MessageId,
    pages: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Between,
    Earlier,
}

/// What a received page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// No page was requested.
    Unasked,
    /// Messages missed during an interruption.
    Missed,
    /// Messages older than all known ones.
    Earlier,
    /// The gap is too wide to be closed: drop everything before this message.
    TooWide(MessageId),
}

impl Missing {
    /// Records a gap between two messages.
    pub(super) fn between(&mut self, after: MessageId, before: MessageId) {
        self.gaps.push(Gap {
            after,
            before,
            pages: 0,
        });
    }

    /// Requests older messages, unless the history is complete.
    pub(super) fn want_earlier(&mut self) {
        self.earlier = !self.complete;
    }

    /// Returns whether messages are requested or still to be requested.
    pub(super) fn is_loading(&self) -> bool {
        self.earlier || !self.gaps.is_empty()
    }

    /// Returns whether to request a page now, provided that a message is known.
    pub(super) fn wants_more(&self) -> bool {
        self.asked.is_none() && self.is_loading()
    }

    /// Returns the message before which to request the next page, unless a request is open. `oldest` is the oldest
    /// known message.
    pub(super) fn next(&mut self, oldest: Option<MessageId>) -> Option<MessageId> {
        if self.asked.is_some() {
            return None;
        }
        // The newest gap first: it is nearest to what the user reads.
        if let Some(gap) = self.gaps.last() {
            self.asked = Some(Asked::Between);
            return Some(gap.before);
        }
        let oldest = oldest.filter(|_| self.earlier)?;
        self.asked = Some(Asked::Earlier);
        Some(oldest)
    }

    /// Drops the open request, which failed or was lost with its socket; returns whether there was one.
    pub(super) fn unanswered(&mut self) -> bool {
        self.asked.take().is_some()
    }

    /// Handles a received page, whose oldest message is `first`.
    pub(super) fn came(&mut self, first: Option<MessageId>, complete: bool) -> Came {
        match self.asked.take() {
            None => Came::Unasked,
            Some(Asked::Earlier) => {
                self.earlier = false;
                self.complete = complete;
                Came::Earlier
            }
            Some(Asked::Between) => self.narrowed(first, complete),
        }
    }

    fn narrowed(&mut self, first: Option<MessageId>, complete: bool) -> Came {
        let Some(gap) = self.gaps.last_mut() else {
            return Came::Unasked;
        };
        gap.pages += 1;
        match first {
            Some(first) if !complete && first > gap.after => gap.before = first,
            _ => {
                self.gaps.pop();
                return Came::Missed;
            }
        }
        if gap.pages < MOST_PAGES {
            return Came::Missed;
        }
        let before = gap.before;
        self.gaps.clear();
        self.complete = false;
        Came::TooWide(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gap_is_closed_from_its_newer_end_before_older_messages() {
        let mut missing = Missing::default();
        missing.between(MessageId(10), MessageId(200));
        missing.want_earlier();
        let oldest = Some(MessageId(1));
        assert_eq!(missing.next(oldest), Some(MessageId(200)));
        assert_eq!(missing.next(oldest), None, "one page at a time");
        assert_eq!(missing.came(Some(MessageId(150)), false), Came::Missed);
        assert_eq!(missing.next(oldest), Some(MessageId(150)));
        assert_eq!(missing.came(Some(MessageId(9)), false), Came::Missed);
        assert_eq!(missing.next(oldest), oldest);
        assert!(missing.is_loading());
        assert_eq!(missing.came(None, true), Came::Earlier);
        assert!(missing.complete && !missing.is_loading());
    }

    #[test]
    fn lost_request_is_repeated() {
        let mut missing = Missing::default();
        missing.between(MessageId(10), MessageId(20));
        assert_eq!(missing.next(None), Some(MessageId(20)));
        assert!(missing.unanswered());
        assert_eq!(missing.next(None), Some(MessageId(20)));
    }

    #[test]
    fn gap_of_thousands_of_messages_is_given_up() {
        let mut missing = Missing::default();
        missing.between(MessageId(1), MessageId(1_000_000));
        let mut last = Came::Missed;
        let mut before = 1_000_000;
        while last == Came::Missed {
            assert!(missing.next(None).is_some());
            before -= 50;
            last = missing.came(Some(MessageId(before)), false);
        }
        assert_eq!(last, Came::TooWide(MessageId(before)));
        assert!(!missing.is_loading());
    }
}
