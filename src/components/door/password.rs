//! The password field, whose text can be shown.

use leptos::html::Input;
use leptos::prelude::*;
use protocol::limits;

use super::field::{Entry, Field};
use crate::components::common::Icon;
use crate::text::{fill, use_early_text};

/// A password: the current one to sign in, or a new one, with its rule, for a new account.
#[component]
pub fn Password(
    node: NodeRef<Input>,
    #[prop(into)] creating: Signal<bool>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let text = use_early_text();
    let visible = RwSignal::new(false);
    let hint = move || {
        let least = limits::PASSWORD_MIN_CHARS.to_string();
        if creating.get() {
            fill(text.now().password_hint, &[("least", &least)])
        } else {
            String::new()
        }
    };
    let entry = Entry {
        kind: Signal::derive(move || if visible.get() { "text" } else { "password" }),
        autocomplete: Signal::derive(move || {
            if creating.get() {
                "new-password"
            } else {
                "current-password"
            }
        }),
        ..Entry::plain("password", node)
    };
    view! {
        <Field
            entry=entry
            label=Signal::derive(move || text.now().password.to_owned())
            hint=Signal::derive(hint)
            error=error
        >
            <button
                type="button"
                class="field-button"
                aria-pressed=move || visible.get().to_string()
                aria-label=text.of(|t| t.password_show)
                on:click=move |_| visible.update(|visible| *visible = !*visible)
            >
                {Icon::EYE.into_render()}
            </button>
        </Field>
    }
}
