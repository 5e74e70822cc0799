//! The figures as text in the format of `OpenMetrics`, which Prometheus reads, and what is compatible with it.

use std::fmt;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use registry::Figures;

use super::Metrics;

/// The type of what [`render`] gives.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What is not counted but read off when somebody asks.
#[derive(Clone, Copy, Debug)]
pub struct Gauges {
    /// Open sockets, those that have not said hello among them.
    pub sockets: usize,
    /// What is in the rooms.
    pub figures: Figures,
}

/// Writes all figures out.
pub fn render(metrics: &Metrics, gauges: Gauges) -> Result<String, fmt::Error> {
    let mut all = Registry::with_prefix("confab");
    let version = [("version", env!("CARGO_PKG_VERSION"))];
    all.register("build", "Which Confab this is", Info::new(version));
    let Gauges { sockets, figures } = gauges;
    for (name, help, value) in [
        ("sockets", "Open sockets", sockets),
        ("rooms", "Rooms that someone is in", figures.rooms),
        ("seats", "Participants over all rooms", figures.seats),
        (
            "links",
            "Pairs of participants that may exchange signals",
            figures.links,
        ),
        ("invitations_ringing", "Invitations that ring", figures.ringing),
    ] {
        let gauge = ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX));
        all.register(name, help, gauge);
    }
    all.register(
        "signals_relayed",
        "Signals passed on from peer to peer",
        metrics.relayed.clone(),
    );
    all.register(
        "invitations_ended",
        "Invitations, by how they ended",
        metrics.invitations.clone(),
    );
    all.register(
        "refusals",
        "Refusals and ends of sockets, by code",
        metrics.refusals.clone(),
    );
    for (name, help, durations) in [
        (
            "http_request_seconds",
            "How long requests took",
            &metrics.requests,
        ),
        (
            "message_seconds",
            "How long it took to handle what a socket said",
            &metrics.messages,
        ),
        (
            "password_seconds",
            "How long password hashes took, with their wait",
            &metrics.passwords,
        ),
    ] {
        all.register(name, help, durations.0.clone());
    }
    let mut text = String::with_capacity(8 * 1024);
    encode(&mut text, &all)?;
    Ok(text)
}
