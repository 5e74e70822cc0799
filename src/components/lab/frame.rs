//! The frame of both labs: the way back, an introduction, and the parts.

use call_core::LabIntent;
use leptos::prelude::*;

use crate::components::common::{Icon, LanguageSwitch, ThemeSwitch};
use crate::text::{Texts, use_text};
use crate::views::use_dispatch;

type Pick = fn(&'static Texts) -> &'static str;

/// The page around a lab's parts.
#[component]
pub fn Frame(title: Pick, intro: Pick, children: Children) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    view! {
        <div class="lab">
            <header class="door-header">
                <button type="button" class="button is-quiet" on:click=move |_| dispatch.send(LabIntent::Close)>
                    {Icon::BACK.into_render()}
                    {text.of(|t| t.back)}
                </button>
                <span class="door-choices">
                    <ThemeSwitch />
                    <LanguageSwitch />
                </span>
            </header>
            <main class="lab-page">
                <div class="lab-head">
                    <h1>{text.of(title)}</h1>
                    <p>{text.of(intro)}</p>
                </div>
                {children()}
            </main>
        </div>
    }
}
