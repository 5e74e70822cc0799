//! The mark of guests, who have no account.

use leptos::prelude::*;

use crate::text::use_text;

/// The tag beside a guest's name; nothing for others.
#[component]
pub fn GuestMark(guest: bool) -> impl IntoView {
    let text = use_text();
    guest.then(|| view! { <span class="tag">{text.of(|t| t.guest)}</span> })
}
