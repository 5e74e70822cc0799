//! Barriers on a page for people who see, hear, point or read otherwise, as axe-core's rules find them.
//!
//! The rules are those of WCAG 2.0 to 2.2, levels A and AA. They find about half of what stands in the way; that a page can
//! be used by keyboard alone, and what is said to whom, are journeys of their own.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{Outcome, Person};

/// The set-up's own words: the version of axe stands there alone.
const SETTINGS: &str = include_str!("../../../scripts/env.sh");

/// Runs the rules on the whole page.
const RUN: &str = "(async () => {
    const found = await axe.run(document, {
        runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations'],
        preload: false,
    });
    return found.violations.flatMap(({ id, help, impact, nodes }) => nodes.map((node) => ({
        rule: id, help, impact: node.impact ?? impact, where: node.target.flat().join(' '), html: node.html,
        why: node.failureSummary,
    })));
})()";

impl Person {
    /// Fails when the page has a barrier that is serious or worse; `place` says in the failure what was shown.
    pub async fn meets_no_barrier(&self, place: &str) -> Outcome {
        let barriers = self.barriers().await?;
        if barriers.is_empty() {
            return Ok(());
        }
        // What fails by a colour or a size is understood by a look.
        let picture = self.screenshot(&format!("barrier-{}", self.name())).await?;
        Err(self.unexpected(format!(
            "barriers at {place}:\n  {}\n  picture: {}",
            barriers.join("\n  "),
            picture.display()
        )))
    }

    /// Every serious or critical breach of a rule: rule, what it asks for, where, and the element.
    pub async fn barriers(&self) -> Outcome<Vec<String>> {
        if self.evaluate("typeof axe").await? == "undefined" {
            let script = std::fs::read_to_string(axe()).map_err(|error| {
                self.unexpected(format!(
                    "{} is not to be read ({error}); run scripts/setup.sh test",
                    axe().display()
                ))
            })?;
            self.evaluate(&format!("{script}\n;0")).await?;
        }
        self.comes_to_rest().await?;
        let found = self.evaluate(RUN).await?;
        let serious = |breach: &&Value| matches!(breach["impact"].as_str(), Some("serious" | "critical"));
        Ok(found
            .as_array()
            .into_iter()
            .flatten()
            .filter(serious)
            .map(told)
            .collect())
    }
}

/// A breach in a line or two.
fn told(breach: &Value) -> String {
    let text = |name: &str| breach[name].as_str().unwrap_or_default();
    format!(
        "{} ({}): {}\n    at {}\n    {}\n    {}",
        text("rule"),
        text("impact"),
        text("help"),
        text("where"),
        text("html"),
        text("why").replace('\n', " ")
    )
}

/// Where axe is: `CONFAB_AXE`, or the place where the set-up puts it.
fn axe() -> PathBuf {
    std::env::var_os("CONFAB_AXE").map_or_else(
        || {
            let version = SETTINGS
                .lines()
                .find_map(|line| line.strip_prefix("AXE_VERSION="));
            let home = || Path::new(&std::env::var_os("HOME").unwrap_or_default()).join(".cache");
            std::env::var_os("XDG_CACHE_HOME")
                .map_or_else(home, PathBuf::from)
                .join(format!("confab/tools/axe-core-{}", version.unwrap_or_default()))
                .join("node_modules/axe-core/axe.min.js")
        },
        PathBuf::from,
    )
}
