//! What was typed into the form that `index.html` paints before the app runs: on a slow network that may be a while.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// A field of that form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaintedField {
    /// The user's name.
    Name,
    /// The password.
    Password,
    /// The room.
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

/// What was typed, until the first form of the app has it.
#[derive(Clone, Debug, Default)]
pub struct Painted(Rc<RefCell<Typed>>);

/// The texts that are not empty, and the field that had the focus.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// By field.
    pub texts: Vec<(PaintedField, String)>,
    /// Where the user was about to type.
    pub focus: Option<PaintedField>,
}

impl Painted {
    /// Reads the form, before the app takes its place.
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
        Self(Rc::new(RefCell::new(typed)))
    }

    /// Gives the components under the current owner what was typed.
    pub fn provide(self) {
        provide_context(StoredValue::new_local(self));
    }
}

/// What was typed before the app ran. Whoever asks first has it, and it is kept no longer: there may be a password in it.
pub fn take_painted() -> Typed {
    let painted = use_context::<StoredValue<Painted, LocalStorage>>();
    painted.map_or_else(Typed::default, |painted| {
        painted.with_value(|painted| painted.0.take())
    })
}
