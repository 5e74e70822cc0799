//! The styles of all pages but the first: a file of their own, which the build puts into the page as a link that
//! browsers do not follow (`crates/bundle/src/page.rs`).

use js_sys::Promise;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlLinkElement;

const LATE: &str = "late-stylesheet";

/// Loads the styles; returns whether they apply. Where the build has them in the page already, they do.
pub(super) async fn load_styles() -> bool {
    let link = document()
        .query_selector("link[rel=late-stylesheet]")
        .ok()
        .flatten();
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlLinkElement>().ok()) else {
        return true;
    };
    let loaded = Promise::new(&mut |loaded, failed| {
        link.set_onload(Some(&loaded));
        link.set_onerror(Some(&failed));
        link.set_rel("stylesheet");
    });
    let applies = JsFuture::from(loaded).await.is_ok();
    if !applies {
        // For the next attempt.
        link.set_rel(LATE);
    }
    applies
}
