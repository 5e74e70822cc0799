//! Notices that the server has another version of the app by now, whose chunks do not fit this page.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlLinkElement, RequestCache, RequestInit, Response, Storage};

/// The version that was reloaded last, so that a server that stays broken does not cause reloads without an end.
const RELOADED: &str = "confab.reloaded";
const GONE: u16 = 404;

/// Reloads the page if the server no longer has the files of its version, once per version. Returns whether it did.
pub async fn reload_if_replaced() -> bool {
    let Some(script) = own_script() else {
        return false;
    };
    let storage = window().session_storage().ok().flatten();
    let last = storage
        .as_ref()
        .and_then(|storage| storage.get_item(RELOADED).ok().flatten());
    if last.as_ref() == Some(&script) || !is_gone(&script).await {
        return false;
    }
    // Without a note of it, the page is not reloaded: it could go on for ever.
    storage.is_some_and(|storage| reload(&storage, &script))
}

fn reload(storage: &Storage, script: &str) -> bool {
    storage.set_item(RELOADED, script).is_ok() && window().location().reload().is_ok()
}

/// The address of this page's own script, which has the version in its name.
fn own_script() -> Option<String> {
    let link = document()
        .query_selector("link[rel=modulepreload]")
        .ok()
        .flatten()?;
    Some(link.dyn_into::<HtmlLinkElement>().ok()?.href())
}

async fn is_gone(address: &str) -> bool {
    let options = RequestInit::new();
    options.set_method("HEAD");
    options.set_cache(RequestCache::NoStore);
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &options)).await;
    answer.is_ok_and(|answer| answer.unchecked_into::<Response>().status() == GONE)
}
