//! A modal dialog. Escape closes it like its button, and the browser restores the focus.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::components::common::Icon;
use crate::text::use_text;

/// A dialog controlled by `open`; its content is created again each time.
#[component]
pub fn Modal(
    id: &'static str,
    open: Signal<bool>,
    #[prop(into)] close: Callback<()>,
    title: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let text = use_text();
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let open = open.get();
        if let Some(dialog) = dialog.get() {
            if open && !dialog.open() {
                // Fails only for a dialog that is already open or not in the page.
                let _ = dialog.show_modal();
            } else if !open && dialog.open() {
                dialog.close();
            }
        }
    });
    let closed = move |_| {
        if open.get_untracked() {
            close.run(());
        }
    };
    let shut = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let title_id = format!("{id}-title");
    let labelled = title_id.clone();
    view! {
        <dialog class="sheet moderation-dialog" node_ref=dialog aria-labelledby=labelled on:close=closed>
            <header>
                <h2 id=title_id tabindex="-1" autofocus>{title}</h2>
                <button type="button" class="button is-quiet is-icon" aria-label=text.of(|t| t.close) on:click=shut>
                    {Icon::CLOSE.into_render()}
                </button>
            </header>
            <Show when=move || open.get()>{children()}</Show>
        </dialog>
    }
}
