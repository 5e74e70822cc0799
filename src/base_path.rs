//! The path under which the app is served: the server writes it into the page's `<base>`.

use web_sys::window;

/// Returns the path without its trailing slash; empty when the app is served at the root.
pub fn base_path() -> String {
    let base = window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector("base").ok().flatten())
        .and_then(|base| base.get_attribute("href"));
    let path = base.filter(|path| path.starts_with('/')).unwrap_or_default();
    path.trim_end_matches('/').to_owned()
}
