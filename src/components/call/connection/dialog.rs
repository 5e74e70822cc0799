//! The dialog about one connection.

use call_core::{QualityView, StageIntent};
use leptos::html::Dialog;
use leptos::prelude::*;

use super::chart::Charts;
use super::figures::Figures;
use crate::components::call::volume::Volume;
use crate::components::common::Icon;
use crate::text::{connection, fill, use_text};
use crate::views::{use_dispatch, use_quality};

/// Open while the user inspects a connection. Escape closes it like the button, and the browser restores the
/// focus.
#[component]
pub fn ConnectionDialog() -> impl IntoView {
    let (text, quality, dispatch) = (use_text(), use_quality(), use_dispatch());
    let inspected = Memo::new(move |_| {
        quality.with(|quality| quality.iter().find(|quality| quality.details.is_some()).cloned())
    });
    let who = Memo::new(move |_| {
        inspected.with(|quality| {
            quality
                .as_ref()
                .map(|quality| (quality.peer, quality.name.to_string()))
        })
    });
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let open = who.with(Option::is_some);
        if let Some(dialog) = dialog.get() {
            if open && !dialog.open() {
                // Fails only for a dialog that is already open or not in the page.
                let _ = dialog.show_modal();
            } else if !open && dialog.open() {
                dialog.close();
            }
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let closed = move |_| {
        if who.with_untracked(Option::is_some) {
            dispatch.send(StageIntent::InspectConnection(None));
        }
    };
    let title = move || {
        let name = who.get().map(|(_, name)| name).unwrap_or_default();
        fill(text.now().connection_with, &[("name", &name)])
    };
    let about = move || {
        who.get().map(|(peer, person)| {
            let name = StoredValue::new(person.clone());
            view! {
                <div class="connection-body">
                    <Verdict inspected=inspected name=name />
                    <Figures inspected=inspected name=name />
                    <Charts inspected=inspected name=name />
                    <Volume peer=peer person=person />
                </div>
            }
        })
    };
    view! {
        <dialog class="sheet connection-dialog" node_ref=dialog aria-labelledby="connection-title" on:close=closed>
            <header>
                <h2 id="connection-title" tabindex="-1" autofocus>{title}</h2>
                <button
                    type="button"
                    class="button is-quiet is-icon"
                    aria-label=text.of(|t| t.close)
                    on:click=move |_| close()
                >
                    {Icon::CLOSE.into_render()}
                </button>
            </header>
            {about}
        </dialog>
    }
}

/// The grade and its causes, in sentences.
#[component]
fn Verdict(inspected: Memo<Option<QualityView>>, name: StoredValue<String>) -> impl IntoView {
    let text = use_text();
    let grade = Memo::new(move |_| inspected.with(|quality| quality.as_ref().map(|quality| quality.grade)));
    let causes = Memo::new(move |_| {
        inspected.with(|quality| {
            let details = quality.as_ref().and_then(|quality| quality.details.as_ref());
            details.map(|details| details.causes.clone()).unwrap_or_default()
        })
    });
    view! {
        <div class="connection-verdict">
            <p data-grade=move || grade.get().map(connection::kind)>
                {move || grade.get().map(|grade| connection::verdict(text.now(), grade))}
            </p>
            <ul>
                {move || {
                    let t = text.now();
                    let sentence = |cause| name.with_value(|name| fill(connection::cause(t, cause), &[("name", name)]));
                    causes.get().into_iter().map(|cause| view! { <li>{sentence(cause)}</li> }).collect_view()
                }}
            </ul>
        </div>
    }
}
