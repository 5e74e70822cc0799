//! What a page keeps in memory, as the browser counts it.

use crate::metrics::Metrics;
use crate::{Outcome, Person};

/// The memory of a page. `WebAssembly` memory is not part of the JavaScript heap.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageMemory {
    /// JavaScript heap in use, in bytes.
    pub heap: f64,
    /// DOM nodes, including detached ones that a script still refers to.
    pub nodes: f64,
}

impl PageMemory {
    /// Reads the page's counters.
    pub async fn of(person: &Person) -> Outcome<Self> {
        let metrics = Metrics::of(person).await?;
        Ok(Self {
            heap: metrics.value("JSHeapUsedSize"),
            nodes: metrics.value("Nodes"),
        })
    }
}
