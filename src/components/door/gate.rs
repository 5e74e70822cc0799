//! Cards that explain why the user is not in the room yet, each with what to do next.

use call_core::{DoorIntent, Intent, PageView, RoomIntent};
use leptos::prelude::*;
use protocol::ErrorCode;

use super::card::Card;
use super::room_password::RoomPassword;
use super::starting::Waiting;
use crate::components::common::clock_time;
use crate::text::{Texts, fill, refusal, use_text};
use crate::views::{reload_page, use_dispatch, use_page};

type Pick = fn(&'static Texts) -> &'static str;

/// Shown while the user is joining a room.
#[component]
pub fn Entering() -> impl IntoView {
    let (text, page) = (use_text(), use_page());
    let unreachable = Memo::new(move |_| {
        matches!(
            page.get(),
            PageView::Entering {
                unreachable: true,
                ..
            }
        )
    });
    let words = move || fill(text.now().entering, &[("room", &room_of(&page.get()))]);
    let failed = move || unreachable.get().then(|| text.now().entering_unreachable);
    view! {
        <Card>
            <Waiting words=Signal::derive(words) />
            <p class="form-error" role="alert">{failed}</p>
            <Show when=move || unreachable.get()>
                <Way intent=RoomIntent::Retry label=|t| t.try_again main=true />
            </Show>
            <Way intent=RoomIntent::Leave label=|t| t.another_room />
        </Card>
    }
}

/// Another page of the same user is in the room.
#[component]
pub fn SeatOccupied() -> impl IntoView {
    view! {
        <Card>
            <Told title=|t| t.occupied_title words=|t| t.occupied_text />
            <Way intent=RoomIntent::TakeSeatOver label=|t| t.take_over main=true />
            <Way intent=RoomIntent::Leave label=|t| t.another_room />
        </Card>
    }
}

/// Another page of the same user took over the seat.
#[component]
pub fn SeatTakenOver() -> impl IntoView {
    view! {
        <Card>
            <Told title=|t| t.taken_title words=|t| t.taken_text />
            <Way intent=RoomIntent::TakeSeatOver label=|t| t.take_back main=true />
            <Way intent=RoomIntent::Leave label=|t| t.another_room />
        </Card>
    }
}

/// The browser is now signed in with another account.
#[component]
pub fn AnotherUser() -> impl IntoView {
    let (text, page, dispatch) = (use_text(), use_page(), use_dispatch());
    let name = Memo::new(move |_| {
        if let PageView::AnotherUser { name, .. } = page.get() {
            name.to_string()
        } else {
            String::new()
        }
    });
    let named = move |pick: Pick| name.with(|name| fill(pick(text.now()), &[("name", name)]));
    view! {
        <Card>
            <h1>{move || named(|t| t.another_user_title)}</h1>
            <p>{text.of(|t| t.another_user_text)}</p>
            <button
                type="button"
                class="button is-main is-wide"
                on:click=move |_| dispatch.send(DoorIntent::ContinueAsOther)
            >
                {move || named(|t| t.continue_as)}
            </button>
            <Way intent=DoorIntent::SignInAgain label=|t| t.sign_in_again />
        </Card>
    }
}

/// There is no page at this address.
#[component]
pub fn Nowhere() -> impl IntoView {
    view! {
        <Card>
            <Told title=|t| t.nowhere_title words=|t| t.nowhere_text />
            <Way intent=RoomIntent::Leave label=|t| t.to_start main=true />
        </Card>
    }
}

/// The user waits for a moderator to admit them.
#[component]
pub fn BeforeRoom() -> impl IntoView {
    let (text, page) = (use_text(), use_page());
    let words = move || fill(text.now().waiting_title, &[("room", &room_of(&page.get()))]);
    view! {
        <Card>
            <Waiting words=Signal::derive(words) />
            <p role="status">{text.of(|t| t.waiting_text)}</p>
            <Way intent=RoomIntent::Leave label=|t| t.another_room />
        </Card>
    }
}

/// The server refused entry. If the room requires a password, its form is here.
#[component]
pub fn Refused() -> impl IntoView {
    let (text, page) = (use_text(), use_page());
    let refused = Memo::new(move |_| {
        if let PageView::Refused { code, until, .. } = page.get() {
            (code, until)
        } else {
            (ErrorCode::Internal, None)
        }
    });
    let code = move || refused.get().0;
    let asks = Memo::new(move |_| {
        matches!(
            code(),
            ErrorCode::RoomPasswordRequired | ErrorCode::WrongRoomPassword
        )
    });
    let why = move || {
        let until = refused.get().1;
        let time = until.and_then(|until| clock_time(text.now().language, until).ok());
        let until = time.map(|time| fill(text.now().refused_until, &[("time", &time)]));
        [refusal::code(text.now(), code()), until.unwrap_or_default()].join(" ")
    };
    let wrong = move || (code() == ErrorCode::WrongRoomPassword).then(|| refusal::code(text.now(), code()));
    let form = move || view! { <RoomPassword error=Signal::derive(wrong) /> };
    view! {
        <Card>
            <Told title=|t| t.refused_title words=|_| "" />
            <p role="alert" hidden=move || code() == ErrorCode::WrongRoomPassword>{why}</p>
            <Show
                when=move || code() == ErrorCode::UnsupportedVersion
                fallback=move || {
                    view! {
                        <Show
                            when=move || asks.get()
                            fallback=|| view! { <Way intent=RoomIntent::Retry label=|t| t.try_again main=true /> }
                        >
                            {form()}
                        </Show>
                    }
                }
            >
                <button type="button" class="button is-main is-wide" on:click=|_| reload_page()>
                    {text.of(|t| t.reload)}
                </button>
            </Show>
            <Way intent=RoomIntent::Leave label=|t| t.another_room />
            <Way intent=DoorIntent::SignOut label=|t| t.sign_out />
        </Card>
    }
}

/// A title and a sentence; both may contain `{room}`.
#[component]
fn Told(title: Pick, words: Pick) -> impl IntoView {
    let (text, page) = (use_text(), use_page());
    let told = move |pick: Pick| fill(pick(text.now()), &[("room", &room_of(&page.get()))]);
    view! {
        <h1>{move || told(title)}</h1>
        <p>{move || told(words)}</p>
    }
}

/// A button for what to do next.
#[component]
fn Way(#[prop(into)] intent: Intent, label: Pick, #[prop(optional)] main: bool) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let class = if main {
        "button is-main is-wide"
    } else {
        "button is-wide"
    };
    view! {
        <button type="button" class=class on:click=move |_| dispatch.send(intent.clone())>{text.of(label)}</button>
    }
}

fn room_of(page: &PageView) -> String {
    match page {
        PageView::Ready { room, .. }
        | PageView::Entering { room, .. }
        | PageView::SeatOccupied { room }
        | PageView::SeatTakenOver { room }
        | PageView::AnotherUser { room, .. }
        | PageView::Refused { room, .. }
        | PageView::Waiting { room }
        | PageView::Room { room, .. } => room.to_string(),
        PageView::Lab(_)
        | PageView::Nowhere
        | PageView::Starting
        | PageView::SignIn { .. }
        | PageView::Lobby { .. } => String::new(),
    }
}
