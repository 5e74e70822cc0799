//! The connection report: plain text, to be sent to someone who can help.

use call_core::{LabView, ServerRole};

use super::{Texts, finding, step};

/// The report of findings, servers and trace. `head` states the time and the browser.
pub fn report(t: &Texts, lab: &LabView, head: &[String]) -> String {
    let mut lines = vec![format!(
        "Confab {} · {}",
        env!("CARGO_PKG_VERSION"),
        t.lab_connection
    )];
    lines.extend_from_slice(head);
    section(&mut lines, t.findings, findings(t, lab));
    section(&mut lines, t.servers, servers(t, lab));
    section(&mut lines, t.trace, trace(t, lab));
    lines.push(String::new());
    lines.join("\n")
}

fn section(lines: &mut Vec<String>, title: &str, content: Vec<String>) {
    if !content.is_empty() {
        lines.push(String::new());
        lines.push(format!("## {title}"));
        lines.extend(content);
    }
}

fn findings(t: &Texts, lab: &LabView) -> Vec<String> {
    let found = lab.check.findings.iter();
    found
        .map(|found| {
            let severity = finding::severity(t, found.kind.severity());
            let (what, advice) = (finding::what(t, &found.kind), finding::advice(t, &found.kind));
            format!("[{severity}] {what} {advice}")
        })
        .collect()
}

fn servers(t: &Texts, lab: &LabView) -> Vec<String> {
    let mut lines = Vec::new();
    for probe in &lab.check.servers {
        let role = match probe.server.role {
            ServerRole::Stun => "STUN",
            ServerRole::Turn => "TURN",
        };
        let (place, over) = (probe.server.place(), finding::transport(probe.server.transport));
        let result = finding::outcome(t, probe.outcome);
        let time = finding::time(t, probe.outcome);
        lines.push(
            format!("{role} {place} {over}: {result} {time}")
                .trim_end()
                .to_owned(),
        );
        let errors = probe.errors.iter();
        lines.extend(errors.map(|error| format!("  {} {} ({})", error.code, error.text, error.url)));
    }
    lines
}

fn trace(t: &Texts, lab: &LabView) -> Vec<String> {
    let entries = lab.loopback.trace.iter();
    entries
        .map(|entry| {
            let (seconds, end) = (step::seconds(entry), step::end(t, entry.end));
            let step = step::step(t, &entry.step);
            if end.is_empty() {
                format!("{seconds}  {step}")
            } else {
                format!("{seconds}  {end}: {step}")
            }
        })
        .collect()
}
