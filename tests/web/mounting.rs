//! The mounted app, and cleaning up when it is unmounted.

use call_core::{AlertOrder, Effect, Ringing};
use confab::app::mount_in;
use confab::shell::{CrashWords, ServerAddress, show_crash_page};
use js_sys::eval;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::probe;
use crate::support::{shell, turn, until};

fn element() -> HtmlElement {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a document");
    document
        .create_element("div")
        .expect("an element")
        .unchecked_into()
}

#[wasm_bindgen_test]
async fn mount_replaces_first_paint_and_unmount_cleans_up() {
    probe::begin();
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a document");
    let place: HtmlElement = document
        .create_element("div")
        .expect("an element")
        .unchecked_into();
    place.set_inner_html("<p id='painted'>painted</p>");
    document
        .body()
        .expect("a body")
        .append_child(&place)
        .expect("put in");

    let app = mount_in(place.clone(), Some(ServerAddress::same_origin()));
    assert!(place.query_selector("#painted").expect("a selector").is_none());
    until("the sign-in form", || {
        place.query_selector("form").expect("a selector").is_some()
    })
    .await;
    drop(app);
    assert!(place.query_selector("form").expect("a selector").is_none());

    // Later events of the page must be harmless.
    let window = web_sys::window().expect("a window");
    for name in ["popstate", "online", "pagehide"] {
        window
            .dispatch_event(&web_sys::Event::new(name).expect("an event"))
            .expect("dispatched");
    }
    turn().await;
    place.remove();
}

#[wasm_bindgen_test]
fn crash_page_shows_first_panic() {
    let place = element();
    place.set_inner_html("<video></video>");
    let words = CrashWords {
        title: "It broke.",
        reload: "Reload",
        copy: "Copy details",
        copied: "Details copied",
    };
    show_crash_page(&place, words, "panicked at <first>");
    show_crash_page(&place, words, "panicked at <second>");
    let told = place.text_content().expect("words");
    assert!(
        told.starts_with("It broke.ReloadCopy detailspanicked at <first>\n\nConfab "),
        "{told}"
    );
    let window = web_sys::window().expect("a window");
    let browser = window.navigator().user_agent().expect("a name");
    assert!(told.ends_with(&browser), "{told}");
    let link = place.query_selector("a").expect("a selector").expect("a link");
    assert_eq!(link.get_attribute("href"), window.location().href().ok());
}

/// The page's own script for the button, from `index.html`.
fn crash_script() -> &'static str {
    let scripts = include_str!("../../index.html").split("<script>").skip(1);
    let mut scripts = scripts.filter_map(|script| script.split("</script>").next());
    scripts
        .find(|script| script.contains("#crash"))
        .expect("a script")
}

#[wasm_bindgen_test]
fn crash_details_are_copied_without_app() {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a document");
    let place = element();
    document
        .body()
        .expect("a body")
        .append_child(&place)
        .expect("put in");
    let words = CrashWords {
        title: "It broke.",
        reload: "Reload",
        copy: "Copy details",
        copied: "Details copied",
    };
    show_crash_page(&place, words, "panicked at <first>");
    eval(crash_script()).expect("the script runs");
    // Without a user gesture the browser copies nothing; it would copy the selection.
    eval("window.copied = []; document.execCommand = (order) => copied.push([order, `${getSelection()}`])")
        .expect("replaced");
    let find = |selector: &str| -> HtmlElement {
        let found = place.query_selector(selector).expect("a selector");
        found.expect("an element").unchecked_into()
    };
    find("h1").click();
    let button = find("button");
    button.click();
    let copied = eval("JSON.stringify(copied); ").expect("a list");
    eval("delete document.execCommand; delete window.copied").expect("put back");
    let details = find("pre").text_content().expect("details");
    assert_eq!(
        copied.as_string(),
        Some(serde_json::json!([["copy", details]]).to_string())
    );
    assert_eq!(button.text_content().as_deref(), Some("Details copied"));
    place.remove();
}

#[wasm_bindgen_test]
async fn tone_releases_audio_device() {
    let (mut shell, _) = shell();
    shell.execute(Effect::Alert(AlertOrder::Ring(Ringing::Incoming)));
    assert_eq!(probe::sounds(), 1);
    shell.execute(Effect::Alert(AlertOrder::Ring(Ringing::Outgoing)));
    until("the first tone to stop", || probe::sounds() == 1).await;
    shell.execute(Effect::Alert(AlertOrder::Ring(Ringing::Silent)));
    until("both tones to stop", || probe::sounds() == 0).await;
    shell.execute(Effect::Alert(AlertOrder::Ring(Ringing::Incoming)));
    drop(shell);
    until("the tone to stop", || probe::sounds() == 0).await;
}

#[wasm_bindgen_test]
async fn text_typed_before_start_is_kept() {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a page");
    let place: HtmlElement = document
        .create_element("div")
        .expect("an element")
        .unchecked_into();
    document
        .body()
        .expect("a body")
        .append_child(&place)
        .expect("put in");
    let (_, rest) = include_str!("../../index.html")
        .split_once("<div id=\"app\">")
        .expect("the first paint");
    place.set_inner_html(rest.split_once("</body>").expect("its end").0);
    let input = |selector: &str| -> HtmlInputElement {
        let found = place.query_selector(selector).expect("a selector");
        found.expect("a field").unchecked_into()
    };
    for (field, text) in [("name", "Ann"), ("password", "open sesame"), ("room", "tea")] {
        let painted = input(&format!("#painted-{field}"));
        assert!(!painted.disabled(), "the field accepts input");
        painted.set_value(text);
    }
    input("#painted-password").focus().expect("focused");

    let server = ServerAddress::parse("http://127.0.0.1:1").expect("an address");
    let app = mount_in(place.clone(), Some(server));
    until("the name in the app's form", || {
        let field = |selector: &str| place.query_selector(selector).expect("a selector");
        field("#username").is_some() && input("#username").value() == "Ann"
    })
    .await;
    assert_eq!(input("#password").value(), "open sesame");
    assert_eq!(input("#room").value(), "tea");
    until("the restored focus", || {
        document.active_element() == Some(input("#password").into())
    })
    .await;
    drop(app);
    place.remove();
}
