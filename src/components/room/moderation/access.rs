//! The room's passes and bans, for its moderators: links that admit people, and people who may not join.

use call_core::ModerationAction;
use leptos::html::{Input, Select};
use leptos::prelude::*;
use protocol::UnixMillis;

use crate::components::common::clock_time;
use crate::text::{Texts, fill, moderation, use_text};
use crate::views::{before_path, copy, use_dispatch, use_moderation};

type Pick = fn(&'static Texts) -> &'static str;

/// Choices of how long a link is valid, in minutes.
const LASTS: [(u32, Pick); 3] = [
    (60, |t| t.lasts_hour),
    (24 * 60, |t| t.lasts_day),
    (7 * 24 * 60, |t| t.lasts_week),
];

/// The lists of passes and bans.
#[component]
pub fn AccessLists() -> impl IntoView {
    let (text, known) = (use_text(), use_moderation());
    let passes = Memo::new(move |_| known.with(|known| known.passes.clone()));
    let bans = Memo::new(move |_| known.with(|known| known.bans.clone()));
    view! {
        <section class="rules-list" aria-labelledby="passes-title">
            <h3 id="passes-title">{text.of(|t| t.passes)}</h3>
            <NewPass />
            <ul>
                <For each=move || passes.get() key=|pass| pass.id let:pass>
                    <Entry
                        words=|t| t.pass_entry
                        name=pass.by.to_string()
                        guest=false
                        until=pass.until
                        label=|t| t.revoke
                        act=ModerationAction::RevokePass(pass.id)
                    />
                </For>
            </ul>
        </section>
        <section class="rules-list" aria-labelledby="bans-title" hidden=move || bans.with(Vec::is_empty)>
            <h3 id="bans-title">{text.of(|t| t.bans)}</h3>
            <ul>
                <For each=move || bans.get() key=|ban| (ban.name.to_string(), ban.guest) let:ban>
                    <Entry
                        words=|t| t.ban_entry
                        name=ban.name.to_string()
                        guest=ban.guest
                        until=ban.until
                        label=|t| t.lift_ban
                        act=ModerationAction::LiftBan(ban.name.clone())
                    />
                </For>
            </ul>
        </section>
    }
}

/// Creates a link, and shows it only this once.
#[component]
fn NewPass() -> impl IntoView {
    let (text, known, dispatch) = (use_text(), use_moderation(), use_dispatch());
    let (lasts, field) = (NodeRef::<Select>::new(), NodeRef::<Input>::new());
    let link = Memo::new(move |_| known.with(|known| known.link.as_ref().map(|path| before_path() + path)));
    let copied = RwSignal::new(false);
    let make = move |_| {
        let chosen = lasts
            .get_untracked()
            .and_then(|select| select.value().parse().ok());
        copied.set(false);
        dispatch.send(ModerationAction::CreatePass(chosen.unwrap_or(LASTS[0].0)));
    };
    let take = move |_| {
        let done = link.with_untracked(|link| link.as_deref().is_some_and(copy));
        copied.set(done);
        if let Some(field) = field.get_untracked().filter(|_| !done) {
            // For copying by hand.
            field.select();
        }
    };
    view! {
        <div class="rules-make">
            <label>
                {text.of(|t| t.pass_lasts)}
                <select node_ref=lasts>
                    {LASTS
                        .map(|(minutes, words)| view! { <option value=minutes.to_string()>{text.of(words)}</option> })
                        .collect_view()}
                </select>
            </label>
            <button type="button" class="button is-accent" on:click=make>{text.of(|t| t.create_pass)}</button>
        </div>
        <Show when=move || link.with(Option::is_some)>
            <div class="rules-link">
                <input
                    node_ref=field
                    readonly
                    aria-label=text.of(|t| t.pass_link)
                    prop:value=move || link.get().unwrap_or_default()
                />
                <button type="button" class="button" on:click=take>
                    {move || if copied.get() { text.now().link_copied } else { text.now().copy_pass }}
                </button>
            </div>
        </Show>
    }
}

/// One pass or ban, with the button that ends it.
#[component]
fn Entry(
    words: Pick,
    name: String,
    guest: bool,
    until: UnixMillis,
    label: Pick,
    act: ModerationAction,
) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    let told = Signal::derive(move || {
        // If the browser fails to format the time, the rest of the line is shown without it.
        let time = clock_time(text.now().language, until).unwrap_or_default();
        let name = moderation::named(text.now(), &name, guest);
        fill(words(text.now()), &[("name", &name), ("time", &time)])
    });
    view! {
        <li>
            <span>{told}</span>
            <button
                type="button"
                class="button"
                aria-label=move || format!("{}: {}", label(text.now()), told.get())
                on:click=move |_| dispatch.send(act.clone())
            >
                {text.of(label)}
            </button>
        </li>
    }
}
