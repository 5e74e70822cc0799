//! Findings, as text that can be sent to others.

use call_core::{Finding, Severity};
use leptos::prelude::*;

use crate::text::{finding, use_text};
use crate::views::use_lab;

/// The findings of the last check, the most severe first.
#[component]
pub fn Findings() -> impl IntoView {
    let (text, lab) = (use_text(), use_lab());
    let findings = Memo::new(move |_| lab.with(|lab| lab.check.findings.clone()));
    view! {
        <ul
            class="findings"
            aria-label=text.of(|t| t.findings)
            hidden=move || findings.with(Vec::is_empty)
        >
            <For each=move || findings.get() key=|finding| finding.kind.clone() let:finding>
                <One finding=finding />
            </For>
        </ul>
    }
}

#[component]
fn One(finding: Finding) -> impl IntoView {
    let text = use_text();
    let kind = StoredValue::new(finding.kind);
    let severity = kind.with_value(call_core::FindingKind::severity);
    let name = match severity {
        Severity::Problem => "problem",
        Severity::Limit => "limit",
        Severity::Good => "good",
    };
    view! {
        <li class="finding" data-severity=name>
            <span class="finding-mark">{move || finding::severity(text.now(), severity)}</span>
            <p class="finding-what">{move || kind.with_value(|kind| finding::what(text.now(), kind))}</p>
            <p class="finding-advice">{move || kind.with_value(|kind| finding::advice(text.now(), kind))}</p>
        </li>
    }
}
