//! Finding an element in the accessibility tree, and its DOM element.

use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use super::UiElement;
use super::node::Node;
use crate::{Failure, Outcome};

impl UiElement<'_> {
    /// All nodes that match now.
    pub(super) async fn all(&self) -> Outcome<Vec<Node>> {
        Ok(self
            .candidates()
            .await?
            .into_iter()
            .filter(|node| self.name.fits(&node.name))
            .collect())
    }

    /// All nodes with one of the roles, within the enclosing element if there is one.
    pub(super) async fn candidates(&self) -> Outcome<Vec<Node>> {
        let place = match &self.within {
            // Boxed because a future cannot contain itself.
            Some(other) => match Box::pin(other.sole()).await? {
                Ok(node) => json!({ "backendNodeId": node.id }),
                Err(_) => return Ok(Vec::new()),
            },
            None => json!({ "objectId": self.person.document().await? }),
        };
        let mut nodes = Vec::new();
        for role in self.roles {
            let mut query = place.clone();
            query["role"] = (*role).into();
            let answer = self
                .person
                .browser()?
                .cdp("Accessibility.queryAXTree", query)
                .await?;
            nodes.extend(
                answer["nodes"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Node::read),
            );
        }
        Ok(nodes)
    }

    /// The only node that matches, or why there is not exactly one.
    pub(super) async fn sole(&self) -> Outcome<Result<Node, String>> {
        let (mut fitting, others): (Vec<_>, Vec<_>) = self
            .candidates()
            .await?
            .into_iter()
            .partition(|node| self.name.fits(&node.name));
        Ok(match (fitting.pop(), fitting.len()) {
            (Some(node), 0) => Ok(node),
            (Some(_), more) => Err(format!("{} of them", more + 1)),
            (None, _) => {
                let others: Vec<_> = others.iter().map(|node| node.name.as_str()).collect();
                Err(format!("no such element; with that role there are {others:?}"))
            }
        })
    }

    /// The only node that matches, if it is enabled.
    pub(super) async fn usable(&self) -> Outcome<Result<Node, String>> {
        Ok(self.sole().await?.and_then(|node| {
            if node.disabled {
                Err("it is disabled".into())
            } else {
                Ok(node)
            }
        }))
    }

    /// Calls the body of a function on a node's DOM element; returns a CDP `RemoteObject`.
    pub(super) async fn ask_node(&self, node: &Node, body: &str) -> Outcome<Value> {
        let browser = self.person.browser()?;
        let query = json!({ "backendNodeId": node.id, "objectGroup": "thing" });
        let element = browser.cdp("DOM.resolveNode", query).await?["object"]["objectId"].take();
        let call = json!({
            "objectId": element,
            "functionDeclaration": format!("async function () {{ {body} }}"),
            "returnByValue": true,
            "awaitPromise": true,
        });
        let answer = browser.cdp("Runtime.callFunctionOn", call).await?["result"].take();
        browser
            .cdp("Runtime.releaseObjectGroup", json!({ "objectGroup": "thing" }))
            .await?;
        Ok(answer)
    }

    /// A node's DOM element as the driver knows it, for real clicks and keys.
    pub(super) async fn element(&self, node: &Node) -> Outcome<Element> {
        let browser = self.person.browser()?;
        self.ask_node(node, "globalThis.confabFound = this").await?;
        let script = "const found = globalThis.confabFound; delete globalThis.confabFound; return found;";
        let mut found = browser.says(browser.client().execute(script, Vec::new()).await)?;
        let id = found
            .as_object_mut()
            .and_then(|found| found.values_mut().next()?.as_str().map(str::to_owned));
        let id = id.ok_or_else(|| Failure::Unexpected {
            who: self.person.name().to_owned(),
            what: format!("the driver gave no element for {self}"),
        })?;
        Ok(Element::from_element_id(
            browser.client().clone(),
            ElementRef::from(id),
        ))
    }
}
