//! A modal dialog. Escape closes it like its button, and the browser restores the focus.

use leptos::html::{Dialog, H2};
use leptos::prelude::*;

use super::Icon;
use crate::text::use_text;

/// A dialog controlled by `open`. While it is closed, it is empty, and typed text is dropped with its content.
#[component]
pub fn Modal(
    /// The beginning of its class in the style sheet, and of the title's id.
    name: &'static str,
    open: Signal<bool>,
    #[prop(into)] close: Callback<()>,
    title: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let text = use_text();
    let (dialog, heading) = (NodeRef::<Dialog>::new(), NodeRef::<H2>::new());
    Effect::new(move |_| {
        let open = open.get();
        // Opened with its content, so that the heading gets the focus. The one of an earlier time is in no page.
        let filled = heading.get().is_some_and(|heading| heading.is_connected());
        if let Some(dialog) = dialog.get() {
            if open && filled && !dialog.open() {
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
    let title_id = format!("{name}-title");
    let labelled = title_id.clone();
    let children = StoredValue::new(children);
    view! {
        <dialog class=format!("sheet {name}-dialog") node_ref=dialog aria-labelledby=labelled on:close=closed>
            <Show when=move || open.get()>
                <header>
                    <h2 id=title_id.clone() tabindex="-1" autofocus node_ref=heading>{title}</h2>
                    <button
                        type="button"
                        class="button is-quiet is-icon"
                        aria-label=text.of(|t| t.close)
                        on:click=shut
                    >
                        {Icon::CLOSE.into_render()}
                    </button>
                </header>
                {children.with_value(|children| children())}
            </Show>
        </dialog>
    }
}
