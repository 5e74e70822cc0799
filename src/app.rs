//! Wires core, shell and views together: views of the loop become signals, intents go to the loop, and
//! streams come from the shell.
//!
//! The first chunk mounts the components with the sign-in page; then the rest is loaded (`start/`), and the loop
//! starts. It is owned by the reactive owner of the mounted app: unmounting drops it, and with it every browser
//! resource that the app holds.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::components::App;
use crate::shell::{CrashWords, ServerAddress, install_crash_page};
use crate::start::start;
use crate::text::early_texts;
use crate::views::Painted;

/// Mounts the app for the lifetime of the page, in place of the first paint of `index.html`.
pub fn mount() {
    install_crash_page(|| {
        let t = early_texts();
        CrashWords {
            title: t.crashed,
            reload: t.reload,
            copy: t.copy_details,
            copied: t.details_copied,
        }
    });
    let painted = document()
        .get_element_by_id("app")
        .and_then(|place| place.dyn_into().ok());
    if let Some(place) = painted.or_else(|| document().body()) {
        mount_in(place, None).forget();
    }
}

/// Mounts the app in an element, replacing its content, until the handle is dropped. Without a server, the one that
/// `config.json` names.
pub fn mount_in(place: HtmlElement, server: Option<ServerAddress>) -> UnmountHandle<impl Mountable> {
    let painted = Painted::read(&place);
    place.set_inner_html("");
    mount_to(place, move || {
        painted.provide();
        start(server);
        view! { <App /> }
    })
}
