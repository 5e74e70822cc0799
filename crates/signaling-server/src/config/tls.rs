//! The settings of `[tls]`: with which certificate the server speaks TLS itself, if it does.

use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;

use super::{SettingsError, TlsSource};

/// As a person gives them.
#[derive(Clone, Debug, Default, Args, Deserialize)]
#[command(next_help_heading = "TLS, in the file under [tls]")]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TlsSettings {
    /// A certificate in PEM, with those between it and its authority; then Confab speaks https
    ///
    /// It is loaded anew within half a minute when its file changes, and at once on SIGHUP.
    #[arg(long = "tls-cert", env = "CONFAB_TLS_CERT", value_name = "FILE")]
    #[serde(rename = "tls-cert")]
    pub certificate: Option<PathBuf>,

    /// The private key of the certificate, in PEM
    #[arg(long = "tls-key", env = "CONFAB_TLS_KEY", value_name = "FILE")]
    #[serde(rename = "tls-key")]
    pub key: Option<PathBuf>,

    /// Speak https with a certificate that Confab makes, to try it from a phone; browsers warn of it
    #[arg(
        long = "tls-self-signed",
        env = "CONFAB_TLS_SELF_SIGNED",
        value_name = "BOOL",
        num_args = 0..=1,
        default_missing_value = "true"
    )]
    #[serde(rename = "tls-self-signed")]
    pub self_signed: Option<bool>,
}

impl TlsSettings {
    /// Adds what the file says, where flags and environment say nothing.
    pub fn over(self, under: Self) -> Self {
        Self {
            certificate: self.certificate.or(under.certificate),
            key: self.key.or(under.key),
            self_signed: self.self_signed.or(under.self_signed),
        }
    }

    /// Where the certificate comes from; nowhere when Confab speaks plain http.
    pub fn source(self) -> Result<Option<TlsSource>, SettingsError> {
        let wrong = |setting, value: PathBuf, why: &str| SettingsError::Value {
            setting,
            value: value.display().to_string(),
            why: why.to_owned(),
        };
        match (self.certificate, self.key, self.self_signed.unwrap_or_default()) {
            (Some(certificate), Some(key), false) => Ok(Some(TlsSource::Files { certificate, key })),
            (None, None, true) => Ok(Some(TlsSource::SelfSigned)),
            (None, None, false) => Ok(None),
            (Some(file), None, _) => Err(wrong("tls-cert", file, "it needs a tls-key")),
            (None, Some(file), _) => Err(wrong("tls-key", file, "it needs a tls-cert")),
            (Some(file), Some(_), true) => Err(wrong(
                "tls-cert",
                file,
                "with tls-self-signed Confab makes the certificate",
            )),
        }
    }
}
