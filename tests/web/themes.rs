//! Choosing a light or dark theme.

use call_core::{PageView, View};
use leptos::prelude::{document, window};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::until;
use crate::test_app::{TestApp, in_room};

/// The theme of the page, and the one in storage.
fn theme() -> [Option<String>; 2] {
    let root = document().document_element().expect("a root");
    let items = window().local_storage().expect("allowed").expect("there");
    [
        root.get_attribute("data-theme"),
        items.get_item("confab.theme").expect("read"),
    ]
}

fn both(name: &str) -> [Option<String>; 2] {
    [Some(name.to_owned()), Some(name.to_owned())]
}

/// The two colours of the browser's bars, as in `index.html`, with the media that each applies to.
struct Bars;

impl Bars {
    fn put_in() -> Self {
        for of in ["light", "dark"] {
            let meta = document().create_element("meta").expect("an element");
            meta.set_attribute("data-theme-color", of).expect("set");
            document()
                .head()
                .expect("a head")
                .append_child(&meta)
                .expect("put in");
        }
        Self
    }

    fn media() -> [String; 2] {
        ["light", "dark"].map(|of| {
            let meta = document().query_selector(&format!("meta[data-theme-color={of}]"));
            let meta = meta.expect("a selector").expect("a meta");
            meta.get_attribute("media").unwrap_or_default()
        })
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        for of in ["light", "dark"] {
            let meta = document().query_selector(&format!("meta[data-theme-color={of}]"));
            if let Ok(Some(meta)) = meta {
                meta.remove();
            }
        }
    }
}

#[wasm_bindgen_test]
async fn chosen_theme_is_applied_and_kept() {
    let _bars = Bars::put_in();
    let door = View {
        page: PageView::Starting,
        ..View::default()
    };
    let app = TestApp::showing(door.clone());
    app.click("Theme: system");
    until("light", || theme() == both("light")).await;
    until("light bars", || Bars::media() == ["all", "not all"]).await;
    app.click("Theme: light");
    until("dark", || theme() == both("dark")).await;
    until("dark bars", || Bars::media() == ["not all", "all"]).await;
    drop(app);

    let app = TestApp::showing(in_room());
    app.opens("Menu", ".theme-switch").await;
    until("the dark theme on the next visit", || {
        app.button("Theme: dark").is_some() && theme() == both("dark")
    })
    .await;
    app.click("Theme: dark");
    until("the system's theme", || theme() == [None, None]).await;
    let system = ["light", "dark"].map(|of| format!("(prefers-color-scheme: {of})"));
    until("the system's bars", || Bars::media() == system).await;
}
