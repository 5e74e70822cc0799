//! The settings of `[tls]`: the certificate, if the server speaks TLS itself.

use std::path::PathBuf;

use super::table::section;
use super::{SettingsError, TlsSource};

section! {
    /// Settings of TLS.
    TlsSettings, "tls";

    /// A certificate in PEM, followed by its intermediates; Confab then serves https
    ///
    /// It is reloaded within half a minute after its file changes, and at once on SIGHUP.
    tls_cert: Option<PathBuf> = None, flag "FILE";

    /// The private key of the certificate, in PEM
    tls_key: Option<PathBuf> = None, flag "FILE";

    /// Serve https with a certificate that Confab generates, to try it from a phone; browsers warn about it
    ///
    /// It is kept in the data folder, for localhost and this machine's address in its network.
    tls_self_signed: bool = false, flag "BOOL";
}

impl TlsSettings {
    /// Returns the source of the certificate, or `None` for plain http.
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
            (Some(file), None, _) => Err(wrong("tls-cert", file, "tls-key is missing")),
            (None, Some(file), _) => Err(wrong("tls-key", file, "tls-cert is missing")),
            (Some(file), Some(_), true) => Err(wrong(
                "tls-cert",
                file,
                "with tls-self-signed, Confab generates one",
            )),
        }
    }
}
