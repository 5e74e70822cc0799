//! The top of the room: its name and connection, the invite link, the menu, and the way out.

use call_core::{DoorIntent, NoticeIntent, PageView, RoomIntent};
use leptos::ev::KeyboardEvent;
use leptos::html::{Button, Div, Input};
use leptos::prelude::*;

use super::moderation::RulesDialog;
use crate::components::account::{AccountButton, use_guest};
use crate::components::common::{Icon, LanguageSwitch, Popover, ThemeSwitch};
use crate::components::lab::LinksToLabs;
use crate::platform::notification_permission;
use crate::text::{moderation, use_text};
use crate::views::{copy, invite_link, use_dispatch, use_page};

/// The room's header.
#[component]
pub fn Header() -> impl IntoView {
    let (text, page, dispatch) = (use_text(), use_page(), use_dispatch());
    let slice = Memo::new(move |_| {
        if let PageView::Room {
            room,
            name,
            reconnecting,
        } = page.get()
        {
            (room.to_string(), name.to_string(), reconnecting)
        } else {
            (String::new(), String::new(), false)
        }
    });
    let reconnecting = Memo::new(move |_| slice.with(|slice| slice.2));
    let guest = use_guest();
    let menu = NodeRef::<Div>::new();
    let rules = RwSignal::new(false);
    let ask = RwSignal::new(notification_permission().as_deref() == Some("default"));
    view! {
        <header class="room-header">
            <span class="brand is-mark">{Icon::SIGN.into_render()}</span>
            <h1 class="ellipsis" dir="auto">{move || slice.with(|slice| slice.0.clone())}</h1>
            <p class="connection" role="status" class:is-broken=reconnecting>
                {move || if reconnecting.get() { text.now().reconnecting } else { text.now().online }}
            </p>
            <InviteLink />
            <button
                type="button"
                class="button"
                aria-label=text.of(|t| t.leave_room)
                on:click=move |_| dispatch.send(RoomIntent::Leave)
            >
                {Icon::LEAVE.into_render()}
                <span class="wide-only">{text.of(|t| t.leave_room)}</span>
            </button>
            <button
                type="button"
                class="button is-quiet is-icon"
                popovertarget="menu"
                aria-label=text.of(|t| t.menu)
            >
                {Icon::MORE.into_render()}
            </button>
            <Popover id="menu" class="menu" node_ref=menu>
                <p class="menu-who">
                    {move || slice.with(|slice| moderation::signed_in_as(text.now(), &slice.1, guest.get()))}
                </p>
                <LanguageSwitch />
                <ThemeSwitch />
                <Show when=move || ask.get()>
                    <button
                        type="button"
                        class="button is-quiet"
                        on:click=move |_| {
                            // Closed first, so that the focus returns to the menu's button.
                            close(menu);
                            ask.set(false);
                            dispatch.send(NoticeIntent::AllowNotifications);
                        }
                    >
                        {text.of(|t| t.allow_notifications)}
                    </button>
                </Show>
                <button
                    type="button"
                    class="button is-quiet"
                    aria-haspopup="dialog"
                    on:click=move |_| {
                        close(menu);
                        rules.set(true);
                    }
                >
                    {text.of(|t| t.room_settings)}
                </button>
                <LinksToLabs />
                // The menu closes by itself when the dialog opens.
                <Show when=move || !guest.get()>
                    <AccountButton />
                    <button type="button" class="button is-quiet" on:click=move |_| dispatch.send(DoorIntent::SignOut)>
                        {text.of(|t| t.sign_out)}
                    </button>
                </Show>
            </Popover>
            <RulesDialog open=rules />
        </header>
    }
}

/// Closes the menu. Fails only if it is not open.
fn close(menu: NodeRef<Div>) {
    if let Some(menu) = menu.get_untracked() {
        let _ = menu.hide_popover();
    }
}

/// The result of copying the link.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copying {
    Idle,
    Done,
    Failed,
}

/// Copies the room's link, or shows it for copying by hand where the browser does not allow that.
#[component]
fn InviteLink() -> impl IntoView {
    let text = use_text();
    let state = RwSignal::new(Copying::Idle);
    let (button, field) = (NodeRef::<Button>::new(), NodeRef::<Input>::new());
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A hidden page may refuse the focus, and needs none.
            let _ = field.focus();
            field.select();
        }
    });
    let escape = move |event: KeyboardEvent| {
        if let ("Escape", Some(button)) = (event.key().as_str(), button.get_untracked()) {
            // This takes the focus from the field, which then closes.
            let _ = button.focus();
        }
    };
    let copied = move || state.get() == Copying::Done;
    let label = move || {
        if copied() {
            text.now().link_copied
        } else {
            text.now().copy_link
        }
    };
    let icon = move || if copied() { Icon::DONE } else { Icon::LINK }.into_render();
    view! {
        <button
            type="button"
            class="button invite-link"
            node_ref=button
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
                    on:keydown=escape
                    on:blur=move |_| state.set(Copying::Idle)
                />
            </label>
        </Show>
    }
}
