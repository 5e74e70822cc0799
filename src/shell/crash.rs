//! What the user sees when the app itself is at fault: a page that says so, loads it anew, and shows what to report.
//!
//! Nothing of the app is used for it, since the app is what broke: plain elements, and a link instead of a button,
//! so that no closure is needed either.

use std::panic;

use super::browser;
use super::js_error::JsError;

/// The words of the page, in the user's language.
#[derive(Clone, Copy, Debug)]
pub struct CrashWords {
    /// What happened, and what to do.
    pub title: &'static str,
    /// On what loads the page anew.
    pub reload: &'static str,
}

/// Shows the page, and writes to the console, when the app panics.
pub fn install(words: fn() -> CrashWords) {
    panic::set_hook(Box::new(move |panic| {
        console_error_panic_hook::hook(panic);
        if let Err(error) = show(words(), &panic.to_string()) {
            error.log("the crash cannot be shown");
        }
    }));
}

/// Puts the page in place of all others; the first crash tells most, and stays.
fn show(words: CrashWords, details: &str) -> Result<(), JsError> {
    let document = browser::document()?;
    if document.get_element_by_id("crash").is_some() {
        return Ok(());
    }
    let body = document.body().ok_or_else(|| JsError::missing("body"))?;
    let page = document.create_element("main")?;
    page.set_id("crash");
    page.set_attribute("role", "alert")?;
    let part = |name: &str, text: &str| -> Result<_, JsError> {
        let part = document.create_element(name)?;
        part.set_text_content(Some(text));
        page.append_child(&part)?;
        Ok(part)
    };
    part("h1", words.title)?;
    part("a", words.reload)?.set_attribute("href", &browser::window()?.location().href()?)?;
    part("pre", details)?;
    body.set_inner_html("");
    body.append_child(&page)?;
    Ok(())
}
