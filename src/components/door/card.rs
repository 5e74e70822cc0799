//! The frame of every page outside of a room.

use leptos::prelude::*;

use crate::components::common::{Icon, LanguageSwitch, ThemeSwitch};
use crate::components::lab::WaysToLabs;
use crate::text::use_early_text;

/// A card in the middle of the page.
#[component]
pub fn Card(children: Children) -> impl IntoView {
    let text = use_early_text();
    view! {
        <Frame>
            <div class="card">{children()}</div>
            <p class="door-tagline">{text.of(|t| t.tagline)}</p>
        </Frame>
    }
}

/// The page's content, under Confab's name.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    view! {
        <div class="door">
            <header class="door-header">
                <span class="brand">{Icon::SIGN.into_render()} "Confab"</span>
                <span class="door-choices">
                    <ThemeSwitch />
                    <LanguageSwitch />
                </span>
            </header>
            <main class="door-middle">{children()}</main>
            <footer class="door-foot">
                <WaysToLabs />
            </footer>
        </div>
    }
}
