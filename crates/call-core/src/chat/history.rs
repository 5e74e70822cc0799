//! What of the history is missing, and the asking for it: one page at a time.
//!
//! Lines are missing before the oldest one, until the user asks for them; and between two, after a break that was
//! longer than the newest page, until they are there. What an answer belongs to is known because only one is awaited.

use protocol::MessageId;

/// Pages that are fetched for one gap, at most: who was away for longer than a few thousand lines begins anew.
const MOST_PAGES: usize = 40;

/// What is missing.
#[derive(Clone, Debug, Default)]
pub(super) struct Missing {
    /// Nothing is before the oldest line.
    pub(super) complete: bool,
    /// Between lines; the newest gap last.
    gaps: Vec<Gap>,
    /// The user wants older lines.
    earlier: bool,
    /// What was asked for and has not come.
    asked: Option<Asked>,
}

/// Lines that are missing between two.
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

/// What a page that came means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// Nobody asked for it.
    Unasked,
    /// Its lines were missed in a break.
    Missed,
    /// Its lines are older than all others.
    Earlier,
    /// A gap is too wide to be closed: what is before this line is to be forgotten.
    TooWide(MessageId),
}

impl Missing {
    /// Lines between these two are missing.
    pub(super) fn between(&mut self, after: MessageId, before: MessageId) {
        self.gaps.push(Gap {
            after,
            before,
            pages: 0,
        });
    }

    /// The user wants older lines; false when there are none.
    pub(super) fn want_earlier(&mut self) {
        self.earlier = !self.complete;
    }

    /// Whether lines are on their way.
    pub(super) fn is_loading(&self) -> bool {
        self.earlier || !self.gaps.is_empty()
    }

    /// Whether a page is to be asked for, if there is any line.
    pub(super) fn wants_more(&self) -> bool {
        self.asked.is_none() && self.is_loading()
    }

    /// The next page to ask for, before which line, unless one is awaited; `oldest` is the oldest line.
    pub(super) fn next(&mut self, oldest: Option<MessageId>) -> Option<MessageId> {
        if self.asked.is_some() {
            return None;
        }
        // The newest first: it is what the user reads next to.
        if let Some(gap) = self.gaps.last() {
            self.asked = Some(Asked::Between);
            return Some(gap.before);
        }
        let oldest = oldest.filter(|_| self.earlier)?;
        self.asked = Some(Asked::Earlier);
        Some(oldest)
    }

    /// What was asked for does not come, or not on this socket; says whether something was.
    pub(super) fn unanswered(&mut self) -> bool {
        self.asked.take().is_some()
    }

    /// A page came, whose oldest line is `first`.
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
    fn a_gap_is_closed_from_its_newer_end_before_older_lines_are_asked_for() {
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
    fn what_a_broken_socket_did_not_bring_is_asked_for_again() {
        let mut missing = Missing::default();
        missing.between(MessageId(10), MessageId(20));
        assert_eq!(missing.next(None), Some(MessageId(20)));
        assert!(missing.unanswered());
        assert_eq!(missing.next(None), Some(MessageId(20)));
    }

    #[test]
    fn a_gap_of_thousands_of_lines_is_given_up() {
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
