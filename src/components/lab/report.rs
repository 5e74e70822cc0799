//! The report of all results, to be copied or saved.

use call_core::LabView;
use leptos::prelude::*;

use crate::components::common::{Icon, full_time};
use crate::text::{Text, report, use_text};
use crate::views::{browser_name, copy, now, save, use_lab};

/// The result of copying.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copying {
    Idle,
    Done,
    Failed,
}

/// The two buttons, with an introduction.
#[component]
pub fn Report() -> impl IntoView {
    let (text, lab) = (use_text(), use_lab());
    view! {
        <section class="lab-part" aria-labelledby="report-title">
            <h2 id="report-title">{text.of(|t| t.report_title)}</h2>
            <p class="lab-hint">{text.of(|t| t.report_intro)}</p>
            <div class="lab-controls">
                <CopyReport />
                <button
                    type="button"
                    class="button"
                    on:click=move |_| save("confab-report.txt", &words(text, lab))
                >
                    {Icon::SAVE.into_render()}
                    {text.of(|t| t.report_save)}
                </button>
            </div>
        </section>
    }
}

/// Copies the report, and shows whether that succeeded.
#[component]
pub fn CopyReport() -> impl IntoView {
    let (text, lab) = (use_text(), use_lab());
    let state = RwSignal::new(Copying::Idle);
    let told = move || match state.get() {
        Copying::Idle => None,
        Copying::Done => Some(text.now().report_copied),
        Copying::Failed => Some(text.now().report_copy_failed),
    };
    view! {
        <button
            type="button"
            class="button"
            on:click=move |_| {
                state.set(if copy(&words(text, lab)) { Copying::Done } else { Copying::Failed });
            }
        >
            {move || if state.get() == Copying::Done { Icon::DONE } else { Icon::COPY }.into_render()}
            {text.of(|t| t.report_copy)}
        </button>
        <span class="lab-hint" role="status">{told}</span>
    }
}

/// The current report, in the current language.
fn words(text: Text, lab: ReadSignal<LabView>) -> String {
    let time = full_time(text.now_untracked().language, now()).unwrap_or_default();
    let head = [time, browser_name()];
    lab.with_untracked(|lab| report::report(text.now_untracked(), lab, &head))
}
