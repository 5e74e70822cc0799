//! How much of the page elements cover.

use crate::{Outcome, UiElement};

impl UiElement<'_> {
    /// Waits until it covers more than twice the area of another element.
    pub async fn is_much_larger_than(&self, other: &UiElement<'_>) -> Outcome {
        self.until(&format!("be much larger than {other}"), async || {
            Ok(match (self.covers().await?, other.covers().await?) {
                (Ok(own), Ok(others)) if own > 2.0 * others => Ok(()),
                (Ok(own), Ok(others)) => Err(format!("{own} and {others} square pixels")),
                (Err(seen), _) | (_, Err(seen)) => Err(seen),
            })
        })
        .await
    }

    /// Waits until it covers the same area as another element, within 1 %.
    pub async fn is_as_large_as(&self, other: &UiElement<'_>) -> Outcome {
        self.until(&format!("be as large as {other}"), async || {
            Ok(match (self.covers().await?, other.covers().await?) {
                (Ok(own), Ok(others)) if (own - others).abs() < 0.01 * others => Ok(()),
                (Ok(own), Ok(others)) => Err(format!("{own} and {others} square pixels")),
                (Err(seen), _) | (_, Err(seen)) => Err(seen),
            })
        })
        .await
    }

    /// The area that it covers, in square CSS pixels, or why it cannot be measured.
    async fn covers(&self) -> Outcome<Result<f64, String>> {
        let area = "const box = this.getBoundingClientRect(); return box.width * box.height;";
        Ok(self
            .ask(area)
            .await?
            .map(|area| area.as_f64().unwrap_or_default()))
    }
}
