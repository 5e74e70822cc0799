//! Style sheets for the test page, which has none of its own.

use web_sys::Element;

/// Style sheets that stay in the page until they are dropped.
pub struct Styles(Element);

impl Styles {
    pub fn of(css: &str) -> Self {
        let document = web_sys::window()
            .and_then(|window| window.document())
            .expect("a page");
        let style = document.create_element("style").expect("an element");
        style.set_text_content(Some(css));
        document
            .body()
            .expect("a body")
            .append_child(&style)
            .expect("put in");
        Self(style)
    }
}

impl Drop for Styles {
    fn drop(&mut self) {
        self.0.remove();
    }
}
