//! The chunk of the core: the loop, the shell, and what the components of later chunks need.

use std::cell::OnceCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use call_core::{Event, Intent, PageEvent, View};
use protocol::UserName;

use super::load::Start;
use crate::chunks::chunk;
use crate::components::CorePages;
use crate::shell::{Runner, ServerAddress, Shell};
use crate::text::{Text, Texts, fill};
use crate::views::Streams;

chunk! {
    /// Starts the core, once it is known where the server is.
    core, load_core, fn begin(start: Start, texts: &'static Texts) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(run(start, texts))
    }
}

async fn run(start: Start, texts: &'static Texts) {
    let server = match start.server.clone() {
        Some(server) => server,
        None => ServerAddress::configured().await,
    };
    if start.is_over() {
        return;
    }
    let text = start.owner.with(|| {
        CorePages::provide();
        Text::provide(texts, start.text)
    });
    let words = move |from: &UserName| {
        fill(
            text.now_untracked().invitation_title_one,
            &[("name", from.as_str())],
        )
    };
    let first = Rc::new(OnceCell::new());
    let told = Rc::clone(&first);
    let signals = start.signals;
    let runner = Runner::new(
        move |view: &View| signals.show(view),
        |report| {
            let mut shell = Shell::new(server, Box::new(words), &report);
            start.owner.with(|| Streams::provide(shell.streams()));
            let _ = told.set(shell.startup());
            move |effect| shell.execute(effect)
        },
    );
    if let Some(startup) = first.get() {
        runner.input(Event::Page(PageEvent::Started(Box::new(startup.clone()))));
    }
    runner.input(Event::Page(PageEvent::Focused(Shell::page_is_focused())));
    runner.input(Event::Page(PageEvent::SeenOutside(Shell::videos_seen_outside())));
    if Shell::page_is_hidden() {
        runner.input(Event::Page(PageEvent::Hidden(true)));
    }
    for intent in start.intents.take() {
        runner.input(intent);
    }
    start
        .dispatch
        .redirect(move |intent: Intent| runner.input(intent));
}
