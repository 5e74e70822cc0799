//! The face alone: the app's page showing what a test gives it to show, with what is on it found by name,
//! and what is wished there.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use call_core::{CallView, Intent, PageView, StageView, TileKey, TileState, TileView, View};
use confab::components::App;
use confab::platform::{PeerStreams, StreamSource};
use confab::views::{Dispatch, Glass, Streams};
use js_sys::eval;
use leptos::mount::mount_to;
use leptos::prelude::*;
use protocol::{Epoch, ParticipantId, RoomName, UserName};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MediaStream};

/// The tile of somebody who is connected, and heard but not seen.
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
        away: false,
        stalls: vec![],
        volume: 100,
    }
}

/// A page that is shown until it is dropped.
pub struct Face {
    place: HtmlElement,
    glass: Glass,
    wishes: Rc<RefCell<Vec<Intent>>>,
    _app: Box<dyn Any>,
}

/// Of all that could be played, the user's own camera alone, if that.
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

impl Face {
    /// A page that shows this.
    pub fn showing(view: View) -> Self {
        Self::with(view, None)
    }

    /// A page that shows this, and plays what the camera gives.
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
            let glass = Glass::provide();
            Dispatch::provide(move |intent| heard.borrow_mut().push(intent));
            Streams::provide(OwnCamera(camera));
            glass.show(&view);
            tell.set(Some(glass));
            view! { <App /> }
        });
        Self {
            place,
            glass: made.get().expect("the app was mounted"),
            wishes,
            _app: Box::new(app),
        }
    }

    /// Shows something else.
    pub fn show(&self, view: impl std::borrow::Borrow<View>) {
        self.glass.show(view.borrow());
    }

    /// All wishes so far.
    pub fn wishes(&self) -> Vec<Intent> {
        self.wishes.borrow().clone()
    }

    /// The first element that a CSS selector finds.
    pub fn find(&self, selector: &str) -> Option<Element> {
        self.place.query_selector(selector).expect("a selector")
    }

    /// How many elements a CSS selector finds.
    pub fn count(&self, selector: &str) -> usize {
        let found = self.place.query_selector_all(selector).expect("a selector");
        usize::try_from(found.length()).expect("a count")
    }

    /// What can be read in the first element that a CSS selector finds.
    pub fn text(&self, selector: &str) -> String {
        let text = self.find(selector).and_then(|element| element.text_content());
        text.unwrap_or_default().trim().to_owned()
    }

    /// What can be read in each element that a CSS selector finds.
    pub fn all_text(&self, selector: &str) -> Vec<String> {
        let found = self.place.query_selector_all(selector).expect("a selector");
        (0..found.length())
            .filter_map(|at| found.get(at)?.text_content())
            .collect()
    }

    /// The message of the chat in which a text can be read.
    pub fn line_with(&self, text: &str) -> Element {
        let lines = self.place.query_selector_all(".line").expect("a selector");
        (0..lines.length())
            .filter_map(|at| lines.get(at))
            .map(JsCast::unchecked_into::<Element>)
            .find(|line| line.text_content().is_some_and(|words| words.contains(text)))
            .unwrap_or_else(|| panic!("no message {text:?}"))
    }

    /// A button with a name, if it is there.
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

    /// Clicks on a button.
    pub fn click(&self, name: &str) {
        let button = self.button(name);
        button.unwrap_or_else(|| panic!("no button {name:?}")).click();
    }
}

impl Drop for Face {
    fn drop(&mut self) {
        self.place.remove();
    }
}

/// A name.
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
