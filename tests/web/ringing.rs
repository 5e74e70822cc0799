//! The ring tone in a browser that blocks audio before a user gesture.

use call_core::{AlertOrder, Effect, Event, InvitationsView, Ringing};
use js_sys::eval;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{shell, until};
use crate::test_app::{TestApp, in_room};

/// A browser whose audio contexts wait for a gesture, until it is dropped.
struct Strict;

impl Strict {
    fn begin() -> Self {
        eval(
            "window.lax = [BaseAudioContext.prototype, AudioContext.prototype].map((of, at) => {
                const key = ['state', 'resume'][at];
                return { of, key, was: Object.getOwnPropertyDescriptor(of, key) };
            });
            window.allowed = new WeakSet();
            Object.defineProperty(BaseAudioContext.prototype, 'state', {
                configurable: true,
                get() { return allowed.has(this) ? 'running' : 'suspended'; },
            });
            AudioContext.prototype.resume = function () {
                allowed.add(this);
                this.dispatchEvent(new Event('statechange'));
                return Promise.resolve();
            };",
        )
        .expect("a strict browser");
        Self
    }
}

impl Drop for Strict {
    fn drop(&mut self) {
        eval("lax.forEach(({ of, key, was }) => Object.defineProperty(of, key, was))").expect("put back");
    }
}

fn muted(event: &Event) -> Option<bool> {
    match event {
        Event::RingMuted(muted) => Some(*muted),
        _ => None,
    }
}

fn gesture() {
    let event = web_sys::Event::new("pointerup").expect("an event");
    let window = web_sys::window().expect("a window");
    window.dispatch_event(&event).expect("dispatched");
}

#[wasm_bindgen_test]
async fn gesture_resumes_muted_tone() {
    let strict = Strict::begin();
    let (mut page, log) = shell();
    page.execute(Effect::Alert(AlertOrder::Ring(Ringing::Incoming)));
    let muted = log.first("a report about the tone", muted).await;
    assert!(muted, "{:?}", log.events());
    gesture();
    assert_eq!(log.events().last(), Some(&Event::RingMuted(false)));
    page.execute(Effect::Alert(AlertOrder::Ring(Ringing::Silent)));
    let told = log.events().len();
    gesture();
    assert_eq!(log.events().len(), told, "no listener is left");
    drop(strict);
}

#[wasm_bindgen_test]
async fn audible_tone_is_not_muted() {
    let (mut page, log) = shell();
    page.execute(Effect::Alert(AlertOrder::Ring(Ringing::Incoming)));
    assert!(!log.first("a report about the tone", muted).await);
}

#[wasm_bindgen_test]
async fn dialog_says_tone_is_muted() {
    let hint = ".invitations-muted";
    let mut view = in_room();
    let app = TestApp::showing(view.clone());
    until("the dialog", || app.find("dialog.invitations").is_some()).await;
    assert!(app.find(hint).is_none());
    view.invitations = InvitationsView {
        muted: true,
        ..InvitationsView::default()
    }
    .into();
    app.show(view);
    until("the hint", || {
        app.text(hint).starts_with("Your browser mutes the ring tone")
    })
    .await;
}
