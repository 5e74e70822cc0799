//! A self-signed certificate: enough for a phone on the same network, after a warning.
//!
//! It is for localhost and for this machine's address in its network, and lasts to the end of the next year:
//! browsers reject one that lasts longer. It is kept, so that users who have accepted it are not warned again.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::path::{Path, PathBuf};

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, SanType, date_time_ymd};

use super::TlsError;
use crate::clock::unix_millis;

/// The average year of the calendar, in milliseconds.
const YEAR_MILLIS: u64 = 31_556_952_000;

/// Returns the file with the certificate and its key. It is created if there is none for this year and this
/// address.
pub(super) fn in_folder(folder: &Path) -> Result<PathBuf, TlsError> {
    let year = i32::try_from(1970 + unix_millis().0 / YEAR_MILLIS).unwrap_or(i32::MAX - 1);
    let address = network_address().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let name = format!("self-signed-{year}-{address}.pem").replace(':', "-");
    let file = folder.join(name);
    if !file.exists() {
        let text = make(year, address)?;
        write(&file, &text).map_err(|source| TlsError::File {
            file: file.clone(),
            source,
        })?;
    }
    Ok(file)
}

/// Returns the address from which this machine sends to others. Nothing is sent to find out.
pub fn network_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address for documentation (RFC 5737): only the route to it matters.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

fn make(year: i32, address: IpAddr) -> Result<String, rcgen::Error> {
    let mut params = CertificateParams::new(vec!["localhost".to_owned()])?;
    let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
    params.subject_alt_names.push(SanType::IpAddress(local));
    if address != local {
        params.subject_alt_names.push(SanType::IpAddress(address));
    }
    params.distinguished_name = DistinguishedName::new();
    params
        .distinguished_name
        .push(DnType::CommonName, "Confab on this network");
    params.not_before = date_time_ymd(year, 1, 1);
    params.not_after = date_time_ymd(year + 1, 12, 31);
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    Ok(format!("{}{}", certificate.pem(), key.serialize_pem()))
}

/// Writes a file completely or not at all, accessible to its owner only.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    let unfinished = file.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&unfinished)?.write_all(text.as_bytes())?;
    std::fs::rename(unfinished, file)
}
