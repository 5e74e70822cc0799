//! The user's outgoing invitations.

use call_core::CallIntent;
use leptos::prelude::*;

use crate::components::common::Icon;
use crate::text::{fill, use_text};
use crate::views::{use_dispatch, use_invitations};

/// One line per ringing invitation, with its cancel button.
#[component]
pub fn Outgoing() -> impl IntoView {
    let (text, invitations, dispatch) = (use_text(), use_invitations(), use_dispatch());
    view! {
        <ul
            class="outgoing"
            aria-label=text.of(|t| t.ringing)
            hidden=move || invitations.with(|invitations| invitations.outgoing.is_empty())
        >
            <For each=move || invitations.get().outgoing.clone() key=|invitation| invitation.id let:invitation>
                {
                    let (id, name) = (invitation.id, invitation.name.to_string());
                    let full = name.clone();
                    view! {
                        <li>
                            <span class="ellipsis">
                                {move || fill(text.now().ringing_at, &[("name", &name)])}
                            </span>
                            <button
                                type="button"
                                class="button"
                                aria-label=move || fill(text.now().cancel_invitation, &[("name", &full)])
                                on:click=move |_| dispatch.send(CallIntent::CancelInvitation(id))
                            >
                                {Icon::CLOSE.into_render()}
                                {text.of(|t| t.cancel)}
                            </button>
                        </li>
                    }
                }
            </For>
        </ul>
    }
}
