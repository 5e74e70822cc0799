//! The top of the room: where one is, how to bring others in, and how to leave.

use call_core::{Intent, PageView};
use leptos::html::Input;
use leptos::prelude::*;

use crate::components::common::{Icon, LanguageSwitch, ThemeSwitch};
use crate::text::{fill, use_text};
use crate::views::{copy, invite_link, notification_permission, use_dispatch, use_page};

/// The room's header.
#[component]
pub fn Header() -> impl IntoView {
    let (text, page, dispatch) = (use_text(), use_page(), use_dispatch());
    let slice = Memo::new(move |_| match page.get() {
        PageView::Room {
            room,
            name,
            reconnecting,
        } => (room.to_string(), name.to_string(), reconnecting),
        _ => (String::new(), String::new(), false),
    });
    let reconnecting = Memo::new(move |_| slice.with(|slice| slice.2));
    let ask = RwSignal::new(notification_permission().as_deref() == Some("default"));
    view! {
        <header class="room-header">
            <span class="brand is-mark">{Icon::Sign.into_render()}</span>
            <h1 class="ellipsis">{move || slice.with(|slice| slice.0.clone())}</h1>
            <p class="connection" role="status" class:is-broken=reconnecting>
                {move || if reconnecting.get() { text.now().reconnecting } else { text.now().online }}
            </p>
            <InviteLink />
            <button
                type="button"
                class="button"
                aria-label=text.of(|t| t.leave_room)
                on:click=move |_| dispatch.send(Intent::LeaveRoom)
            >
                {Icon::Leave.into_render()}
                <span class="wide-only">{text.of(|t| t.leave_room)}</span>
            </button>
            <button
                type="button"
                class="button is-quiet is-icon"
                popovertarget="menu"
                aria-label=text.of(|t| t.menu)
            >
                {Icon::More.into_render()}
            </button>
            <div id="menu" class="menu" popover="auto">
                <p class="ellipsis">
                    {move || slice.with(|slice| fill(text.now().signed_in_as, &[("name", &slice.1)]))}
                </p>
                <LanguageSwitch />
                <ThemeSwitch />
                <Show when=move || ask.get()>
                    <button
                        type="button"
                        class="button is-quiet"
                        on:click=move |_| {
                            ask.set(false);
                            dispatch.send(Intent::AllowNotifications);
                        }
                    >
                        {text.of(|t| t.allow_notifications)}
                    </button>
                </Show>
                <button type="button" class="button is-quiet" on:click=move |_| dispatch.send(Intent::SignOut)>
                    {text.of(|t| t.sign_out)}
                </button>
            </div>
        </header>
    }
}

/// What came of copying the link.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copying {
    Idle,
    Done,
    Failed,
}

/// Copies the room's address; shows it to be copied by hand where the browser does not allow that.
#[component]
fn InviteLink() -> impl IntoView {
    let text = use_text();
    let state = RwSignal::new(Copying::Idle);
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            field.select();
        }
    });
    let copied = move || state.get() == Copying::Done;
    let label = move || {
        if copied() {
            text.now().link_copied
        } else {
            text.now().copy_link
        }
    };
    let icon = move || if copied() { Icon::Done } else { Icon::Link }.into_render();
    view! {
        <button
            type="button"
            class="button invite-link"
            class:is-done=copied
            aria-label=label
            on:click=move |_| {
                state.set(if copy(&invite_link()) { Copying::Done } else { Copying::Failed });
            }
            on:animationend=move |_| state.set(Copying::Idle)
        >
            {icon}
            <span class="wide-only">{label}</span>
        </button>
        <span class="out-of-sight" role="status">{move || copied().then(|| text.now().link_copied)}</span>
        <Show when=move || state.get() == Copying::Failed>
            <label class="invite-address">
                {text.of(|t| t.link_copy_failed)}
                <input
                    node_ref=field
                    readonly
                    prop:value=invite_link()
                    on:blur=move |_| state.set(Copying::Idle)
                />
            </label>
        </Show>
    }
}
