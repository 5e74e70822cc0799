//! A panel that a button opens over the page. The browser closes it at a click elsewhere or Escape, and restores the
//! focus.

use js_sys::Reflect;
use leptos::ev::Event;
use leptos::html::Div;
use leptos::prelude::*;

/// The panel of buttons with `popovertarget=id`. While it is closed, it is empty.
#[component]
pub fn Popover(
    #[prop(into)] id: String,
    class: &'static str,
    /// The name of a panel that is a dialog.
    #[prop(optional, into)]
    label: Option<Signal<&'static str>>,
    #[prop(optional)] node_ref: NodeRef<Div>,
    children: ChildrenFn,
) -> impl IntoView {
    let filled = RwSignal::new(false);
    let fill = move |event| {
        if opens(&event) {
            filled.set(true);
        }
    };
    // Emptied only once it has closed: the browser restores the focus if it is within the panel.
    let empty = move |event| {
        if !opens(&event) {
            filled.set(false);
        }
    };
    let children = StoredValue::new(children);
    view! {
        <div
            id=id
            class=class
            popover="auto"
            role=label.map(|_| "dialog")
            aria-label=label
            node_ref=node_ref
            on:beforetoggle=fill
            on:toggle=empty
        >
            <Show when=move || filled.get()>{children.with_value(|children| children())}</Show>
        </div>
    }
}

/// Whether the panel opens, and not closes (HTML, `ToggleEvent`).
fn opens(event: &Event) -> bool {
    let state = Reflect::get(event, &"newState".into());
    state.is_ok_and(|state| state == "open")
}
