//! Tabs for the parts of the room, on narrow screens.

use leptos::prelude::*;

use crate::components::common::Icon;
use crate::text::use_text;
use crate::views::{use_chat, use_people};

/// A part of the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The tiles.
    Call,
    /// The list of people.
    People,
    /// The chat.
    Chat,
}

impl Part {
    /// Its name in the style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::People => "people",
            Self::Chat => "chat",
        }
    }
}

/// The tabs, which select the part.
#[component]
pub fn Tabs(part: RwSignal<Part>) -> impl IntoView {
    let text = use_text();
    let (people, chat) = (use_people(), use_chat());
    let unread = Memo::new(move |_| chat.with(|chat| chat.unread));
    let tab = move |of: Part, icon: Icon, label: Signal<String>, mark: Signal<Option<String>>| {
        view! {
            <button
                type="button"
                class=format!("tab tab-{}", of.name())
                aria-current=move || (part.get() == of).then_some("true")
                on:click=move |_| part.set(of)
            >
                {icon.into_render()}
                <span>{label}</span>
                {move || mark.get().map(|mark| view! { <span class="badge" aria-hidden="true">{mark}</span> })}
            </button>
        }
    };
    view! {
        <nav class="tabs" aria-label=text.of(|t| t.sections)>
            {tab(Part::Call, Icon::CAMERA, Signal::derive(move || text.now().tab_call.to_owned()), None.into())}
            {tab(
                Part::People,
                Icon::PEOPLE,
                Signal::derive(move || text.now().people.to_owned()),
                Signal::derive(move || Some(people.with(|people| people.len()).to_string())),
            )}
            {tab(
                Part::Chat,
                Icon::CHAT,
                Signal::derive(move || text.now().chat.to_owned()),
                Signal::derive(move || Some(unread.get()).filter(|unread| *unread > 0).map(|unread| unread.to_string())),
            )}
        </nav>
    }
}
