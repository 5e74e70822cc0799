//! What the browser knows of the user's language, and what the user chose on an earlier visit: language, theme, and how pictures lie in
//! their tiles.

use leptos::prelude::window;

const LANGUAGE: &str = "confab.language";
const THEME: &str = "confab.theme";
const FILL: &str = "confab.pictures";

/// Language tags, the most wanted first: the user's choice, then the browser's list.
pub fn languages() -> Vec<String> {
    let browsers = window().navigator().languages();
    kept(LANGUAGE)
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
    keep(LANGUAGE, Some(tag));
}

/// The name of the theme that the user chose; none when the system's shall rule.
pub fn theme() -> Option<String> {
    kept(THEME)
}

/// Keeps the choice of a theme for the next visit, where the browser allows it.
pub fn keep_theme(name: Option<&str>) {
    keep(THEME, name);
}

/// Whether the user wants pictures to fill their tiles, even if that cuts something off.
pub fn fills() -> bool {
    kept(FILL).is_some()
}

/// Keeps that choice for the next visit, where the browser allows it.
pub fn keep_fills(fills: bool) {
    keep(FILL, fills.then_some("fill"));
}

fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

fn keep(key: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs the user one click on the next visit, and nothing now.
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
