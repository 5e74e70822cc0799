//! The user's languages, and choices stored on an earlier visit: language, theme, and whether video fills its
//! tile.

use leptos::prelude::window;

const LANGUAGE: &str = "confab.language";
const THEME: &str = "confab.theme";
const FILL: &str = "confab.pictures";

/// Language tags in order of preference: the user's choice, then the browser's list.
pub fn languages() -> Vec<String> {
    let browsers = window().navigator().languages();
    kept(LANGUAGE)
        .into_iter()
        .chain(browsers.iter().filter_map(|tag| tag.as_string()))
        .collect()
}

/// The browser's own tag for a language, with its region (`en-GB` for `en`), or the tag itself.
pub fn region(tag: &str) -> String {
    let language = |tag: &str| tag.split('-').next().map(str::to_ascii_lowercase);
    let browsers = window().navigator().languages();
    let regional = browsers
        .iter()
        .filter_map(|own| own.as_string())
        .find(|own| language(own) == language(tag));
    regional.unwrap_or_else(|| tag.to_owned())
}

/// Stores the chosen language for the next visit, if the browser allows it.
pub fn keep_language(tag: &str) {
    keep(LANGUAGE, Some(tag));
}

/// Name of the chosen theme; `None` follows the system.
pub fn theme() -> Option<String> {
    kept(THEME)
}

/// Stores the chosen theme for the next visit, if the browser allows it; `None` follows the system.
pub fn keep_theme(name: Option<&str>) {
    keep(THEME, name);
}

/// Whether video fills its tile, even if that crops it.
pub fn fills() -> bool {
    kept(FILL).is_some()
}

/// Stores whether video fills its tile, if the browser allows it.
pub fn keep_fills(fills: bool) {
    keep(FILL, fills.then_some("fill"));
}

fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

fn keep(key: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        // If storage is full or blocked, the user only has to choose again on the next visit.
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
