//! Loads a certificate and its key from files.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::TlsError;

/// Reads both. Returns the TLS configuration.
pub(super) fn load(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "foreign, open to new variants")]
    let failed = |file: &Path, what| {
        let file = file.to_owned();
        move |error| match error {
            pem::Error::Io(source) => TlsError::File { file, source },
            pem::Error::NoItemsFound => TlsError::Nothing { what, file },
            other => TlsError::File {
                file,
                source: io::Error::other(other.to_string()),
            },
        }
    };
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(failed(certificate, "certificate"))?;
    if chain.is_empty() {
        return Err(failed(certificate, "certificate")(pem::Error::NoItemsFound));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(failed(key, "private key"))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, secret)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
