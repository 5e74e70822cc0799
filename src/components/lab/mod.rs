//! The labs: pages that test devices and connections, and the dialog about a failed connection.

mod connection;
mod end;
mod findings;
mod frame;
mod loopback;
mod meanings;
mod recording;
mod report;
mod servers;
mod set_up;
mod settings;
mod trace;
mod verdicts;
mod ways;
mod why;

use call_core::{Lab, PageView};
use leptos::prelude::*;

pub use ways::{LinksToLabs, WaysToLabs};
pub use why::Why;

use crate::views::use_page;

/// The page of the current lab.
#[component]
pub fn LabPage() -> impl IntoView {
    let page = use_page();
    let lab = Memo::new(move |last: Option<&Lab>| {
        if let PageView::Lab(lab) = page.get() {
            lab
        } else {
            // While the page changes, the last lab stays.
            last.copied().unwrap_or_default()
        }
    });
    move || match lab.get() {
        Lab::Connection => view! { <connection::Connection /> }.into_any(),
        Lab::SetUp => view! { <set_up::SetUp /> }.into_any(),
    }
}
