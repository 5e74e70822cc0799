//! The form at the door: sign in, or create an account, and the room to go to.

use call_core::{Entrance, FormError, Intent, PageView};
use leptos::html::Input;
use leptos::prelude::*;
use protocol::http::Registration;

use super::card::Card;
use super::field::{Entry, Field, focus, typed};
use super::password::Password;
use crate::text::{refusal, use_text};
use crate::views::{use_account, use_dispatch, use_page};

/// Which part of the form an error belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Name,
    Password,
    InviteCode,
    Room,
    Form,
}

impl Place {
    fn of(error: FormError) -> Self {
        match error {
            FormError::UserName(_) | FormError::UserNameTaken => Self::Name,
            FormError::Password | FormError::WrongCredentials => Self::Password,
            FormError::InviteCode => Self::InviteCode,
            FormError::RoomName(_) => Self::Room,
            FormError::Server(_) | FormError::SessionEnded => Self::Form,
        }
    }
}

/// Who may make an account here.
fn use_registration() -> Memo<Registration> {
    let account = use_account();
    Memo::new(move |_| account.with(|account| account.registration))
}

/// The page of somebody who is not signed in.
#[component]
pub fn SignIn() -> impl IntoView {
    let (text, registration) = (use_text(), use_registration());
    let creating = RwSignal::new(false);
    // Nobody is kept at a form that leads nowhere.
    Effect::new(move |_| {
        if registration.get() == Registration::Closed {
            creating.set(false);
        }
    });
    let title = move || {
        let t = text.now();
        if creating.get() {
            t.create_account_title
        } else {
            t.sign_in_title
        }
    };
    let other = move || {
        let t = text.now();
        if creating.get() {
            t.to_sign_in
        } else {
            t.to_create_account
        }
    };
    view! {
        <Card>
            <h1>{title}</h1>
            <Form creating=creating />
            <Show
                when=move || registration.get() != Registration::Closed
                fallback=move || view! { <p class="card-note">{text.of(|t| t.code_registration_closed)}</p> }
            >
                <button
                    type="button"
                    class="button is-quiet is-wide"
                    on:click=move |_| creating.update(|creating| *creating = !*creating)
                >
                    {other}
                </button>
            </Show>
        </Card>
    }
}

#[component]
fn Form(creating: RwSignal<bool>) -> impl IntoView {
    let (text, page, dispatch) = (use_text(), use_page(), use_dispatch());
    let registration = use_registration();
    let slice = Memo::new(move |_| match page.get() {
        PageView::SignIn { room, busy, error } => (room, busy, error),
        _ => (String::new(), false, None),
    });
    let wanted = Memo::new(move |_| slice.with(|slice| slice.0.clone()));
    let busy = Memo::new(move |_| slice.with(|slice| slice.1));
    let error = Memo::new(move |_| slice.with(|slice| slice.2));
    let (name, password, code, room) = (
        NodeRef::<Input>::new(),
        NodeRef::<Input>::new(),
        NodeRef::<Input>::new(),
        NodeRef::<Input>::new(),
    );
    Effect::new(move |_| match error.get().map(Place::of) {
        Some(Place::Name) => focus(name),
        Some(Place::Password) => focus(password),
        Some(Place::InviteCode) => focus(code),
        Some(Place::Room) => focus(room),
        Some(Place::Form) | None => {}
    });
    let error_at = move |place| {
        Signal::derive(move || {
            let here = error.get().filter(|error| Place::of(*error) == place);
            here.map(|error| refusal::form(text.now(), error))
        })
    };
    let submit = move || {
        if !busy.get_untracked() {
            let entrance = Entrance {
                name: typed(name),
                password: typed(password),
                room: typed(room),
                invite_code: typed(code),
            };
            let intent = if creating.get_untracked() {
                Intent::CreateAccount
            } else {
                Intent::SignIn
            };
            dispatch.send(intent(entrance));
        }
    };
    let label = move || match (busy.get(), creating.get()) {
        (true, _) => text.now().busy,
        (false, true) => text.now().create_account,
        (false, false) => text.now().sign_in,
    };
    view! {
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
                entry=Entry { autocomplete: "username".into(), first: true, ..Entry::plain("username", name) }
                label=Signal::derive(move || text.now().user_name.to_owned())
                error=error_at(Place::Name)
            />
            <Password node=password creating=creating error=error_at(Place::Password) />
            <Show when=move || creating.get() && registration.get() == Registration::Invite>
                <Field
                    entry=Entry::plain("invite-code", code)
                    label=Signal::derive(move || text.now().invite_code.to_owned())
                    hint=Signal::derive(move || text.now().invite_code_hint.to_owned())
                    error=error_at(Place::InviteCode)
                />
            </Show>
            <Field
                entry=Entry::plain("room", room)
                label=Signal::derive(move || text.now().room.to_owned())
                hint=Signal::derive(move || text.now().room_hint.to_owned())
                error=error_at(Place::Room)
                value=wanted
            />
            <button type="submit" class="button is-main is-wide" aria-disabled=move || busy.get().to_string()>
                {label}
            </button>
        </form>
    }
}
