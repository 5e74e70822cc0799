//! The ways to the labs. In a room they open another tab, so that no call ends.

use call_core::{Lab, LabIntent};
use leptos::prelude::*;

use crate::base_path::base_path;
use crate::text::{EarlyTexts, Texts, use_early_text, use_text};
use crate::views::use_dispatch;

/// One button per lab.
#[component]
pub fn WaysToLabs() -> impl IntoView {
    let (text, dispatch) = (use_early_text(), use_dispatch());
    let way = move |lab: Lab, label: fn(&'static EarlyTexts) -> &'static str| {
        view! {
            <button
                type="button"
                class="button is-quiet"
                on:click=move |_| dispatch.send(LabIntent::Open(lab))
            >
                {text.of(label)}
            </button>
        }
    };
    view! {
        <div class="ways-to-labs">
            {way(Lab::SetUp, |t| t.lab_set_up)}
            {way(Lab::Connection, |t| t.lab_connection)}
        </div>
    }
}

/// One link per lab, which opens in a new tab.
#[component]
pub fn LinksToLabs() -> impl IntoView {
    let text = use_text();
    let link = move |lab: Lab, label: fn(&'static Texts) -> &'static str| {
        view! {
            <a class="button is-quiet" href=base_path() + lab.path() target="_blank">
                {text.of(label)}
                <span class="out-of-sight">{text.of(|t| t.in_new_tab)}</span>
            </a>
        }
    };
    view! {
        {link(Lab::SetUp, |t| t.lab_set_up)}
        {link(Lab::Connection, |t| t.lab_connection)}
    }
}
