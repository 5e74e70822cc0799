//! Wires core, shell and views together: views of the loop become signals, intents go to the loop, and
//! streams come from the shell.
//!
//! The loop is owned by the reactive owner of the mounted app: unmounting drops it, and with it every browser
//! resource that the app holds.

use std::cell::OnceCell;
use std::rc::Rc;

use call_core::{Event, Intent, PageEvent, View};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use protocol::UserName;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::components::App;
use crate::platform::preference;
use crate::shell::{CrashWords, Runner, ServerAddress, Shell, install_crash_page};
use crate::text::{Language, Texts, fill};
use crate::views::{Dispatch, Painted, Streams, ViewSignals};

/// Mounts the app for the lifetime of the page, in place of the first paint of `index.html`.
pub fn mount() {
    install_crash_page(|| CrashWords {
        title: texts().crashed,
        reload: texts().reload,
        copy: texts().copy_details,
        copied: texts().details_copied,
    });
    spawn_local(async {
        let server = ServerAddress::configured().await;
        let painted = document()
            .get_element_by_id("app")
            .and_then(|place| place.dyn_into().ok());
        let Some(place) = painted.or_else(|| document().body()) else {
            return;
        };
        mount_in(place, server).forget();
    });
}

/// Mounts the app in an element, replacing its content, until the handle is dropped.
pub fn mount_in(place: HtmlElement, server: ServerAddress) -> UnmountHandle<impl Mountable> {
    let painted = Painted::read(&place);
    place.set_inner_html("");
    mount_to(place, move || {
        painted.provide();
        start(server);
        view! { <App /> }
    })
}

/// Creates the loop and the contexts that components need, and sends the first events.
fn start(server: ServerAddress) {
    let signals = ViewSignals::provide();
    let first = Rc::new(OnceCell::new());
    let told = Rc::clone(&first);
    let runner = Runner::new(
        move |view: &View| signals.show(view),
        move |report| {
            let mut shell = Shell::new(server, invitation_words, &report);
            Streams::provide(shell.streams());
            let _ = told.set(shell.startup());
            move |effect| shell.execute(effect)
        },
    );
    let begin = runner.clone();
    Dispatch::provide(move |intent: Intent| runner.input(intent));
    if let Some(startup) = first.get() {
        begin.input(Event::Page(PageEvent::Started(Box::new(startup.clone()))));
    }
    begin.input(Event::Page(PageEvent::Focused(Shell::page_is_focused())));
    if Shell::page_is_hidden() {
        begin.input(Event::Page(PageEvent::Hidden(true)));
    }
}

/// Title of the desktop notification about an invitation.
fn invitation_words(from: &UserName) -> String {
    fill(texts().invitation_title_one, &[("name", from.as_str())])
}

/// The texts in the user's language, for use outside the components.
fn texts() -> &'static Texts {
    let language = preference::languages()
        .iter()
        .find_map(|tag| Language::of_tag(tag));
    language.unwrap_or_default().texts()
}
