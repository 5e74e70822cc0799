//! Audio elements outside the page: in it, Chromium builds the controls of each, hidden, of 130 nodes.

use std::cell::RefCell;
use std::ops::Deref;

use web_sys::{HtmlAudioElement, HtmlMediaElement};

thread_local! {
    static SOUNDS: RefCell<Vec<HtmlAudioElement>> = const { RefCell::new(Vec::new()) };
}

/// An audio element; it is silent once this is dropped.
pub struct Sound(HtmlAudioElement);

impl Sound {
    /// Creates an element that plays whatever stream it gets; `None` if the browser has none.
    pub fn new() -> Option<Self> {
        let element = HtmlAudioElement::new().ok()?;
        element.set_autoplay(true);
        SOUNDS.with_borrow_mut(|sounds| sounds.push(HtmlAudioElement::clone(&element)));
        Some(Self(element))
    }
}

impl Deref for Sound {
    type Target = HtmlMediaElement;

    fn deref(&self) -> &HtmlMediaElement {
        &self.0
    }
}

impl Drop for Sound {
    fn drop(&mut self) {
        self.0.set_src_object(None);
        SOUNDS.with_borrow_mut(|sounds| sounds.retain(|sound| *sound != self.0));
    }
}

/// All audio elements outside the page.
pub fn sounds() -> Vec<HtmlAudioElement> {
    SOUNDS.with_borrow(Vec::clone)
}
