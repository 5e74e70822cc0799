//! The connection test: a call within the page with its trace, the servers one by one, and explanations.

use leptos::prelude::*;

use super::frame::Frame;
use super::loopback::Loopback;
use super::meanings::Meanings;
use super::report::Report;
use super::servers::Servers;
use super::trace::Trace;

/// The page of the connection test.
#[component]
pub fn Connection() -> impl IntoView {
    view! {
        <Frame title=|t| t.lab_connection intro=|t| t.lab_connection_intro>
            <div class="lab-loopback">
                <Loopback />
                <Trace />
            </div>
            <Servers />
            <Report />
            <Meanings />
        </Frame>
    }
}
