//! The form that changes the password.

use call_core::{AccountAction, AccountIntent, FormError};
use leptos::html::Input;
use leptos::prelude::*;
use protocol::limits;

use super::{busy, error_of, word};
use crate::components::door::{Entry, Field, focus, typed};
use crate::text::{fill, use_text};
use crate::views::{use_account, use_dispatch};

/// The form; its fields are cleared once the password is changed.
#[component]
pub fn ChangePassword() -> impl IntoView {
    let (text, account, dispatch) = (use_text(), use_account(), use_dispatch());
    let (current, new) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let changed = Memo::new(move |_| account.with(|account| account.changed));
    let wrong = Memo::new(move |_| {
        let failed = account.with(|account| account.error);
        failed.and_then(|(action, error)| (action == AccountAction::ChangePassword).then_some(error))
    });
    let told = error_of(AccountAction::ChangePassword);
    let at = move |here: bool| {
        Signal::derive(move || {
            told.get()
                .filter(|_| (wrong.get() == Some(FormError::Password)) == here)
        })
    };
    Effect::new(move |_| match wrong.get() {
        Some(FormError::Password) => focus(new),
        Some(_) => focus(current),
        None => {}
    });
    Effect::new(move |_| {
        if changed.get() {
            for field in [current, new]
                .into_iter()
                .filter_map(|field| field.get_untracked())
            {
                field.set_value("");
            }
        }
    });
    let hint = move || {
        let least = limits::PASSWORD_MIN_CHARS.to_string();
        fill(text.now().password_hint, &[("least", &least)])
    };
    let entry = |name, node, autocomplete: &'static str| Entry {
        kind: "password".into(),
        autocomplete: autocomplete.into(),
        ..Entry::plain(name, node)
    };
    view! {
        <form
            class="form account-part"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                dispatch.send(AccountIntent::ChangePassword { current: typed(current), new: typed(new) });
            }
        >
            <h3>{text.of(|t| t.password_change)}</h3>
            <Field
                entry=entry("current-password", current, "current-password")
                label=word(|t| t.password_current)
                error=at(false)
            />
            <Field
                entry=entry("new-password", new, "new-password")
                label=word(|t| t.password_new)
                hint=Signal::derive(hint)
                error=at(true)
            />
            <p role="status">{move || changed.get().then(|| text.now().password_changed)}</p>
            <button type="submit" class="button is-main is-wide" aria-disabled=busy()>
                {text.of(|t| t.password_change)}
            </button>
        </form>
    }
}
