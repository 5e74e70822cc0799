//! Keeps the scroll position of the chat's log while its content changes size: at the end, or at the message
//! that the user is reading.
//!
//! The browser's own scroll anchoring is off (`overflow-anchor: none`): Chromium's does nothing at the top of
//! the log, where earlier messages are loaded, and Safari had none for a long time.

use leptos::html::Div;
use leptos::prelude::*;
use web_sys::Element;

/// Distance from the end, in CSS pixels, within which the log follows new messages (chosen: about one message
/// of two lines).
const NEAR: i32 = 48;

/// The log's scroll position. Call [`Self::scrolled`] on each `scroll` event, and [`Self::settle`] after each
/// change of size of the log or its content.
#[derive(Clone, Copy)]
pub struct Scroll {
    log: NodeRef<Div>,
    content: NodeRef<Div>,
    at_end: RwSignal<bool>,
    last: StoredValue<Position, LocalStorage>,
}

/// The state of the log when it was last read.
#[derive(Default)]
struct Position {
    /// `scrollTop`, in CSS pixels.
    top: i32,
    anchor: Option<Anchor>,
}

/// The first message in view, its index among those that are rendered, and its distance from the upper edge of the log
/// in CSS pixels.
struct Anchor {
    line: Element,
    at: usize,
    offset: f64,
}

impl Scroll {
    /// Starts at the end of the log.
    pub fn new(log: NodeRef<Div>, content: NodeRef<Div>) -> Self {
        Self {
            log,
            content,
            at_end: RwSignal::new(true),
            last: StoredValue::new_local(Position::default()),
        }
    }

    /// Whether the log follows new messages.
    pub fn at_end(self) -> bool {
        self.at_end.get()
    }

    /// The same, without subscribing to its changes.
    pub fn at_end_now(self) -> bool {
        self.at_end.get_untracked()
    }

    /// Handles a scroll, by the user or by [`Self::settle`].
    ///
    /// The event arrives up to a frame late, and the content may have grown since. So a distance from the end
    /// does not show that the user left it, but moving up does.
    pub fn scrolled(self) {
        let Some(log) = self.visible_log() else { return };
        let moved_up = self.last.with_value(|last| log.scroll_top() < last.top);
        if from_end(&log) < NEAR {
            self.set_at_end(true);
        } else if moved_up {
            self.set_at_end(false);
        }
        self.remember(&log);
    }

    /// The index of the first message in view, among those that are rendered.
    pub fn first_in_view(self) -> Option<usize> {
        self.last
            .with_value(|last| last.anchor.as_ref().map(|anchor| anchor.at))
    }

    /// Scrolls back to the user's position.
    pub fn settle(self) {
        let Some(log) = self.visible_log() else { return };
        if self.at_end.get_untracked() {
            log.set_scroll_top(log.scroll_height());
        } else {
            let shift = self.last.with_value(|last| last.shift(&log)).unwrap_or_default();
            if shift != 0 {
                log.set_scroll_top(log.scroll_top() + shift);
            }
            if from_end(&log) < NEAR {
                self.set_at_end(true);
            }
        }
        self.remember(&log);
    }

    /// Scrolls to the end, and follows new messages from there.
    pub fn to_end(self) {
        self.set_at_end(true);
        self.settle();
    }

    /// Holds the position even at the end of the log: a message is about to be expanded or collapsed.
    pub fn hold(self) {
        if let Some(log) = self.visible_log() {
            self.set_at_end(false);
            self.remember(&log);
        }
    }

    /// The log, if it is displayed: without a size it has no position. An event may arrive after it is
    /// removed.
    fn visible_log(self) -> Option<web_sys::HtmlDivElement> {
        let log = self.log.try_get_untracked().flatten();
        log.filter(|log| log.client_height() > 0)
    }

    fn set_at_end(self, at_end: bool) {
        if self.at_end.get_untracked() != at_end {
            self.at_end.set(at_end);
        }
    }

    fn remember(self, log: &Element) {
        let anchor = self
            .content
            .get_untracked()
            .and_then(|content| first_in_view(log, &content));
        let top = log.scroll_top();
        self.last.set_value(Position { top, anchor });
    }
}

impl Position {
    /// How far the anchor moved, in CSS pixels; `None` if it is gone, or if the log was scrolled by other
    /// means since.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a log is not 2^31 pixels high: its pages of history are loaded one by one"
    )]
    fn shift(&self, log: &Element) -> Option<i32> {
        let anchor = self.anchor.as_ref()?;
        let stays = anchor.line.is_connected() && log.scroll_top() == self.top;
        stays.then(|| (offset(log, &anchor.line) - anchor.offset).round() as i32)
    }
}

fn from_end(log: &Element) -> i32 {
    log.scroll_height() - log.scroll_top() - log.client_height()
}

fn offset(log: &Element, line: &Element) -> f64 {
    line.get_bounding_client_rect().top() - log.get_bounding_client_rect().top()
}

/// The first message whose lower edge is in view, by binary search: messages are in vertical order.
fn first_in_view(log: &Element, content: &Element) -> Option<Anchor> {
    let children = content.children();
    let edge = log.get_bounding_client_rect().top();
    let above = |at: u32| {
        let child = children.item(at);
        child.is_none_or(|child| child.get_bounding_client_rect().bottom() <= edge)
    };
    let (mut low, mut high) = (0, children.length());
    while low < high {
        let middle = low + (high - low) / 2;
        if above(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let is_line = |child: &Element| child.class_list().contains("line");
    let line = (low..children.length())
        .filter_map(|at| children.item(at))
        .find(is_line)?;
    let before = (0..low).filter_map(|at| children.item(at)).filter(is_line);
    Some(Anchor {
        at: before.count(),
        offset: offset(log, &line),
        line,
    })
}
