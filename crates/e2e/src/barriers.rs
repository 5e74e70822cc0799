//! Accessibility violations on a page, as found by axe-core.
//!
//! The rules are those of WCAG 2.0 to 2.2, levels A and AA. They find about half of all barriers; keyboard
//! use and what is announced to the user have journeys of their own.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{Outcome, Person};

/// The environment script of the set-up, the only place that states the version of axe.
const SETTINGS: &str = include_str!("../../../scripts/env.sh");

/// Runs the rules on the whole page; returns one entry per violating element.
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
    /// Fails when the page has a serious or critical violation. `place` names the page in the failure.
    pub async fn has_no_violation(&self, place: &str) -> Outcome {
        let barriers = self.barriers().await?;
        if barriers.is_empty() {
            return Ok(());
        }
        // A screenshot explains violations by colour or size best.
        let picture = self.screenshot(&format!("barrier-{}", self.name())).await?;
        Err(self.unexpected(format!(
            "accessibility violations at {place}:\n  {}\n  screenshot: {}",
            barriers.join("\n  "),
            picture.display()
        )))
    }

    /// Returns every serious or critical violation: rule, requirement, location and element.
    pub async fn barriers(&self) -> Outcome<Vec<String>> {
        if self.evaluate("typeof axe").await? == "undefined" {
            let script = std::fs::read_to_string(axe()).map_err(|error| {
                self.unexpected(format!(
                    "cannot read {} ({error}); run scripts/setup.sh test",
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

/// One violation as text: rule and impact, requirement, selector, HTML, reason.
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

/// Path of axe-core: `CONFAB_AXE`, or where the set-up installs it.
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
