//! Deletion of the account. It requires the password, so a page left open is not enough.

use call_core::{AccountAction, AccountIntent};
use leptos::html::Input;
use leptos::prelude::*;

use super::{busy, error_of, word};
use crate::components::door::{Entry, Field, focus, typed};
use crate::text::use_text;
use crate::views::use_dispatch;

/// The form, collapsed until the user opens it.
#[component]
pub fn EndAccount() -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let password = NodeRef::<Input>::new();
    let error = error_of(AccountAction::End);
    Effect::new(move |_| {
        if error.with(Option::is_some) {
            focus(password);
        }
    });
    let entry = Entry {
        kind: "password".into(),
        autocomplete: "current-password".into(),
        ..Entry::plain("end-password", password)
    };
    view! {
        <details class="account-part">
            <summary>{text.of(|t| t.account_end)}</summary>
            <form
                class="form"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    dispatch.send(AccountIntent::End { password: typed(password) });
                }
            >
                <p>{text.of(|t| t.account_end_hint)}</p>
                <Field entry=entry label=word(|t| t.password_current) error=error />
                <button type="submit" class="button is-danger is-wide" aria-disabled=busy()>
                    {text.of(|t| t.account_end)}
                </button>
            </form>
        </details>
    }
}
