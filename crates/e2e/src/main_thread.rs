//! Cost of a page on its main thread, as the browser counts it (Chrome's `DevTools` protocol,
//! `Performance.getMetrics`).

use std::ops::Sub;

use crate::metrics::Metrics;
use crate::{Outcome, Person};

/// Cumulative times in seconds, or the difference between two readings.
#[derive(Clone, Copy, Debug, Default)]
pub struct MainThread {
    /// Elapsed time.
    pub passed: f64,
    /// Time in tasks of all kinds.
    pub tasks: f64,
    /// Time in JavaScript and WebAssembly.
    pub script: f64,
    /// Time in style and layout.
    pub layout: f64,
}

impl MainThread {
    /// Enables the browser's counters and reads them.
    pub async fn of(person: &Person) -> Outcome<Self> {
        let metrics = Metrics::of(person).await?;
        Ok(Self {
            passed: metrics.value("Timestamp"),
            tasks: metrics.value("TaskDuration"),
            script: metrics.value("ScriptDuration"),
            layout: metrics.value("LayoutDuration") + metrics.value("RecalcStyleDuration"),
        })
    }
}

impl Sub for MainThread {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            passed: self.passed - before.passed,
            tasks: self.tasks - before.tasks,
            script: self.script - before.script,
            layout: self.layout - before.layout,
        }
    }
}
