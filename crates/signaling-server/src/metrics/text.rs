//! The figures in Prometheus' text form (version 0.0.4).

use std::fmt::Write;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use registry::Figures;

use super::{Histogram, Metrics, OUTCOMES};

/// What is not counted but read off when somebody asks.
#[derive(Clone, Copy, Debug)]
pub struct Gauges {
    /// Open sockets, those that have not said hello among them.
    pub sockets: usize,
    /// What is in the rooms.
    pub figures: Figures,
}

/// Writes all figures out.
pub fn render(metrics: &Metrics, gauges: Gauges) -> String {
    let mut text = String::with_capacity(8 * 1024);
    let Gauges { sockets, figures } = gauges;
    head(&mut text, "confab_build_info", "gauge", "Which Confab this is.");
    line(
        &mut text,
        "confab_build_info",
        &format!("{{version=\"{}\"}}", env!("CARGO_PKG_VERSION")),
        1,
    );
    for (name, help, value) in [
        ("confab_sockets", "Open sockets.", sockets),
        ("confab_rooms", "Rooms that somebody is in.", figures.rooms),
        ("confab_seats", "Participants over all rooms.", figures.seats),
        (
            "confab_links",
            "Pairs of participants that may exchange signals.",
            figures.links,
        ),
        (
            "confab_invitations_ringing",
            "Invitations that ring.",
            figures.ringing,
        ),
    ] {
        head(&mut text, name, "gauge", help);
        line(&mut text, name, "", u64::try_from(value).unwrap_or(u64::MAX));
    }
    let name = "confab_signals_relayed_total";
    head(&mut text, name, "counter", "Signals passed on from peer to peer.");
    line(&mut text, name, "", metrics.relayed.load(Ordering::Relaxed));
    let name = "confab_invitations_ended_total";
    head(&mut text, name, "counter", "Invitations, by how they ended.");
    for ((_, outcome), count) in OUTCOMES.iter().zip(&metrics.invitations) {
        line(
            &mut text,
            name,
            &format!("{{outcome=\"{outcome}\"}}"),
            count.load(Ordering::Relaxed),
        );
    }
    refusals(&mut text, metrics);
    for (name, help, histogram) in [
        (
            "confab_http_request_seconds",
            "How long requests took.",
            &metrics.requests,
        ),
        (
            "confab_message_seconds",
            "How long it took to handle what a socket said.",
            &metrics.messages,
        ),
        (
            "confab_password_seconds",
            "How long password hashes took, with their wait.",
            &metrics.passwords,
        ),
    ] {
        durations(&mut text, name, help, histogram);
    }
    text
}

fn refusals(text: &mut String, metrics: &Metrics) {
    let name = "confab_refusals_total";
    head(text, name, "counter", "Refusals and ends of sockets, by code.");
    let counted = metrics.refusals.lock().unwrap_or_else(PoisonError::into_inner);
    let mut counted: Vec<_> = counted
        .iter()
        .map(|(code, count)| (code.as_str(), *count))
        .collect();
    counted.sort();
    for (code, count) in counted {
        line(text, name, &format!("{{code=\"{code}\"}}"), count);
    }
}

fn durations(text: &mut String, name: &str, help: &str, histogram: &Histogram) {
    head(text, name, "histogram", help);
    let snapshot = histogram.snapshot();
    let mut all = 0;
    for (bound, count) in snapshot.buckets {
        let bound = if bound.is_finite() {
            bound.to_string()
        } else {
            "+Inf".to_owned()
        };
        line(
            text,
            &format!("{name}_bucket"),
            &format!("{{le=\"{bound}\"}}"),
            count,
        );
        all = count;
    }
    let _ = writeln!(text, "{name}_sum {}", snapshot.sum_seconds);
    line(text, &format!("{name}_count"), "", all);
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(text: &mut String, name: &str, labels: &str, value: u64) {
    let _ = writeln!(text, "{name}{labels} {value}");
}
