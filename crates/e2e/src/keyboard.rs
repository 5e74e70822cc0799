//! Keyboard use: where the focus is, and moving it with Tab.

use serde_json::json;

use crate::patience::Check;
use crate::ui_element::{Name, Node};
use crate::{Failure, Outcome, Patience, Person};

/// More than the number of focusable elements on any page.
const MOST_STEPS: usize = 80;
/// The Tab key, as `WebDriver` encodes it.
const TAB: &str = "\u{e004}";

impl Person {
    /// Presses Tab until the focus is on an element with this role and name.
    ///
    /// Fails after 80 presses, and lists where the focus has been.
    pub async fn tabs_to(&self, role: &str, name: impl Into<Name>) -> Outcome {
        let name = name.into();
        let mut been = Vec::new();
        for _ in 0..MOST_STEPS {
            let place = self.focused().await?;
            if let Some((focused, called)) = &place
                && focused == role
                && name.fits(called)
            {
                return Ok(());
            }
            been.push(place.map_or_else(|| "nothing".to_owned(), |(role, name)| format!("{role} {name:?}")));
            self.presses(TAB).await?;
        }
        been.truncate(40);
        Err(self.unexpected(format!("Tab never reached {role} {name}, only {been:#?}")))
    }

    /// Waits until the focus is on an element with this role and name.
    pub async fn is_at(&self, role: &str, name: impl Into<Name>) -> Outcome {
        let name = name.into();
        self.until(
            &format!("the focus to be on {role} {name}"),
            Patience::default(),
            async || {
                Ok(match self.focused().await? {
                    Some((focused, called)) if focused == role && name.fits(&called) => Check::Found(()),
                    Some((focused, called)) => Check::NotYet(format!("it is on {focused} {called:?}")),
                    None => Check::NotYet("nothing has the focus".to_owned()),
                })
            },
        )
        .await
    }

    /// Returns the role and name of the focused element, as assistive technology gets them.
    pub async fn focused(&self) -> Outcome<Option<(String, String)>> {
        let browser = self.browser()?;
        let query = json!({ "expression": "document.activeElement", "objectGroup": "focus" });
        let element = browser.cdp("Runtime.evaluate", query).await?["result"]["objectId"].take();
        if element.is_null() {
            return Ok(None);
        }
        let query = json!({ "objectId": element, "fetchRelatives": false });
        let answer = match browser.cdp("Accessibility.getPartialAXTree", query).await {
            // The element was redrawn meanwhile, so nothing has the focus.
            Err(Failure::Driver { .. }) => return Ok(None),
            answer => answer?,
        };
        let node = answer["nodes"].get(0).and_then(Node::read);
        Ok(node.map(|node| (node.role, node.name)))
    }
}
