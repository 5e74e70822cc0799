//! The page shown after a panic: explains what happened, offers a reload, and shows details to report.
//!
//! It uses nothing of the app, which is what broke: plain elements, a link that reloads, and a button that a
//! script in `index.html` handles.

use std::panic;

use web_sys::HtmlElement;

use super::browser;
use super::js_error::JsError;

/// Texts of the crash page, in the user's language.
#[derive(Clone, Copy, Debug)]
pub struct CrashWords {
    /// What happened, and what to do.
    pub title: &'static str,
    /// Label of the link that reloads the page.
    pub reload: &'static str,
    /// Label of the button that copies the details.
    pub copy: &'static str,
    /// Label of that button once they are copied.
    pub copied: &'static str,
}

/// Installs a panic hook, which writes to the console and shows the crash page.
pub fn install(words: fn() -> CrashWords) {
    panic::set_hook(Box::new(move |panic| {
        console_error_panic_hook::hook(panic);
        let body = browser::document().map(|document| document.body());
        if let Ok(Some(body)) = body {
            show(&body, words(), &panic.to_string());
        }
    }));
}

/// Replaces the content of an element by the crash page. The first panic is the most informative, so a later
/// one does not replace it.
pub fn show(place: &HtmlElement, words: CrashWords, details: &str) {
    if let Err(error) = fill(place, words, details) {
        error.log("the crash cannot be shown");
    }
}

fn fill(place: &HtmlElement, words: CrashWords, details: &str) -> Result<(), JsError> {
    if place.query_selector("#crash")?.is_some() {
        return Ok(());
    }
    let document = browser::document()?;
    let page = document.create_element("main")?;
    page.set_id("crash");
    page.set_attribute("role", "alert")?;
    let part = |name: &str, text: &str| -> Result<_, JsError> {
        let part = document.create_element(name)?;
        part.set_text_content(Some(text));
        page.append_child(&part)?;
        Ok(part)
    };
    let window = browser::window()?;
    part("h1", words.title)?;
    let reload = part("a", words.reload)?;
    reload.set_attribute("href", &window.location().href()?)?;
    reload.set_attribute("class", "button is-main")?;
    let copy = part("button", words.copy)?;
    for (name, value) in [
        ("type", "button"),
        ("class", "button"),
        ("data-done", words.copied),
    ] {
        copy.set_attribute(name, value)?;
    }
    let agent = window.navigator().user_agent()?;
    part(
        "pre",
        &format!("{details}\n\nConfab {}\n{agent}", env!("CARGO_PKG_VERSION")),
    )?;
    place.set_inner_html("");
    place.append_child(&page)?;
    Ok(())
}
