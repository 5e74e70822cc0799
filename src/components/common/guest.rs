//! The mark of people without an account.

use leptos::prelude::*;

use crate::text::use_text;

/// The word beside a name, for a guest; nothing for anybody else.
#[component]
pub fn GuestMark(guest: bool) -> impl IntoView {
    let text = use_text();
    guest.then(|| view! { <span class="tag">{text.of(|t| t.guest)}</span> })
}
