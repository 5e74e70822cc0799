//! The check of the STUN and TURN servers: each server separately, and the findings.

use call_core::{CheckState, LabIntent, ProbeView, ServerRole};
use leptos::prelude::*;

use super::findings::Findings;
use crate::components::common::Icon;
use crate::text::{fill, finding, use_text};
use crate::views::{use_dispatch, use_lab};

/// The check, with its progress and its results.
#[component]
pub fn Servers() -> impl IntoView {
    let (text, lab, dispatch) = (use_text(), use_lab(), use_dispatch());
    let state = Memo::new(move |_| lab.with(|lab| lab.check.state));
    let signed_out = Memo::new(move |_| lab.with(|lab| lab.signed_out));
    let busy = move || matches!(state.get(), CheckState::Asking | CheckState::Probing);
    let count = Memo::new(move |_| {
        lab.with(|lab| {
            let servers = &lab.check.servers;
            let done = servers.iter().filter(|probe| probe.outcome.is_some()).count();
            (done, servers.len())
        })
    });
    let status = move || {
        let t = text.now();
        match state.get() {
            CheckState::Idle | CheckState::SignInFirst => String::new(),
            CheckState::Asking => t.servers_asking.to_owned(),
            CheckState::Unavailable => t.servers_unavailable.to_owned(),
            CheckState::Probing => {
                let (done, count) = count.get();
                let (done, count) = (done.to_string(), count.to_string());
                fill(t.servers_probing, &[("done", &done), ("count", &count)])
            }
            CheckState::Done => t.servers_done.to_owned(),
        }
    };
    view! {
        <section class="lab-part" aria-labelledby="servers-title">
            <h2 id="servers-title">{text.of(|t| t.servers_title)}</h2>
            <p class="lab-hint">{text.of(|t| t.servers_intro)}</p>
            <Show
                when=move || signed_out.get()
                fallback=move || {
                    view! {
                        <div class="lab-controls">
                            <button
                                type="button"
                                class="button is-main"
                                disabled=busy
                                on:click=move |_| dispatch.send(LabIntent::CheckServers)
                            >
                                {Icon::AGAIN.into_render()}
                                {text.of(|t| t.servers_check)}
                            </button>
                        </div>
                    }
                }
            >
                <div class="lab-controls">
                    <p>{text.of(|t| t.servers_sign_in)}</p>
                    <button type="button" class="button" on:click=move |_| dispatch.send(LabIntent::Close)>
                        {text.of(|t| t.sign_in)}
                    </button>
                </div>
            </Show>
            <p class="lab-hint" role="status" aria-busy=move || busy().to_string()>{status}</p>
            <Findings />
            <Show when=move || count.get().1 != 0>
                <Table />
            </Show>
        </section>
    }
}

/// One row per server and transport.
#[component]
fn Table() -> impl IntoView {
    let (text, lab) = (use_text(), use_lab());
    let servers = Memo::new(move |_| lab.with(|lab| lab.check.servers.clone()));
    view! {
        <div class="servers-box" tabindex="0" role="group" aria-label=text.of(|t| t.servers)>
            <table class="servers" aria-label=text.of(|t| t.servers)>
                <thead>
                    <tr>
                        <th scope="col">{text.of(|t| t.server_column)}</th>
                        <th scope="col">{text.of(|t| t.transport_column)}</th>
                        <th scope="col">{text.of(|t| t.result_column)}</th>
                        <th scope="col">{text.of(|t| t.time_column)}</th>
                    </tr>
                </thead>
                <tbody>{move || servers.with(|servers| servers.iter().map(row).collect_view())}</tbody>
            </table>
        </div>
    }
}

fn row(probe: &ProbeView) -> impl IntoView + use<> {
    let text = use_text();
    let role = match probe.server.role {
        ServerRole::Stun => "STUN",
        ServerRole::Turn => "TURN",
    };
    let outcome = probe.outcome;
    let mark = match outcome {
        None => "running",
        Some(outcome) if outcome.works() => "good",
        Some(_) => "problem",
    };
    let errors = probe.errors.iter();
    let errors: Vec<String> = errors
        .map(|error| format!("{} {}", error.code, error.text))
        .collect();
    view! {
        <tr data-outcome=mark>
            <th scope="row">{probe.server.place()}</th>
            <td>{format!("{role}, {}", finding::transport(probe.server.transport))}</td>
            <td>
                {move || finding::outcome(text.now(), outcome)}
                {errors.into_iter().map(|error| view! { <small lang="en">{error}</small> }).collect_view()}
            </td>
            <td class="servers-time">{move || finding::time(text.now(), outcome)}</td>
        </tr>
    }
}
