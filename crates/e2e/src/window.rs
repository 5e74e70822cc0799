//! The browser's window: its size, its colour scheme, and whether its content fits.

use serde_json::json;

use crate::patience::Check;
use crate::{Outcome, Patience, Person};

/// A narrow viewport, as wide as small phones, in CSS pixels.
pub const PHONE: (u32, u32) = (360, 740);
/// A wide viewport, in CSS pixels.
pub const DESKTOP: (u32, u32) = (1280, 800);

/// Side of the smallest square that a finger hits, in CSS pixels.
const FINGER: f64 = 44.0;

/// Lists every visible control that is smaller than the square, with its size. A link in running text is
/// exempt, since it is as high as its line; a field is as large as the label around it.
const SMALL_TARGETS: &str = "const controls = 'button, select, input, textarea, summary, a[href]:not(p a)';
    const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const top = [...document.querySelectorAll('dialog:modal')].pop() ?? document.body;
    return [...top.querySelectorAll(controls)].filter(seen).map((element) => {
        const box = (element.closest('label') ?? element).getBoundingClientRect();
        const name = element.ariaLabel ?? element.innerText ?? element.name ?? '';
        return { name: `${element.localName} ${name || element.getAttribute('aria-labelledby') || element.id}`, box };
    }).filter(({ box }) => box.width > 1 && Math.min(box.width, box.height) < LEAST)
      .map(({ name, box }) => `${name}: ${box.width} by ${box.height}`)";

impl Person {
    /// Sets the size of the viewport, in CSS pixels.
    pub async fn has_window(&self, (width, height): (u32, u32)) -> Outcome {
        self.browser()?.sizes_window(width, height).await?;
        self.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))",
        )
        .await
        .map(drop)
    }

    /// Sets whether the system prefers a dark colour scheme.
    pub async fn prefers_dark(&self, dark: bool) -> Outcome {
        self.browser()?.prefers_dark(dark).await
    }

    /// Waits until nothing on the page overflows the window sideways.
    pub async fn sees_all_of_the_width(&self) -> Outcome {
        self.until("the page to fit into the window", Patience::seconds(3), async || {
            let over = "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)";
            let over = self.evaluate(over).await?;
            Ok(if over == 0 {
                Check::Found(())
            } else {
                Check::NotYet(format!("it is wider by {over} pixels"))
            })
        })
        .await
    }

    /// Fails when a control in the open dialog, or else on the page, is too small for a finger.
    pub async fn hits_everything_with_a_finger(&self) -> Outcome {
        let script = SMALL_TARGETS.replace("LEAST", &format!("{}", FINGER - 0.5));
        let small = self.evaluate(&format!("(() => {{ {script} }})()")).await?;
        match small.as_array() {
            Some(small) if small.is_empty() => Ok(()),
            _ => Err(self.unexpected(format!("controls smaller than {FINGER} pixels: {small:#}"))),
        }
    }
}

impl crate::browser::Browser {
    /// Sets the size of the viewport, in CSS pixels.
    pub(crate) async fn sizes_window(&self, width: u32, height: u32) -> Outcome {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics)
            .await
            .map(drop)
    }

    /// Sets whether the system prefers a dark colour scheme.
    pub(crate) async fn prefers_dark(&self, dark: bool) -> Outcome {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.cdp("Emulation.setEmulatedMedia", features).await.map(drop)
    }
}
