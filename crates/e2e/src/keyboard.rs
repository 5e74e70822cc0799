//! Using the page by keyboard alone: where the focus is, and how it gets somewhere.

use serde_json::json;

use crate::patience::Look;
use crate::thing::{Name, Node};
use crate::{Failure, Outcome, Patience, Person};

/// More than there are places to stop on any page.
const MOST_STEPS: usize = 80;
/// The tabulator key, as `WebDriver` names it.
const TAB: &str = "\u{e004}";

impl Person {
    /// Presses the tabulator key until the focus is on something of this role and name.
    ///
    /// Fails when it comes round without having been there, and tells where it has been.
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
        Err(self.unexpected(format!(
            "never came to {role} {name} with the tabulator key, but to {been:#?}"
        )))
    }

    /// Waits until the focus is on something of this role and name.
    pub async fn is_at(&self, role: &str, name: impl Into<Name>) -> Outcome {
        let name = name.into();
        self.until(
            &format!("the focus to be on {role} {name}"),
            Patience::default(),
            async || {
                Ok(match self.focused().await? {
                    Some((focused, called)) if focused == role && name.fits(&called) => Look::Found(()),
                    Some((focused, called)) => Look::NotYet(format!("it is on {focused} {called:?}")),
                    None => Look::NotYet("it is nowhere".to_owned()),
                })
            },
        )
        .await
    }

    /// Role and name of what has the focus, as assistive technology is told.
    pub async fn focused(&self) -> Outcome<Option<(String, String)>> {
        let browser = self.browser()?;
        let query = json!({ "expression": "document.activeElement", "objectGroup": "focus" });
        let element = browser.cdp("Runtime.evaluate", query).await?["result"]["objectId"].take();
        if element.is_null() {
            return Ok(None);
        }
        let query = json!({ "objectId": element, "fetchRelatives": false });
        let answer = match browser.cdp("Accessibility.getPartialAXTree", query).await {
            // It was redrawn in between: nothing has the focus then.
            Err(Failure::Driver { .. }) => return Ok(None),
            answer => answer?,
        };
        let node = answer["nodes"].get(0).and_then(Node::read);
        Ok(node.map(|node| (node.role, node.name)))
    }
}
