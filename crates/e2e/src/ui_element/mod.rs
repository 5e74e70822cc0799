//! UI elements, found by role and accessible name like by assistive technology.

mod finding;
mod name;
mod node;

use std::fmt;

use fantoccini::error::{CmdError, ErrorStatus};
use serde_json::Value;

use crate::patience::Check;
use crate::{Failure, Outcome, Patience, Person};
pub use name::Name;
pub(crate) use node::Node;

/// A UI element on a person's page. Each step looks it up again, so it may appear, disappear and be redrawn
/// in between.
#[derive(Clone, Debug)]
pub struct UiElement<'a> {
    person: &'a Person,
    roles: &'static [&'static str],
    name: Name,
    within: Option<Box<UiElement<'a>>>,
    patience: Patience,
}

impl<'a> UiElement<'a> {
    pub(crate) fn new(person: &'a Person, roles: &'static [&'static str], name: Name) -> Self {
        Self {
            person,
            roles,
            name,
            within: None,
            patience: Patience::default(),
        }
    }

    /// Looks for it only inside another element.
    #[must_use]
    pub fn within(mut self, other: UiElement<'a>) -> Self {
        self.within = Some(Box::new(other));
        self
    }

    /// Sets the time limit of its steps.
    #[must_use]
    pub fn patiently(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// Waits until there is exactly one.
    pub async fn is_shown(&self) -> Outcome {
        self.until("be shown", async || Ok(self.sole().await?.map(|_| ())))
            .await
    }

    /// Waits until there is none.
    pub async fn is_gone(&self) -> Outcome {
        self.until("be gone", async || {
            let count = self.all().await?.len();
            Ok(if count == 0 {
                Ok(())
            } else {
                Err(format!("{count} of them"))
            })
        })
        .await
    }

    /// Waits until there are exactly this many.
    pub async fn counts(&self, wanted: usize) -> Outcome {
        self.until(&format!("be {wanted}"), async || {
            let count = self.all().await?.len();
            Ok(if count == wanted {
                Ok(())
            } else {
                Err(format!("{count} of them"))
            })
        })
        .await
    }

    /// Waits until there is exactly one, and it is enabled.
    pub async fn is_enabled(&self) -> Outcome {
        self.until("be enabled", async || Ok(self.usable().await?.map(|_| ())))
            .await
    }

    /// Waits until there is exactly one, and it is disabled.
    pub async fn is_disabled(&self) -> Outcome {
        self.until("be disabled", async || {
            Ok(self.sole().await?.and_then(|node| {
                if node.disabled {
                    Ok(())
                } else {
                    Err("it is enabled".into())
                }
            }))
        })
        .await
    }

    /// Clicks it, once it is enabled.
    pub async fn click(&self) -> Outcome {
        self.until("be clicked", async || match self.usable().await? {
            Ok(node) => self.person.says(self.element(&node).await?.click().await).map(Ok),
            Err(seen) => Ok(Err(seen)),
        })
        .await
    }

    /// Types into it, replacing its content.
    pub async fn types(&self, text: &str) -> Outcome {
        self.until("be typed into", async || {
            let node = match self.usable().await? {
                Ok(node) => node,
                Err(seen) => return Ok(Err(seen)),
            };
            let element = self.element(&node).await?;
            if !self.ask_node(&node, "return this.value ?? ''").await?["value"]
                .as_str()
                .unwrap_or_default()
                .is_empty()
            {
                self.person.says(element.clear().await)?;
            }
            self.person.says(element.send_keys(text).await).map(Ok)
        })
        .await
    }

    /// Waits until its text contains these words.
    pub async fn says(&self, words: &str) -> Outcome {
        self.until(&format!("say {words:?}"), async || {
            let text = match self.sole().await? {
                Ok(node) => {
                    self.ask_node(&node, "return this.innerText ?? this.textContent")
                        .await?
                }
                Err(seen) => return Ok(Err(seen)),
            };
            let text = text["value"].as_str().unwrap_or_default();
            Ok(if text.contains(words) {
                Ok(())
            } else {
                Err(format!("it says {text:?}"))
            })
        })
        .await
    }

    /// Waits until it has this attribute.
    pub async fn has(&self, attribute: &str) -> Outcome {
        self.marked(attribute, true).await
    }

    /// Waits until it exists without this attribute.
    pub async fn has_no(&self, attribute: &str) -> Outcome {
        self.marked(attribute, false).await
    }

    async fn marked(&self, attribute: &str, wanted: bool) -> Outcome {
        let verb = if wanted { "have" } else { "have no" };
        self.until(&format!("{verb} {attribute}"), async || {
            let body = format!("return this.getAttribute({attribute:?})");
            Ok(self.ask(&body).await?.and_then(|value| {
                if value.is_null() == wanted {
                    Err(format!("{attribute} is {value}"))
                } else {
                    Ok(())
                }
            }))
        })
        .await
    }

    /// Waits until the value of a meter or slider is in this range.
    pub async fn measures(&self, range: std::ops::RangeInclusive<f64>) -> Outcome {
        self.until(&format!("measure {range:?}"), async || {
            let answer = self.ask("return Number(this.value ?? this.ariaValueNow)").await?;
            Ok(answer.and_then(|value| match value.as_f64() {
                Some(value) if range.contains(&value) => Ok(()),
                _ => Err(format!("it measures {value}")),
            }))
        })
        .await
    }

    /// Selects an option of a drop-down list by its label.
    pub async fn chooses(&self, option: &str) -> Outcome {
        self.until(&format!("offer {option:?}"), async || {
            match self.usable().await? {
                Ok(node) => {
                    let list = self.element(&node).await?;
                    Ok(match list.select_by_label(option).await {
                        Err(error) if error.is_no_such_element() => {
                            let offered = self.ask_node(&node, "return this.innerText").await?;
                            Err(format!("it offers {}", offered["value"]))
                        }
                        answer => Ok(self.person.says(answer)?),
                    })
                }
                Err(seen) => Ok(Err(seen)),
            }
        })
        .await
    }

    /// Waits until this option of a drop-down list is selected.
    pub async fn is_set_to(&self, option: &str) -> Outcome {
        self.until(&format!("be set to {option:?}"), async || {
            let answer = self.ask("return this.selectedOptions[0]?.label").await?;
            Ok(answer.and_then(|label| {
                if label == option {
                    Ok(())
                } else {
                    Err(format!("it is set to {label}"))
                }
            }))
        })
        .await
    }

    /// Returns the names of all that match now, in the order of the page.
    pub async fn names(&self) -> Outcome<Vec<String>> {
        Ok(self.all().await?.into_iter().map(|node| node.name).collect())
    }

    /// Returns the texts of all that match now, in the order of the page.
    pub async fn texts(&self) -> Outcome<Vec<String>> {
        let mut texts = Vec::new();
        for node in self.all().await? {
            let text = self
                .ask_node(&node, "return this.innerText ?? this.textContent")
                .await?;
            texts.push(text["value"].as_str().unwrap_or_default().to_owned());
        }
        Ok(texts)
    }

    /// Calls the body of a function on its DOM element; returns the result, or why there is not exactly one
    /// element.
    pub(crate) async fn ask(&self, body: &str) -> Outcome<Result<Value, String>> {
        match self.sole().await? {
            Ok(node) => Ok(Ok(self.ask_node(&node, body).await?["value"].take())),
            Err(seen) => Ok(Err(seen)),
        }
    }

    /// Waits until a check succeeds; `wish` completes "waiting for ELEMENT to …".
    pub(crate) async fn until<T>(
        &self,
        wish: &str,
        mut look: impl AsyncFnMut() -> Outcome<Result<T, String>>,
    ) -> Outcome<T> {
        let wish = format!("{self} to {wish}");
        self.person
            .until(&wish, self.patience, async || match look().await {
                Ok(Ok(found)) => Ok(Check::Found(found)),
                Ok(Err(seen)) => Ok(Check::NotYet(seen)),
                // The page was redrawn during the check, or something moves in front of the element: check
                // again.
                Err(Failure::Driver { source, .. }) if may_pass(&source) => {
                    Ok(Check::NotYet(source.to_string()))
                }
                Err(failure) => Err(failure),
            })
            .await
    }
}

impl fmt::Display for UiElement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.roles.join(" or "), self.name)?;
        match &self.within {
            Some(other) => write!(f, " in {other}"),
            None => Ok(()),
        }
    }
}

/// Whether a driver error may be temporary; false when the browser is gone.
pub(crate) fn may_pass(error: &CmdError) -> bool {
    match error {
        CmdError::Standard(error) => !matches!(
            error.error,
            ErrorStatus::InvalidSessionId | ErrorStatus::NoSuchWindow
        ),
        _ => false,
    }
}
