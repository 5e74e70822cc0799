//! Slides to share: a window with a colour and a frame number that plays a tone.

use fantoccini::wd::WindowHandle;

use crate::cast::SLIDES;
use crate::ui_element::UiElement;
use crate::{Outcome, Person};

/// The window's title, by which the browser picks it.
pub(crate) const TITLE: &str = "Slides";

/// An open window with slides; [`Person::closes`] closes it.
#[derive(Debug)]
#[must_use = "slides stay open until `Person::closes`"]
pub struct Slides(WindowHandle);

impl Person {
    /// Opens the slides of tests in another window and returns to the page's window.
    pub async fn opens_slides(&self) -> Outcome<Slides> {
        self.opens_slides_with(&film()).await
    }

    /// Opens slides with this HTML as their content.
    pub async fn opens_slides_with(&self, content: &str) -> Outcome<Slides> {
        let client = self.browser()?.client();
        let page = self.says(client.window().await)?;
        let slides = self.says(client.new_window(false).await)?.handle;
        self.says(client.switch_to_window(slides.clone()).await)?;
        let page_of_slides = format!("<!doctype html><meta charset=utf-8><title>{TITLE}</title>{content}");
        self.says(client.goto(&address_of(&page_of_slides)).await)?;
        self.says(client.switch_to_window(page).await)?;
        Ok(Slides(slides))
    }

    /// Closes slides. Like the browser's own button, that ends a share of them without the page.
    pub async fn closes(&self, slides: Slides) -> Outcome {
        let client = self.browser()?.client();
        let page = self.says(client.window().await)?;
        self.says(client.switch_to_window(slides.0).await)?;
        self.says(client.close_window().await)?;
        self.says(client.switch_to_window(page).await)
    }

    /// Waits until an element shows the slides, one frame number after another.
    pub async fn sees_slides_in(&self, tile: &UiElement<'_>) -> Outcome {
        self.sees_film_in(tile, "the slides", SLIDES.colour).await
    }

    /// Waits until an element plays the sound of the slides aloud.
    pub async fn hears_slides_in(&self, tile: &UiElement<'_>) -> Outcome {
        self.hears_tone_in(tile, "the slides", SLIDES.tone).await
    }
}

/// Slides for tests. The frame number is where a camera's video has it (camera.rs).
fn film() -> String {
    let [red, green, blue] = SLIDES.colour;
    let script = format!(
        "let number = 0;
         const squares = [...document.querySelectorAll('i')];
         setInterval(() => {{
           number = (number + 1) % 32;
           squares.forEach((square, at) => square.style.background = number >> (4 - at) & 1 ? 'white' : 'black');
         }}, 100);
         const context = new AudioContext();
         const tone = new OscillatorNode(context, {{ frequency: {} }});
         tone.connect(new GainNode(context, {{ gain: 0.3 }})).connect(context.destination);
         tone.start();",
        SLIDES.tone
    );
    format!(
        "<style>body {{ margin: 0; background: rgb({red} {green} {blue}) }} i {{ float: left; width: 10vw; height: 10vw }}</style>
         <i></i><i></i><i></i><i></i><i></i><script>{script}</script>"
    )
}

fn address_of(page: &str) -> String {
    let encoded = page.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    format!("data:text/html,{}", encoded.collect::<String>())
}
