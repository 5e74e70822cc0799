//! The focus after a change of page, since the focused element goes with the old page.

use std::mem::Discriminant;

use call_core::PageView;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Focuses the heading of each page but the first, unless the page focused a field itself, so that screen
/// reader users know where they are and continue from there.
pub fn follow_focus(page: Memo<Discriminant<PageView>>) {
    Effect::new(move |last: Option<Discriminant<PageView>>| {
        let now = page.get();
        if last.is_some_and(|last| last != now) {
            // After the page is rendered, and has set its own focus.
            request_animation_frame(focus_heading);
        }
        now
    });
}

fn focus_heading() {
    let taken = document()
        .active_element()
        .is_some_and(|element| element.tag_name() != "BODY");
    let heading = document().query_selector("h1").ok().flatten();
    let Some(heading) = heading
        .filter(|_| !taken)
        .and_then(|heading| heading.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    heading.set_tab_index(-1);
    // A hidden page may refuse the focus, and needs none.
    let _ = heading.focus();
}
