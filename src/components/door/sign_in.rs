//! The form at the door: sign in, or create an account, and the room to go to.

use call_core::{Entrance, FormError, Intent, PageView};
use leptos::html::Input;
use leptos::prelude::*;
use protocol::limits;

use super::card::Card;
use super::field::{Entry, Field, focus, typed};
use crate::components::common::Icon;
use crate::text::{Text, fill, refusal, use_text};
use crate::views::{use_dispatch, use_page};

/// Which part of the form an error belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Name,
    Password,
    Room,
    Form,
}

impl Place {
    fn of(error: FormError) -> Self {
        match error {
            FormError::UserName(_) | FormError::UserNameTaken => Self::Name,
            FormError::Password | FormError::WrongCredentials => Self::Password,
            FormError::RoomName(_) => Self::Room,
            FormError::Server(_) | FormError::SessionEnded => Self::Form,
        }
    }
}

/// The page of somebody who is not signed in.
#[component]
pub fn SignIn() -> impl IntoView {
    let (text, page, dispatch) = (use_text(), use_page(), use_dispatch());
    let slice = Memo::new(move |_| match page.get() {
        PageView::SignIn { room, busy, error } => (room, busy, error),
        _ => (String::new(), false, None),
    });
    let creating = RwSignal::new(false);
    let visible = RwSignal::new(false);
    let (name, password, room) = (
        NodeRef::<Input>::new(),
        NodeRef::<Input>::new(),
        NodeRef::<Input>::new(),
    );
    let busy = Memo::new(move |_| slice.with(|slice| slice.1));
    let error = Memo::new(move |_| slice.with(|slice| slice.2));
    let error_at = move |place| Signal::derive(move || error_text(text, error.get(), place));

    Effect::new(move |_| match error.get().map(Place::of) {
        Some(Place::Name) => focus(name),
        Some(Place::Password) => focus(password),
        Some(Place::Room) => focus(room),
        Some(Place::Form) | None => {}
    });
    let submit = move || {
        if busy.get_untracked() {
            return;
        }
        let entrance = Entrance {
            name: typed(name),
            password: typed(password),
            room: typed(room),
        };
        let intent = if creating.get_untracked() {
            Intent::CreateAccount
        } else {
            Intent::SignIn
        };
        dispatch.send(intent(entrance));
    };
    let pick =
        move |create: &'static str, sign_in: &'static str| if creating.get() { create } else { sign_in };
    let entry = |name, node| Entry {
        name,
        node,
        kind: "text".into(),
        autocomplete: "off".into(),
        first: false,
    };
    let password_hint = move || {
        let least = limits::PASSWORD_MIN_CHARS.to_string();
        if creating.get() {
            fill(text.now().password_hint, &[("least", &least)])
        } else {
            String::new()
        }
    };
    view! {
        <Card>
            <h1>{move || pick(text.now().create_account_title, text.now().sign_in_title)}</h1>
            <form
                class="form"
                novalidate
                aria-busy=move || busy.get().to_string()
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <p class="form-error" role="alert">{error_at(Place::Form)}</p>
                <Field
                    entry=Entry { autocomplete: "username".into(), first: true, ..entry("username", name) }
                    label=Signal::derive(move || text.now().user_name.to_owned())
                    hint=String::new()
                    error=error_at(Place::Name)
                />
                <Field
                    entry=Entry {
                        kind: Signal::derive(move || if visible.get() { "text" } else { "password" }),
                        autocomplete: Signal::derive(move || pick("new-password", "current-password")),
                        ..entry("password", password)
                    }
                    label=Signal::derive(move || text.now().password.to_owned())
                    hint=Signal::derive(password_hint)
                    error=error_at(Place::Password)
                >
                    <button
                        type="button"
                        class="field-button"
                        aria-pressed=move || visible.get().to_string()
                        aria-label=text.of(|t| t.password_show)
                        on:click=move |_| visible.update(|visible| *visible = !*visible)
                    >
                        {Icon::Eye.into_render()}
                    </button>
                </Field>
                <Field
                    entry=entry("room", room)
                    label=Signal::derive(move || text.now().room.to_owned())
                    hint=Signal::derive(move || text.now().room_hint.to_owned())
                    error=error_at(Place::Room)
                    value=Signal::derive(move || slice.with(|slice| slice.0.clone()))
                />
                <button type="submit" class="button is-main is-wide" aria-disabled=move || busy.get().to_string()>
                    {move || {
                        let t = text.now();
                        if busy.get() { t.busy } else { pick(t.create_account, t.sign_in) }
                    }}
                </button>
            </form>
            <button
                type="button"
                class="button is-quiet is-wide"
                on:click=move |_| creating.update(|creating| *creating = !*creating)
            >
                {move || pick(text.now().to_sign_in, text.now().to_create_account)}
            </button>
        </Card>
    }
}

fn error_text(text: Text, error: Option<FormError>, place: Place) -> Option<String> {
    error
        .filter(|error| Place::of(*error) == place)
        .map(|error| refusal::form(text.now(), error))
}
