//! The components alone: the app's page with a view from the test, its elements found by name, and the
//! intents sent there.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use call_core::{CallView, Intent, PageView, StageView, TileKey, TileState, TileView, View};
use confab::components::{App, CorePages};
use confab::platform::{PeerStreams, StreamSource};
use confab::text::{EarlyText, Language, Text, Texts, load_texts};
use confab::views::{Dispatch, Streams, ViewSignals};
use js_sys::eval;
use leptos::mount::mount_to;
use leptos::prelude::*;
use protocol::{Epoch, ParticipantId, RoomName, UserName};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MediaStream};

use crate::support::until;

/// The tile of a connected peer with the microphone on and the camera off.
pub fn tile(peer: ParticipantId, of: &str) -> TileView {
    TileView {
        peer,
        epoch: Epoch(1),
        name: name(of),
        guest: false,
        state: TileState::Connected,
        camera: false,
        microphone: true,
        screen: false,
        paused: vec![],
        away: false,
        stalls: vec![],
        volume: 100,
    }
}

/// A page that is shown until it is dropped.
pub struct TestApp {
    place: HtmlElement,
    signals: ViewSignals,
    wishes: Rc<RefCell<Vec<Intent>>>,
    _app: Box<dyn Any>,
}

/// Streams that provide at most the user's own camera.
struct OwnCamera(Option<MediaStream>);

impl StreamSource for OwnCamera {
    fn own(&self) -> Option<MediaStream> {
        Option::clone(&self.0)
    }

    fn own_screen(&self) -> Option<MediaStream> {
        None
    }

    fn of(&self, _: ParticipantId, _: Epoch) -> Option<PeerStreams> {
        None
    }
}

impl TestApp {
    /// Shows a view.
    pub fn showing(view: View) -> Self {
        Self::with(view, None)
    }

    /// Shows a view, with a stream for the user's camera.
    pub fn with_camera(view: View) -> Self {
        let picture = "(c => {
            const pen = c.getContext('2d'), stream = c.captureStream(20);
            const again = setInterval(() => stream.active ? pen.fillRect(0, 0, 9, 9) : clearInterval(again), 50);
            setTimeout(() => clearInterval(again), 60000);
            return stream;
        })(document.createElement('canvas'))";
        Self::with(view, Some(eval(picture).expect("a stream").unchecked_into()))
    }

    fn with(view: View, camera: Option<MediaStream>) -> Self {
        let place: HtmlElement = document()
            .create_element("div")
            .expect("an element")
            .unchecked_into();
        document()
            .body()
            .expect("a body")
            .append_child(&place)
            .expect("put in");
        let (made, wishes) = (Rc::new(Cell::new(None)), Rc::<RefCell<Vec<Intent>>>::default());
        let (tell, heard) = (Rc::clone(&made), Rc::clone(&wishes));
        let app = mount_to(place.clone(), move || {
            let signals = ViewSignals::provide();
            Dispatch::provide(move |intent| heard.borrow_mut().push(intent));
            Streams::provide(OwnCamera(camera));
            Text::provide(texts(), EarlyText::provide());
            CorePages::provide();
            signals.show(&view);
            tell.set(Some(signals));
            view! { <App /> }
        });
        Self {
            place,
            signals: made.get().expect("the app was mounted"),
            wishes,
            _app: Box::new(app),
        }
    }

    /// Shows another view.
    pub fn show(&self, view: impl std::borrow::Borrow<View>) {
        self.signals.show(view.borrow());
    }

    /// All intents so far.
    pub fn wishes(&self) -> Vec<Intent> {
        self.wishes.borrow().clone()
    }

    /// The first element that matches a CSS selector.
    pub fn find(&self, selector: &str) -> Option<Element> {
        self.place.query_selector(selector).expect("a selector")
    }

    /// The number of elements that match a CSS selector.
    pub fn count(&self, selector: &str) -> usize {
        let found = self.place.query_selector_all(selector).expect("a selector");
        usize::try_from(found.length()).expect("a count")
    }

    /// The text of the first element that matches a CSS selector.
    pub fn text(&self, selector: &str) -> String {
        let text = self.find(selector).and_then(|element| element.text_content());
        text.unwrap_or_default().trim().to_owned()
    }

    /// The text of each element that matches a CSS selector.
    pub fn all_text(&self, selector: &str) -> Vec<String> {
        let found = self.place.query_selector_all(selector).expect("a selector");
        (0..found.length())
            .filter_map(|at| found.get(at)?.text_content())
            .collect()
    }

    /// The chat message that contains a text.
    pub fn line_with(&self, text: &str) -> Element {
        let lines = self.place.query_selector_all(".line").expect("a selector");
        (0..lines.length())
            .filter_map(|at| lines.get(at))
            .map(JsCast::unchecked_into::<Element>)
            .find(|line| line.text_content().is_some_and(|words| words.contains(text)))
            .unwrap_or_else(|| panic!("no message {text:?}"))
    }

    /// The button with this accessible name, if there is one.
    pub fn button(&self, name: &str) -> Option<HtmlElement> {
        let buttons = self.place.query_selector_all("button").expect("a selector");
        (0..buttons.length())
            .filter_map(|at| buttons.get(at))
            .map(JsCast::unchecked_into::<HtmlElement>)
            .find(|button| {
                let label = button.get_attribute("aria-label");
                label.or_else(|| button.text_content()).as_deref().map(str::trim) == Some(name)
            })
    }

    /// Clicks the button of a panel, and waits for one of the panel's buttons or fields.
    pub async fn opens(&self, button: &str, content: &str) {
        self.click(button);
        until(content, || {
            self.find(&format!("[popover]:popover-open {content}")).is_some()
        })
        .await;
    }

    /// Clicks a button.
    pub fn click(&self, name: &str) {
        let button = self.button(name);
        button.unwrap_or_else(|| panic!("no button {name:?}")).click();
    }
}

/// The texts in English, which need no loading where the app is not split.
fn texts() -> &'static Texts {
    let loaded = pin!(load_texts(Language::English)).poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(Ok(texts)) = loaded else {
        panic!("the texts are there");
    };
    texts
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.place.remove();
    }
}

pub fn name(name: &str) -> UserName {
    UserName::parse(name).expect("a name")
}

/// Ann, in the room `tea`, alone.
pub fn in_room() -> View {
    let stage = StageView {
        tiles: vec![TileKey::Own],
        ..StageView::default()
    };
    View {
        page: PageView::Room {
            room: RoomName::parse("tea").expect("a name"),
            name: name("Ann"),
            reconnecting: false,
        },
        call: CallView {
            ..CallView::default()
        }
        .into(),
        stage: stage.into(),
        ..View::default()
    }
}
