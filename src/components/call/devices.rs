//! Choice of devices during a call.

use leptos::prelude::*;

use crate::components::common::{Icon, Popover};
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
        <Popover id="devices" class="devices" label=text.of(|t| t.devices_choose)>
            <Pickers />
        </Popover>
    }
}
