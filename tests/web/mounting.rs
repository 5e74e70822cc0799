//! The mounted app, and what is left when it is unmounted.

use call_core::{Effect, Ringing};
use confab::app::mount_in;
use confab::shell::{CrashWords, ServerAddress, show_crash_page};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::probe;
use crate::support::{hands, turn, until};

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
async fn the_app_takes_the_place_of_the_first_paint_and_leaves_nothing_when_it_goes() {
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

    let app = mount_in(place.clone(), ServerAddress::same_origin());
    assert!(place.query_selector("#painted").expect("a selector").is_none());
    until("the door is shown", || {
        place.query_selector("form").expect("a selector").is_some()
    })
    .await;
    drop(app);
    assert!(place.query_selector("form").expect("a selector").is_none());

    // What the page tells after that has nobody to go to, and disturbs nobody.
    let window = web_sys::window().expect("a window");
    for name in ["popstate", "online", "pagehide"] {
        window
            .dispatch_event(&web_sys::Event::new(name).expect("an event"))
            .expect("told");
    }
    turn().await;
    place.remove();
}

#[wasm_bindgen_test]
fn a_crash_says_what_to_do_and_what_to_report_and_the_first_one_stays() {
    let place = element();
    place.set_inner_html("<video></video>");
    let words = CrashWords {
        title: "It broke.",
        reload: "Load anew",
    };
    show_crash_page(&place, words, "panicked at <first>");
    show_crash_page(&place, words, "panicked at <second>");
    assert_eq!(
        place.text_content().as_deref(),
        Some("It broke.Load anewpanicked at <first>")
    );
    let link = place.query_selector("a").expect("a selector").expect("a link");
    assert_eq!(
        link.get_attribute("href"),
        web_sys::window().expect("a window").location().href().ok()
    );
}

#[wasm_bindgen_test]
async fn a_tone_holds_the_audio_device_only_while_it_sounds() {
    let (mut hands, _) = hands();
    hands.execute(Effect::Ring(Ringing::Incoming));
    assert_eq!(probe::sounds(), 1);
    hands.execute(Effect::Ring(Ringing::Outgoing));
    until("the first is silent", || probe::sounds() == 1).await;
    hands.execute(Effect::Ring(Ringing::Silent));
    until("both are silent", || probe::sounds() == 0).await;
    hands.execute(Effect::Ring(Ringing::Incoming));
    drop(hands);
    until("nobody is left to ring", || probe::sounds() == 0).await;
}
