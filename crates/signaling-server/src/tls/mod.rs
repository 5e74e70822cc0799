//! TLS inside the server, for whoever wants no proxy before it: a certificate from files, or one that it makes itself.
//!
//! Connections that are open keep the certificate with which they began; new ones get the one of the moment, so
//! that it can be renewed while the server runs.

mod files;
mod self_signed;

pub use self_signed::network_address;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use tokio::time::sleep;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// How often the files are looked at.
const LOOKED_AT_EVERY: Duration = Duration::from_secs(30);

/// Where the certificate comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsSource {
    /// Files that somebody else keeps good, in PEM.
    Files {
        /// The certificate, with those between it and its authority.
        certificate: PathBuf,
        /// Its private key.
        key: PathBuf,
    },
    /// The server itself, so that browsers warn of it; it is kept in the data folder.
    SelfSigned,
}

/// Why there is no certificate to serve with.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read or written.
    #[error("cannot read the certificate or its key in {file}: {source}")]
    File {
        /// Which.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is nothing of the kind in a file.
    #[error("there is no {what} in {file}: it has to be PEM")]
    Nothing {
        /// What should be there.
        what: &'static str,
        /// Where.
        file: PathBuf,
    },
    /// The two do not belong together, or are of a kind that is not known.
    #[error("cannot serve with this certificate and this key: {0}")]
    Pair(#[from] tokio_rustls::rustls::Error),
    /// A certificate cannot be made.
    #[error("cannot make a certificate: {0}")]
    Make(#[from] rcgen::Error),
}

/// The certificate of the moment.
#[derive(Debug)]
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    /// Whether browsers may be told to come by https alone from now on: not where they warn of it.
    pub trusted: bool,
    loaded: RwLock<Loaded>,
}

#[derive(Clone, Debug)]
struct Loaded {
    config: Arc<ServerConfig>,
    changed: [Option<SystemTime>; 2],
}

impl Tls {
    /// Loads the certificate, or makes it.
    pub fn load(source: TlsSource, data: &Path) -> Result<Self, TlsError> {
        let trusted = source != TlsSource::SelfSigned;
        let (certificate, key) = match source {
            TlsSource::Files { certificate, key } => (certificate, key),
            TlsSource::SelfSigned => {
                let file = self_signed::in_folder(data)?;
                (file.clone(), file)
            }
        };
        let loaded = Loaded {
            config: files::load(&certificate, &key)?,
            changed: [changed(&certificate), changed(&key)],
        };
        Ok(Self {
            certificate,
            key,
            trusted,
            loaded: RwLock::new(loaded),
        })
    }

    /// What shakes hands with the certificate of the moment.
    pub fn acceptor(&self) -> TlsAcceptor {
        let loaded = self.loaded.read().unwrap_or_else(PoisonError::into_inner);
        TlsAcceptor::from(Arc::clone(&loaded.config))
    }

    /// Loads the certificate anew when its files have changed, or when the program is told to (SIGHUP), for ever.
    pub async fn keep_fresh(self: Arc<Self>) {
        #[cfg(unix)]
        let mut told = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok();
        loop {
            #[cfg(unix)]
            let hangup = async {
                match &mut told {
                    Some(told) => told.recv().await,
                    None => std::future::pending().await,
                }
            };
            #[cfg(not(unix))]
            let hangup = std::future::pending::<Option<()>>();
            let now = tokio::select! {
                _ = hangup => true,
                () = sleep(LOOKED_AT_EVERY) => false,
            };
            self.look_again(now);
        }
    }

    /// A certificate that is not good is left where it is, and the one before it is used on.
    fn look_again(&self, whatever: bool) {
        let changed = [changed(&self.certificate), changed(&self.key)];
        let before = self.loaded.read().unwrap_or_else(PoisonError::into_inner).clone();
        if !whatever && before.changed == changed {
            return;
        }
        let config = match files::load(&self.certificate, &self.key) {
            Ok(config) => {
                tracing::info!("the certificate was loaded anew");
                config
            }
            Err(error) => {
                tracing::error!(%error, "the certificate was not loaded anew");
                before.config
            }
        };
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = Loaded { config, changed };
    }
}

fn changed(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|file| file.modified()).ok()
}
