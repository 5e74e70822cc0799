//! The path that the app's addresses stand under: what the server writes into the page's `<base>`.

use web_sys::window;

/// The path, without the slash at its end; empty where the app has its host to itself.
pub fn base_path() -> String {
    let base = window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector("base").ok().flatten())
        .and_then(|base| base.get_attribute("href"));
    let path = base.filter(|path| path.starts_with('/')).unwrap_or_default();
    path.trim_end_matches('/').to_owned()
}
