//! The settings of `[metrics]`: who may read the figures, and where.

use std::net::SocketAddr;

use super::table::section;

section! {
    /// Who may read the figures.
    MetricsSettings, "metrics";

    /// Where to serve /metrics and /healthz without a token, such as 127.0.0.1:9100
    metrics_listen: Option<SocketAddr> = None, flag "ADDRESS:PORT";

    /// The token with which /metrics may be read on Confab's own port
    ///
    /// Given as `Authorization: Bearer <token>`; without it, the figures are not there. Better set by environment or file.
    metrics_token: Option<String> = None, flag "TOKEN";
}
