//! A node of the accessibility tree.

use serde_json::Value;

/// A node of the accessibility tree.
pub(crate) struct Node {
    pub role: String,
    pub name: String,
    pub disabled: bool,
    pub(super) id: u64,
}

impl Node {
    /// Parses a CDP `AXNode`; none for a node that is hidden from assistive technology.
    pub(crate) fn read(node: &Value) -> Option<Self> {
        if node["ignored"].as_bool() == Some(true) {
            return None;
        }
        let properties = node["properties"].as_array();
        let disabled = properties
            .into_iter()
            .flatten()
            .any(|property| property["name"] == "disabled" && property["value"]["value"] == true);
        Some(Self {
            role: node["role"]["value"].as_str()?.to_owned(),
            // Some browsers leave the space between a label's text and its field at the end.
            name: node["name"]["value"]
                .as_str()
                .unwrap_or_default()
                .trim()
                .to_owned(),
            disabled,
            id: node["backendDOMNodeId"].as_u64()?,
        })
    }
}
