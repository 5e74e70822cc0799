//! What the user did in the form that `index.html` paints before the app runs, which may take a while on a slow
//! network: a script there notes it in the form.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// A field of the painted form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaintedField {
    /// User name.
    Name,
    /// Password.
    Password,
    /// Room.
    Room,
}

impl PaintedField {
    const ALL: [Self; 3] = [Self::Name, Self::Password, Self::Room];

    fn selector(self) -> &'static str {
        match self {
            Self::Name => "#painted-name",
            Self::Password => "#painted-password",
            Self::Room => "#painted-room",
        }
    }
}

/// The user's input, until the first form of the app takes it.
#[derive(Clone, Debug, Default)]
pub struct Painted(Rc<RefCell<Typed>>);

/// The texts that are not empty, the field that had the focus, and the buttons.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Texts by field.
    pub texts: Vec<(PaintedField, String)>,
    /// The field that had the focus.
    pub focus: Option<PaintedField>,
    /// Selectors of the app's controls that stand for the buttons that were pressed, once for each time.
    pub pressed: Vec<String>,
    /// Whether the form was submitted.
    pub sent: bool,
}

impl Painted {
    /// Reads the form, before the app replaces it.
    pub fn read(place: &Element) -> Self {
        let focused = document().active_element();
        let input = |field: PaintedField| {
            let found = place.query_selector(field.selector()).ok().flatten()?;
            found.dyn_into::<HtmlInputElement>().ok()
        };
        let mut typed = Typed::default();
        for field in PaintedField::ALL {
            let Some(input) = input(field) else { continue };
            let text = input.value();
            if !text.is_empty() {
                typed.texts.push((field, text));
            }
            if focused.as_ref() == Some(input.as_ref()) {
                typed.focus = Some(field);
            }
        }
        typed.pressed = pressed(place);
        typed.sent = matches!(place.query_selector("[data-sent]"), Ok(Some(_)));
        Self(Rc::new(RefCell::new(typed)))
    }

    /// Provides the input to the components under the current owner.
    pub fn provide(self) {
        provide_context(StoredValue::new_local(self));
    }
}

/// The presses noted in the painted buttons.
fn pressed(place: &Element) -> Vec<String> {
    let mut pressed = Vec::new();
    let Ok(buttons) = place.query_selector_all("[data-pressed]") else {
        return pressed;
    };
    for at in 0..buttons.length() {
        let button = buttons
            .get(at)
            .and_then(|button| button.dyn_into::<Element>().ok());
        let Some(button) = button else { continue };
        let times = button
            .get_attribute("data-pressed")
            .and_then(|times| times.parse().ok());
        let selector = button.get_attribute("data-press").unwrap_or_default();
        pressed.extend(std::iter::repeat_n(selector, times.unwrap_or(0)));
    }
    pressed
}

/// Takes the input from before the app ran. Only the first caller gets it, and it is not kept: it may contain
/// a password.
pub fn take_painted() -> Typed {
    let painted = use_context::<StoredValue<Painted, LocalStorage>>();
    painted.map_or_else(Typed::default, |painted| {
        painted.with_value(|painted| painted.0.take())
    })
}
