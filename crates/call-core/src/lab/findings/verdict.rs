//! Collects the findings: each kind once, with all servers that show it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, FindingKind};
use crate::lab::{Outcome, Server};

/// Findings so far, sorted by importance.
pub(super) struct Verdict<'a> {
    tried: &'a [(Server, Outcome)],
    found: BTreeMap<FindingKind, BTreeSet<Server>>,
}

impl<'a> Verdict<'a> {
    pub(super) fn of(tried: &'a [(Server, Outcome)]) -> Self {
        Self {
            tried,
            found: BTreeMap::new(),
        }
    }

    /// Adds a finding that one server shows.
    pub(super) fn one(&mut self, kind: FindingKind, server: &Server) {
        self.found.entry(kind).or_default().insert(server.clone());
    }

    /// Adds a finding that all servers show for which `which` is true.
    pub(super) fn all(&mut self, kind: FindingKind, which: impl Fn(&Server, Outcome) -> bool) {
        let shown = self
            .tried
            .iter()
            .filter(|(server, outcome)| which(server, *outcome));
        let shown = shown.map(|(server, _)| server.clone());
        self.found.entry(kind).or_default().extend(shown);
    }

    /// Returns the findings, the most important first.
    pub(super) fn ranked(self) -> Vec<Finding> {
        let found = self.found.into_iter();
        found
            .map(|(kind, servers)| Finding {
                kind,
                servers: servers.into_iter().collect(),
            })
            .collect()
    }
}
