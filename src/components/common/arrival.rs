//! Where the focus is when another page is shown: what had it went with the old page.

use std::mem::Discriminant;

use call_core::PageView;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Gives the focus to the heading of each page but the first, unless the page gave it to a field by itself, so that
/// who does not see the page hears where they are and goes on from there.
pub fn follow_focus(page: Memo<Discriminant<PageView>>) {
    Effect::new(move |last: Option<Discriminant<PageView>>| {
        let now = page.get();
        if last.is_some_and(|last| last != now) {
            // After the page is there, and its own wish for the focus with it.
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
    // A page out of sight may refuse the focus, and needs none.
    let _ = heading.focus();
}
