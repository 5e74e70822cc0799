//! The findings as they are gathered: each kind once, with all servers that show it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, FindingKind};
use crate::lab::{Outcome, Server};

/// What was found so far; in order by its weight.
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

    /// One server shows it.
    pub(super) fn one(&mut self, kind: FindingKind, server: &Server) {
        self.found.entry(kind).or_default().insert(server.clone());
    }

    /// All servers show it of which `which` is true.
    pub(super) fn all(&mut self, kind: FindingKind, which: impl Fn(&Server, Outcome) -> bool) {
        let shown = self
            .tried
            .iter()
            .filter(|(server, outcome)| which(server, *outcome));
        let shown = shown.map(|(server, _)| server.clone());
        self.found.entry(kind).or_default().extend(shown);
    }

    /// The findings, the weightiest first.
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
