//! The button that cycles between the system's theme, light and dark.

use leptos::prelude::*;

use super::Icon;
use crate::text::use_early_text;
use crate::views::{Theme, use_theme};

/// Shows the current theme, and switches to the next.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let (text, theme) = (use_early_text(), use_theme());
    let name = move || match theme.get() {
        Theme::System => text.now().theme_system,
        Theme::Light => text.now().theme_light,
        Theme::Dark => text.now().theme_dark,
    };
    let icon = move || {
        match theme.get() {
            Theme::System => Icon::HALF_LIGHT,
            Theme::Light => Icon::SUN,
            Theme::Dark => Icon::MOON,
        }
        .into_render()
    };
    view! {
        <button
            type="button"
            class="button is-quiet theme-switch"
            on:click=move |_| theme.choose(theme.get().next())
        >
            {icon}
            <span>{name}</span>
        </button>
    }
}
