//! The settings of `[metrics]`: who may read the figures, and where.

use std::net::SocketAddr;

use clap::Args;
use serde::Deserialize;

/// As a person gives them.
#[derive(Clone, Debug, Default, Args, Deserialize)]
#[command(next_help_heading = "Figures, in the file under [metrics]")]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MetricsSettings {
    /// Where to serve /metrics and /healthz without a token, such as 127.0.0.1:9100 [default: nowhere]
    #[arg(long, env = "CONFAB_METRICS_LISTEN", value_name = "ADDRESS:PORT")]
    pub metrics_listen: Option<SocketAddr>,

    /// The token with which /metrics may be read on Confab's own port [default: it cannot be]
    ///
    /// Given as `Authorization: Bearer <token>`. Better set by environment or file.
    #[arg(
        long,
        env = "CONFAB_METRICS_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true
    )]
    pub metrics_token: Option<String>,
}

impl MetricsSettings {
    /// Adds what the file says, where flags and environment say nothing.
    pub fn over(self, under: Self) -> Self {
        Self {
            metrics_listen: self.metrics_listen.or(under.metrics_listen),
            metrics_token: self.metrics_token.or(under.metrics_token),
        }
    }
}
