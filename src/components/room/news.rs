//! Announces changes in the call to screen readers: one polite region, which waits a moment, so that a
//! flickering connection is announced once or not at all.
//!
//! Events that have a notice (a peer hung up, a connection failed) are not announced here again.

use std::time::Duration;

use call_core::{TileState, TileView};
use leptos::prelude::*;
use protocol::ParticipantId;

use crate::text::{Texts, fill, use_text};
use crate::views::use_call;

/// How long a change must last to be announced (chosen).
const LASTS: Duration = Duration::from_secs(1);

/// The states of the connections at the last announcement.
type Told = Vec<(ParticipantId, TileState)>;

/// The region. It is emptied before each new sentence, so that an equal one is announced again.
#[component]
pub fn News() -> impl IntoView {
    let (text, call) = (use_text(), use_call());
    let words = RwSignal::new(String::new());
    let (told, waiting) = (StoredValue::new(Told::new()), StoredValue::new(false));
    let tell = move || {
        // The room, and the signals with it, may be gone.
        let Some(before) = told.try_get_value() else {
            return;
        };
        waiting.set_value(false);
        let (now, sentences) = call.with_untracked(|call| news(text.now_untracked(), &before, &call.tiles));
        told.set_value(now);
        words.set(sentences.join(" "));
    };
    let states = Memo::new(move |_| {
        call.with(|call| {
            call.tiles
                .iter()
                .map(|tile| (tile.peer, tile.state))
                .collect::<Told>()
        })
    });
    Effect::new(move |_| {
        let changed = states.with(|now| told.with_value(|told| now != told));
        if changed && !waiting.get_value() {
            waiting.set_value(true);
            words.set(String::new());
            set_timeout(tell, LASTS);
        }
    });
    // The room, and the signal with it, may be removed while the text changes.
    let shown = move || words.try_get().unwrap_or_default();
    view! { <p class="out-of-sight" role="status" data-news="">{shown}</p> }
}

/// The states to remember, and the sentences to announce.
fn news(t: &Texts, before: &Told, tiles: &[TileView]) -> (Told, Vec<String>) {
    let mut now = Told::new();
    let mut sentences = Vec::new();
    for tile in tiles {
        let before = before
            .iter()
            .find(|(peer, _)| *peer == tile.peer)
            .map(|(_, state)| *state);
        // A connection that has just started is no news; its outcome is.
        let state = if tile.state == TileState::Connecting {
            before
        } else {
            Some(tile.state)
        };
        if before != state {
            let sentence = match state {
                Some(TileState::Connected) if before.is_none() => Some(t.news_joined),
                Some(TileState::Connected) => Some(t.news_back),
                Some(TileState::Reconnecting) => Some(t.news_reconnecting),
                Some(TileState::Failed | TileState::Connecting) | None => None,
            };
            sentences.extend(sentence.map(|sentence| fill(sentence, &[("name", tile.name.as_str())])));
        }
        now.extend(state.map(|state| (tile.peer, state)));
    }
    (now, sentences)
}
