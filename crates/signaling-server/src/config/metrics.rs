//! The settings of `[metrics]`: where metrics are served, and with which token they are read.

use std::net::SocketAddr;

use super::table::section;

section! {
    /// Settings of metrics.
    MetricsSettings, "metrics";

    /// Address on which to serve /metrics and /healthz without a token, such as 127.0.0.1:9100
    metrics_listen: Option<SocketAddr> = None, flag "ADDRESS:PORT";

    /// The token for reading /metrics on Confab's own port
    ///
    /// Sent as `Authorization: Bearer <token>`; without this setting, /metrics does not exist on that port.
    /// Better set by environment or file.
    metrics_token: Option<String> = None, flag "TOKEN";
}
