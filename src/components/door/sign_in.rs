//! The first form: sign in, create an account or join as a guest, and the room to join.

use call_core::{DoorIntent, FormError, PageView, SignInForm};
use leptos::html::Input;
use leptos::prelude::*;
use protocol::http::Registration;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::card::Card;
use super::field::{Entry, Field, focus, typed};
use super::password::Password;
use super::starting::LoadFailure;
use crate::text::{Text, use_early_text};
use crate::views::{PaintedField, take_painted, use_account, use_dispatch, use_page};

/// The part of the form that an error belongs to.
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
            FormError::Server(_)
            | FormError::SessionEnded
            | FormError::CookiesRefused
            | FormError::VisitEnded => Self::Form,
        }
    }
}

/// The three ways to join.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Account,
    NewAccount,
    Guest,
}

impl Way {
    /// Its name in the markup, which `index.html` refers to.
    fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::NewAccount => "new-account",
            Self::Guest => "guest",
        }
    }
}

/// Whether accounts can be created on this server.
fn use_registration() -> Memo<Registration> {
    let account = use_account();
    Memo::new(move |_| account.with(|account| account.registration))
}

/// The page of a user who is not signed in. Joining as a guest is offered wherever the server allows guests:
/// which rooms do is not public.
#[component]
pub fn SignIn() -> impl IntoView {
    let (text, page, registration) = (use_early_text(), use_page(), use_registration());
    let account = use_account();
    let guests = Memo::new(move |_| account.with(|account| account.guests));
    let was_guest = matches!(page.get_untracked(), PageView::SignIn { guest: true, .. });
    let way = RwSignal::new(if was_guest { Way::Guest } else { Way::Account });
    // Leave the form for a new account if it can no longer succeed.
    Effect::new(move |_| {
        if registration.get() == Registration::Closed && way.get_untracked() == Way::NewAccount {
            way.set(Way::Account);
        }
    });
    let title = move || {
        let t = text.now();
        match way.get() {
            Way::Account => t.sign_in_title,
            Way::NewAccount => t.create_account_title,
            Way::Guest => t.guest_title,
        }
    };
    let open = move || registration.get() != Registration::Closed;
    let others = Memo::new(move |_| {
        let ways = [
            (Way::Account, true),
            (Way::NewAccount, open()),
            (Way::Guest, guests.get()),
        ];
        let others = ways.into_iter().filter(|(to, there)| *there && *to != way.get());
        others.map(|(to, _)| to).collect::<Vec<_>>()
    });
    view! {
        <Card>
            <h1>{title}</h1>
            <Show when=move || way.get() == Way::Guest>
                <p class="card-lead">{text.of(|t| t.guest_hint)}</p>
            </Show>
            <Form way=way />
            {[0, 1].map(|at| view! { <Other way=way to=Signal::derive(move || others.get().get(at).copied()) /> })}
            <Show when=move || !open()>
                <p class="card-note">{text.of(|t| t.code_registration_closed)}</p>
            </Show>
        </Card>
    }
}

/// The button to another way to join, if there is one. It changes once pressed, and keeps the focus.
#[component]
fn Other(way: RwSignal<Way>, to: Signal<Option<Way>>) -> impl IntoView {
    let text = use_early_text();
    let label = move || {
        let t = text.now();
        to.get().map(|to| match to {
            Way::Account => t.to_sign_in,
            Way::NewAccount => t.to_create_account,
            Way::Guest => t.to_guest,
        })
    };
    let way_name = move || to.get().map(Way::name);
    let go = move |_| {
        if let Some(to) = to.get_untracked() {
            way.set(to);
        }
    };
    view! {
        <Show when=move || to.get().is_some()>
            <button type="button" class="button is-quiet is-wide" data-way=way_name on:click=go>
                {label}
            </button>
        </Show>
    }
}

