//! The verdicts on the parts of the device test.

use call_core::{Standing, Verdict};
use leptos::prelude::*;

use crate::text::{use_text, verdict as words};
use crate::views::use_lab;

/// One line per part.
#[component]
pub fn Verdicts() -> impl IntoView {
    let (text, lab) = (use_text(), use_lab());
    let verdicts = Memo::new(move |_| lab.with(|lab| lab.set_up.verdicts.clone()));
    view! {
        <section class="lab-part" aria-labelledby="verdicts-title">
            <h2 id="verdicts-title">{text.of(|t| t.verdicts)}</h2>
            <ul class="findings" aria-label=text.of(|t| t.verdicts)>
                {move || {
                    verdicts.get().into_iter().map(|verdict| view! { <One verdict=verdict /> }).collect_view()
                }}
            </ul>
        </section>
    }
}

#[component]
fn One(verdict: Verdict) -> impl IntoView {
    let text = use_text();
    let severity = match verdict.grade {
        Standing::Good => "good",
        Standing::Open => "open",
        Standing::Limit => "limit",
        Standing::Problem => "problem",
    };
    let (part, grade) = (verdict.part, verdict.grade);
    let reason = StoredValue::new(verdict.reason);
    view! {
        <li class="finding" data-severity=severity>
            <span class="finding-mark">{move || words::standing(text.now(), grade)}</span>
            <p class="finding-what">{move || words::part(text.now(), part)}</p>
            <p class="finding-advice">
                {move || reason.with_value(|reason| words::reason(text.now(), part, reason))}
            </p>
        </li>
    }
}
