//! Renders the metrics as text in the `OpenMetrics` format, for Prometheus and compatible programs.

use std::fmt;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use registry::Totals;

use super::Metrics;

/// The media type of what [`render`] returns.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Values that are not counted, but read when the metrics are requested.
#[derive(Clone, Copy, Debug)]
pub struct Gauges {
    /// Open sockets, including those that have not sent hello.
    pub sockets: usize,
    /// Totals over all rooms.
    pub figures: Totals,
}

/// Renders all metrics.
pub fn render(metrics: &Metrics, gauges: Gauges) -> Result<String, fmt::Error> {
    let mut all = Registry::with_prefix("confab");
    let version = [("version", env!("CARGO_PKG_VERSION"))];
    all.register("build", "Version of Confab", Info::new(version));
    let Gauges { sockets, figures } = gauges;
    for (name, help, value) in [
        ("sockets", "Open sockets", sockets),
        ("rooms", "Rooms with participants", figures.rooms),
        ("seats", "Participants in all rooms", figures.seats),
        (
            "links",
            "Pairs of participants that may exchange signals",
            figures.links,
        ),
        ("invitations_ringing", "Ringing invitations", figures.ringing),
    ] {
        let gauge = ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX));
        all.register(name, help, gauge);
    }
    all.register(
        "signals_relayed",
        "Signals relayed between peers",
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
            "How long HTTP requests took",
            &metrics.requests,
        ),
        (
            "message_seconds",
            "How long it took to handle a message",
            &metrics.messages,
        ),
        (
            "password_seconds",
            "How long password hashes took, including the queue",
            &metrics.passwords,
        ),
    ] {
        all.register(name, help, durations.0.clone());
    }
    let mut text = String::with_capacity(8 * 1024);
    encode(&mut text, &all)?;
    Ok(text)
}
