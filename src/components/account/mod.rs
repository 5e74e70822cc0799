//! The user's account: change the password, sign out everywhere, delete the account.

mod end;
mod password;

use call_core::{AccountAction, AccountIntent};
use leptos::prelude::*;

use crate::components::common::Modal;
use crate::text::{Texts, refusal, use_text};
use crate::views::{use_account, use_dispatch};

/// Whether the user is a guest, and so has no account.
pub fn use_guest() -> Memo<bool> {
    let account = use_account();
    Memo::new(move |_| account.with(|account| account.guest))
}

/// The button that opens the account dialog.
#[component]
pub fn AccountButton() -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    view! {
        <button type="button" class="button is-quiet" on:click=move |_| dispatch.send(AccountIntent::Open)>
            {text.of(|t| t.account)}
        </button>
    }
}

/// The account dialog, shown while the view's `open` is set.
#[component]
pub fn AccountDialog() -> impl IntoView {
    let (text, account, dispatch) = (use_text(), use_account(), use_dispatch());
    let open = Signal::derive(move || account.with(|account| account.open));
    let close = move |()| dispatch.send(AccountIntent::Close);
    let title = Signal::derive(move || text.now().account.to_owned());
    view! {
        <Modal name="account" open=open close=close title=title>
            <password::ChangePassword />
            <Everywhere />
            <end::EndAccount />
        </Modal>
    }
}

/// Ends all sessions of the user.
#[component]
fn Everywhere() -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let error = error_of(AccountAction::SignOutEverywhere);
    view! {
        <section class="account-part">
            <h3>{text.of(|t| t.sign_out_everywhere)}</h3>
            <p>{text.of(|t| t.sign_out_everywhere_hint)}</p>
            <p class="form-error" role="alert">{error}</p>
            <button
                type="button"
                class="button is-wide"
                aria-disabled=busy()
                on:click=move |_| dispatch.send(AccountIntent::SignOutEverywhere)
            >
                {text.of(|t| t.sign_out_everywhere)}
            </button>
        </section>
    }
}

/// The error of an action that failed.
fn error_of(action: AccountAction) -> Signal<Option<String>> {
    let (text, account) = (use_text(), use_account());
    Signal::derive(move || {
        let (failed, error) = account.get().error?;
        (failed == action).then(|| refusal::form(text.now(), error))
    })
}

/// Whether an action is under way, as a value of `aria-disabled`.
fn busy() -> Signal<String> {
    let account = use_account();
    Signal::derive(move || account.with(|account| account.busy.is_some()).to_string())
}

/// A text in the current language.
fn word(pick: fn(&'static Texts) -> &'static str) -> Signal<String> {
    let text = use_text();
    Signal::derive(move || pick(text.now()).to_owned())
}
