//! The size of an element, as a signal.

use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

use super::Failure;

/// Width and height of an element's content and padding, in CSS pixels; both 0 while it is not displayed.
pub type Size = (f64, f64);

/// Follows the size of an element for as long as the current owner lives; an error where the browser does not
/// report it.
pub fn use_size<E>(node: NodeRef<E>) -> ReadSignal<Result<Size, Failure>>
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    let (size, set_size) = signal(Ok((0.0, 0.0)));
    let watch = StoredValue::new_local(None::<Watch>);
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            match Watch::new(element.as_ref(), set_size) {
                Ok(watching) => watch.set_value(Some(watching)),
                Err(failure) => set_size.set(Err(failure)),
            }
        }
    });
    size
}

/// A resize observer with its callback; stops on drop.
struct Watch {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Watch {
    fn new(element: &Element, size: WriteSignal<Result<Size, Failure>>) -> Result<Self, Failure> {
        let watched = element.clone();
        let callback = Closure::new(move || {
            let now = (
                f64::from(watched.client_width()),
                f64::from(watched.client_height()),
            );
            // The owner, and the signal with it, may be gone.
            let _ = size.try_set(Ok(now));
        });
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref())
            .map_err(|thrown| Failure::of("ResizeObserver", &thrown))?;
        observer.observe(element);
        Ok(Self {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
