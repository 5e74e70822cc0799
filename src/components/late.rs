//! Components in chunks of their own. What is in place of one while it loads, and if it cannot be loaded.

use std::future::Future;
use std::pin::Pin;

use call_core::PageView;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::common::follow_title;
use super::door::{Card, Waiting};
use super::{account, door, lab, room};
use crate::chunks::{Missing, at_once, chunk};
use crate::start::reload_if_replaced;
use crate::text::use_early_text;
use crate::views::reload_page;

chunk! {
    /// The page of a room.
    room, load_room, fn room_page() -> AnyView { view! { <room::Room /> }.into_any() }
}
chunk! {
    /// The page of a lab.
    lab, load_lab, fn lab_page() -> AnyView { view! { <lab::LabPage /> }.into_any() }
}

/// What comes with the core, as pointers: the first chunk shows it, and does not have it.
#[derive(Clone, Copy)]
pub struct CorePages {
    /// A page outside of rooms and labs.
    door: fn(&PageView) -> AnyView,
    /// What is around every page.
    around: fn() -> AnyView,
    /// The notices.
    notices: fn() -> AnyView,
}

impl CorePages {
    /// Provides them to the components under the current owner. Called in the chunk of the core.
    pub fn provide() {
        provide_context(Self {
            door: door::late,
            around: || {
                follow_title();
                view! { <account::AccountDialog /> }.into_any()
            },
            notices: || view! { <room::NoticeList /> }.into_any(),
        });
    }
}

/// A page outside of rooms and labs; there is none before the core runs.
pub(super) fn door(page: &PageView) -> AnyView {
    use_context::<CorePages>().map_or_else(|| ().into_any(), |pages| (pages.door)(page))
}

/// What is around every page once the core runs.
pub(super) fn around() -> AnyView {
    use_context::<CorePages>().map_or_else(|| ().into_any(), |pages| (pages.around)())
}

/// The notices.
pub(super) fn notices() -> AnyView {
    use_context::<CorePages>().map_or_else(|| ().into_any(), |pages| (pages.notices)())
}

/// The page of a room.
pub(super) fn room() -> AnyView {
    late(load_room, room_page)
}

/// The page of a lab.
pub(super) fn lab() -> AnyView {
    late(load_lab, lab_page)
}

/// Loads the chunk of the room before its page is shown.
pub(super) fn prepare_room() {
    spawn_local(async {
        // The page tries again, and tells the user.
        let _ = load_room().await;
    });
}

type LoadFuture = Pin<Box<dyn Future<Output = Result<(), Missing>>>>;

/// The view of a chunk's function, once the chunk is loaded.
fn late<L, V>(load: fn() -> L, page: impl Fn() -> V + Send + 'static) -> AnyView
where
    L: Future<Output = Result<(), Missing>> + 'static,
    V: Future<Output = Result<AnyView, Missing>> + 'static,
{
    let view = move || {
        let here = at_once(Box::pin(page()).as_mut()).and_then(Result::ok);
        here.unwrap_or_else(|| ().into_any())
    };
    placed(move || Box::pin(load()), view)
}

/// See [`late`]: the part that is the same for all of them.
fn placed(
    load: impl Fn() -> LoadFuture + Copy + Send + Sync + 'static,
    view: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let mut loading = load();
    if at_once(loading.as_mut()).is_some_and(|loaded| loaded.is_ok()) {
        return view();
    }
    let state = RwSignal::new(State::Loading);
    let wait = move |loading: LoadFuture| {
        spawn_local(async move {
            let next = match loading.await {
                Ok(()) => State::Here,
                Err(_) if reload_if_replaced().await => State::Loading,
                Err(_) => State::Missing,
            };
            // The page may have gone meanwhile.
            let _ = state.try_set(next);
        });
    };
    wait(loading);
    let again = move || {
        state.set(State::Loading);
        wait(load());
    };
    (move || match state.get() {
        State::Loading => view! { <Loading /> }.into_any(),
        State::Here => view(),
        State::Missing => view! { <NotLoaded again=Callback::new(move |()| again()) /> }.into_any(),
    })
    .into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Loading,
    Here,
    Missing,
}

/// Shown while a chunk is loaded.
#[component]
fn Loading() -> impl IntoView {
    let text = use_early_text();
    view! {
        <Card>
            <Waiting words=Signal::derive(move || text.now().loading.to_owned()) />
        </Card>
    }
}

/// Shown in place of a chunk that could not be loaded.
#[component]
fn NotLoaded(again: Callback<()>) -> impl IntoView {
    let text = use_early_text();
    view! {
        <Card>
            <h1>{text.of(|t| t.not_loaded)}</h1>
            <p role="alert">{text.of(|t| t.not_loaded_hint)}</p>
            <button type="button" class="button is-main is-wide" on:click=move |_| again.run(())>
                {text.of(|t| t.try_again)}
            </button>
            <button type="button" class="button is-wide" on:click=|_| reload_page()>{text.of(|t| t.reload)}</button>
        </Card>
    }
}