/// Carries out what the user did before the app ran: fills in the texts, restores the focus, presses the buttons, and
/// submits the form.
fn keep_painted(
    name: NodeRef<Input>,
    password: NodeRef<Input>,
    room: NodeRef<Input>,
    submit: impl Fn() + Copy + 'static,
) {
    let typed = StoredValue::new(take_painted());
    let node = move |field| match field {
        PaintedField::Name => name,
        PaintedField::Password => password,
        PaintedField::Room => room,
    };
    Effect::new(move |_| {
        let fields = [name, password, room];
        if fields.iter().any(|field| field.get().is_none()) {
            return;
        }
        // Only once: later input is newer.
        let Some(typed) = typed.try_update_value(std::mem::take) else {
            return;
        };
        // After the form has set its own values, which Leptos does in a separate task, and has focused its
        // first field.
        request_animation_frame(move || {
            let input = |field| node(field).try_get_untracked().flatten();
            for (field, text) in &typed.texts {
                if let Some(input) = input(*field) {
                    input.set_value(text);
                }
            }
            if let Some(input) = typed.focus.and_then(input) {
                // A hidden page may refuse the focus, and needs none.
                let _ = input.focus();
            }
            typed.pressed.iter().for_each(|control| press(control));
            if typed.sent {
                submit();
            }
        });
    });
}

/// Presses a control of this page, if it is there: which ways to join there are depends on the server.
fn press(selector: &str) {
    let control = document().query_selector(selector).ok().flatten();
    if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        control.click();
    }
}

#[component]
fn Form(way: RwSignal<Way>) -> impl IntoView {
    let (text, page, dispatch) = (use_early_text(), use_page(), use_dispatch());
    let registration = use_registration();
    let slice = Memo::new(move |_| {
        if let PageView::SignIn {
            room, busy, error, ..
        } = page.get()
        {
            (room, busy, error)
        } else {
            (String::new(), false, None)
        }
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
            // The core, which refused, came with all texts.
            here.and_then(|error| Some(use_context::<Text>()?.form_error(error)))
        })
    };
    let submit = move || {
        if !busy.get_untracked() {
            let entrance = SignInForm {
                name: typed(name),
                password: typed(password),
                room: typed(room),
                invite_code: typed(code),
            };
            let intent = match way.get_untracked() {
                Way::Account => DoorIntent::SignIn,
                Way::NewAccount => DoorIntent::CreateAccount,
                Way::Guest => DoorIntent::JoinAsGuest,
            };
            dispatch.send(intent(entrance));
        }
    };
    keep_painted(name, password, room, submit);
    let creating = Signal::derive(move || way.get() == Way::NewAccount);
    let as_guest = Memo::new(move |_| way.get() == Way::Guest);
    let label = move || match (busy.get(), way.get()) {
        (true, _) => text.now().busy,
        (false, Way::Account) => text.now().sign_in,
        (false, Way::NewAccount) => text.now().create_account,
        (false, Way::Guest) => text.now().guest_enter,
    };
    let room_hint = move || if as_guest.get() { "" } else { text.now().room_hint };
    // A guest's name has no saved password.
    let filled = move || if as_guest.get() { "nickname" } else { "username" };
    let name_label = move || {
        if as_guest.get() {
            text.now().guest_name
        } else {
            text.now().user_name
        }
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
            <LoadFailure />
            <Field
                entry=Entry { autocomplete: Signal::derive(filled), first: true, ..Entry::plain("username", name) }
                label=Signal::derive(move || name_label().to_owned())
                error=error_at(Place::Name)
            />
            <Show when=move || !as_guest.get()>
                <Password node=password creating=creating error=error_at(Place::Password) />
            </Show>
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
                hint=Signal::derive(move || room_hint().to_owned())
                error=error_at(Place::Room)
                value=wanted
            />
            <button type="submit" class="button is-main is-wide" aria-disabled=move || busy.get().to_string()>
                {label}
            </button>
        </form>
    }
}
