//! The settings of `[tls]`: with which certificate the server speaks TLS itself, if it does.

use std::path::PathBuf;

use super::table::section;
use super::{SettingsError, TlsSource};

section! {
    /// Whether Confab speaks TLS itself.
    TlsSettings, "tls";

    /// A certificate in PEM, with those between it and its authority; then Confab speaks https
    ///
    /// It is loaded again within half a minute when its file changes, and at once on SIGHUP.
    tls_cert: Option<PathBuf> = None, flag "FILE";

    /// The private key of the certificate, in PEM
    tls_key: Option<PathBuf> = None, flag "FILE";

    /// Speak https with a certificate that Confab makes, to try it from a phone; browsers warn of it
    ///
    /// It is kept in the data folder, for localhost and this machine's address in its network.
    tls_self_signed: bool = false, flag "BOOL";
}

impl TlsSettings {
    /// Where the certificate comes from; nowhere when Confab speaks plain http.
    pub fn source(self) -> Result<Option<TlsSource>, SettingsError> {
        let wrong = |setting: &str, value: PathBuf, why: &str| SettingsError::Value {
            setting: setting.to_owned(),
            value: value.display().to_string(),
            why: why.to_owned(),
        };
        match (self.tls_cert, self.tls_key, self.tls_self_signed) {
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
