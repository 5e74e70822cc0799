//! The dialog about one connection.

use call_core::{QualityView, StageIntent};
use leptos::prelude::*;

use super::chart::Charts;
use super::figures::Figures;
use crate::components::call::volume::Volume;
use crate::components::common::Modal;
use crate::text::{connection, fill, use_text};
use crate::views::{use_dispatch, use_quality};

/// Open while the user inspects a connection.
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
    let open = Signal::derive(move || who.with(Option::is_some));
    let close = move |()| dispatch.send(StageIntent::InspectConnection(None));
    let title = Signal::derive(move || {
        let name = who.get().map(|(_, name)| name).unwrap_or_default();
        fill(text.now().connection_with, &[("name", &name)])
    });
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
        <Modal name="connection" open=open close=close title=title>
            {about}
        </Modal>
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
