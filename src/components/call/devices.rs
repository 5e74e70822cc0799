//! Choice of devices during a call.

use leptos::prelude::*;

use crate::components::common::Icon;
use crate::components::devices::Pickers;
use crate::text::use_text;

/// The button, and the popover that it opens; the browser restores the focus when that closes.
#[component]
pub fn Devices() -> impl IntoView {
    let text = use_text();
    view! {
        <button
            type="button"
            class="button is-control"
            popovertarget="devices"
            aria-label=text.of(|t| t.devices_choose)
            title=text.of(|t| t.devices_choose)
        >
            {Icon::SETTINGS.into_render()}
        </button>
        <div
            id="devices"
            class="devices"
            popover="auto"
            role="dialog"
            aria-label=text.of(|t| t.devices_choose)
        >
            <Pickers />
        </div>
    }
}
