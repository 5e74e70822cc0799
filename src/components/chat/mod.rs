//! The room's chat. If its lines cannot be shown, the user can still write.

mod composer;
mod entries;
mod line;
mod log;
mod scroll;
mod window;
mod words;

use call_core::ChatIntent;
use leptos::html::Section;
use leptos::prelude::*;

use crate::components::common::Boundary;
use crate::text::{count, use_text};
use crate::views::{use_chat, use_dispatch, use_size};

/// The chat. It reports to the core when it becomes visible, that is, when it has a size; until then lines
/// are unread.
#[component]
pub fn Chat() -> impl IntoView {
    let (text, chat, dispatch) = (use_text(), use_chat(), use_dispatch());
    let node = NodeRef::<Section>::new();
    let size = use_size(node);
    // If the browser does not report the size, lines count as seen.
    let shown = Memo::new(move |_| size.with(|size| size.as_ref().map_or(true, |size| size.0 > 0.0)));
    Effect::new(move |_| dispatch.send(ChatIntent::Show(shown.get())));
    let (sent, set_sent) = signal(0);
    let unread = Memo::new(move |_| chat.with(|chat| chat.unread));
    let words = move || {
        let t = text.now();
        (unread.get() > 0).then(|| count(unread.get(), t.unread_one, t.unread_other))
    };
    view! {
        <section class="panel chat" node_ref=node aria-labelledby="chat-title">
            <header class="panel-header">
                <h2 id="chat-title">{text.of(|t| t.chat)}</h2>
                <span class="panel-count">{words}</span>
            </header>
            <Boundary>
                <log::Log sent=sent />
            </Boundary>
            <composer::Composer sent=set_sent />
        </section>
    }
}
