//! The level of the user's microphone.

use leptos::prelude::*;

use crate::components::common::Icon;
use crate::text::use_text;
use crate::views::use_level;

/// A bar that follows the microphone's level.
#[component]
pub fn LevelMeter() -> impl IntoView {
    let (text, level) = (use_text(), use_level());
    view! {
        <div class="level">
            {Icon::MICROPHONE.into_render()}
        <div
            class="meter"
            role="meter"
            aria-label=text.of(|t| t.microphone_level)
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || level.get().to_string()
            style=("--level", move || format!("{}%", level.get()))
        >
            <span class="meter-bar"></span>
        </div>
        </div>
    }
}
