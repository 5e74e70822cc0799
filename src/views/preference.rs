//! What the browser knows of the user's language, and what the user chose on an earlier visit.

use leptos::prelude::window;

const LANGUAGE: &str = "confab.language";

/// Language tags, the most wanted first: the user's choice, then the browser's list.
pub fn languages() -> Vec<String> {
    let chosen = storage().and_then(|storage| storage.get_item(LANGUAGE).ok().flatten());
    let browsers = window().navigator().languages();
    chosen
        .into_iter()
        .chain(browsers.iter().filter_map(|tag| tag.as_string()))
        .collect()
}

/// The browser's own tag for a language, which tells the region too (`en-GB` for `en`), or the tag itself.
pub fn region(tag: &str) -> String {
    let language = |tag: &str| tag.split('-').next().map(str::to_ascii_lowercase);
    let browsers = window().navigator().languages();
    let regional = browsers
        .iter()
        .filter_map(|own| own.as_string())
        .find(|own| language(own) == language(tag));
    regional.unwrap_or_else(|| tag.to_owned())
}

/// Keeps the choice of a language for the next visit, where the browser allows it.
pub fn keep_language(tag: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs the user one click on the next visit, and nothing now.
        let _ = storage.set_item(LANGUAGE, tag);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
