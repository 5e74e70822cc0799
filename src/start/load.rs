//! Loads the core and the texts, however often it takes.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use call_core::Intent;
use gloo_timers::future::sleep;
use leptos::prelude::*;

use super::core::{begin, load_core};
use super::outdated::reload_if_replaced;
use super::styles::load_styles;
use crate::chunks::{started, when_ready};
use crate::shell::ServerAddress;
use crate::text::{EarlyText, Language, Texts, load_texts};
use crate::views::{Dispatch, ViewSignals};

/// The pause before the first retry, and the longest (chosen): a user who sees the form waits for it.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(15)];

/// What the core needs to start.
pub(super) struct Start {
    pub(super) text: EarlyText,
    pub(super) signals: ViewSignals,
    pub(super) dispatch: Dispatch,
    /// What the user did meanwhile.
    pub(super) intents: Rc<RefCell<Vec<Intent>>>,
    /// Owns the contexts that the core adds.
    pub(super) owner: Owner,
    pub(super) server: Option<ServerAddress>,
}

impl Start {
    /// Whether the app was unmounted meanwhile.
    pub(super) fn is_over(&self) -> bool {
        self.signals.are_gone()
    }
}

/// Starts the core: at once, if it is there.
pub(super) fn load(start: Start) {
    when_ready(run(start), drop);
}

async fn run(start: Start) {
    let [mut pause, longest] = PAUSES;
    let texts = loop {
        let loaded = everything(start.text.language_untracked()).await;
        if start.is_over() {
            return;
        }
        if let Some(texts) = loaded {
            break texts;
        }
        if reload_if_replaced().await || start.is_over() {
            return;
        }
        start.signals.show_load_failure();
        sleep(pause).await;
        if start.is_over() {
            return;
        }
        pause = longest.min(pause * 2);
    };
    if let Ok(running) = begin(start, texts).await {
        running.await;
    }
}

/// Loads the core, the texts and the styles, side by side.
async fn everything(language: Language) -> Option<&'static Texts> {
    let (texts, styles) = (started(load_texts(language)), started(load_styles()));
    load_core().await.ok()?;
    let applied = styles.await;
    texts.await.ok().filter(|_| applied)
}
