//! The user's view of the call: spotlight or grid, with or without their own tile, in the page or full
//! screen.

use call_core::StageIntent;
use leptos::prelude::*;

use crate::components::common::Icon;
use crate::text::use_text;
use crate::views::{can_fill_screen, use_call, use_dispatch, use_fill, use_full_screen, use_stage};

/// The buttons, while there is a peer to see.
#[component]
pub fn ViewOfCall() -> impl IntoView {
    let (text, call, stage, dispatch) = (use_text(), use_call(), use_stage(), use_dispatch());
    let others = Memo::new(move |_| call.with(|call| !call.tiles.is_empty()));
    let large = Memo::new(move |_| stage.with(|stage| stage.main.is_some()));
    let hidden = Memo::new(move |_| stage.with(|stage| stage.self_hidden));
    let self_label = move || {
        let t = text.now();
        if hidden.get() { t.self_show } else { t.self_hide }
    };
    view! {
        <Show when=move || others.get()>
            <div class="controls-view" role="group" aria-label=text.of(|t| t.view_of_call)>
                <button
                    type="button"
                    class="button is-control"
                    class:is-pressed=large
                    aria-label=text.of(|t| t.spotlight)
                    title=text.of(|t| t.spotlight)
                    aria-pressed=move || large.get().to_string()
                    on:click=move |_| dispatch.send(StageIntent::Spotlight(!large.get_untracked()))
                >
                    {Icon::SPOTLIGHT.into_render()}
                </button>
                <button
                    type="button"
                    class="button is-control"
                    class:is-pressed=hidden
                    aria-label=self_label
                    title=self_label
                    on:click=move |_| dispatch.send(StageIntent::HideSelf(!hidden.get_untracked()))
                >
                    {move || if hidden.get() { Icon::SELF_HIDDEN } else { Icon::SELF_SHOWN }.into_render()}
                </button>
                <FillTiles />
                {can_fill_screen().then(|| view! { <FillScreen /> })}
            </div>
        </Show>
    }
}

/// Toggles whether video fills its tile or is shown whole.
#[component]
fn FillTiles() -> impl IntoView {
    let (text, fill) = (use_text(), use_fill());
    view! {
        <button
            type="button"
            class="button is-control"
            class:is-pressed=move || fill.get()
            aria-label=text.of(|t| t.fill_tiles)
            title=text.of(|t| t.fill_tiles)
            aria-pressed=move || fill.get().to_string()
            on:click=move |_| fill.toggle()
        >
            {Icon::FILL.into_render()}
        </button>
    }
}

/// Toggles full screen, which ends with the last tile of a peer.
#[component]
fn FillScreen() -> impl IntoView {
    let (text, full) = (use_text(), use_full_screen());
    let label = move || {
        let t = text.now();
        if full.get() {
            t.full_screen_leave
        } else {
            t.full_screen
        }
    };
    view! {
        <button
            type="button"
            class="button is-control"
            class:is-pressed=move || full.get()
            aria-label=label
            title=label
            on:click=move |_| full.toggle()
        >
            {move || if full.get() { Icon::FULL_SCREEN_LEAVE } else { Icon::FULL_SCREEN }.into_render()}
        </button>
    }
}
