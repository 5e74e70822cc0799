//! Built-in TLS: a certificate from files, renewed while the server runs, and a self-signed one.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::program::{assert_one_clear_line, confab, ready};
use crate::server::PATIENCE;

/// Returns the response to a client that trusts only this certificate; `None` if the server has another.
async fn ask(to: SocketAddr, trusted: &CertificateDer<'static>, request: &str) -> Option<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).expect("a certificate");
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let exchange = async {
        let stream = TcpStream::connect(to).await.expect("a connection");
        let name = ServerName::try_from("localhost").expect("a name");
        let mut stream = TlsConnector::from(Arc::new(config))
            .connect(name, stream)
            .await
            .ok()?;
        let head = format!("{request} HTTP/1.1\r\nhost: {to}\r\nconnection: close\r\n");
        stream.write_all(head.as_bytes()).await.ok()?;
        stream.write_all(b"content-length: 0\r\n\r\n").await.ok()?;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        Some(String::from_utf8_lossy(&answer).into_owned())
    };
    tokio::time::timeout(PATIENCE, exchange).await.expect("in time")
}

fn write_pair(folder: &Path) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("made");
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).expect("written");
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).expect("written");
    made.cert.der().clone()
}

async fn start(folder: &Path, arguments: &[&str]) -> (Child, SocketAddr) {
    let data = folder.join("data").display().to_string();
    let common = ["--listen", "127.0.0.1:0", "--data", &data, "--log", "off"];
    let all: Vec<&str> = common.iter().chain(arguments).copied().collect();
    let mut child = confab(&all).stdout(Stdio::piped()).spawn().expect("it starts");
    let address = ready(&mut child).await;
    (child, address)
}

#[cfg(unix)]
#[tokio::test]
async fn renewed_certificate_is_served_after_sighup() {
    let folder = TempDir::new().expect("a folder");
    let first = write_pair(folder.path());
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    let (certificate, key) = (certificate.display().to_string(), key.display().to_string());
    let (child, address) = start(folder.path(), &["--tls-cert", &certificate, "--tls-key", &key]).await;
    let answer = ask(address, &first, "GET /healthz").await.expect("it is served");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(
        answer.contains("strict-transport-security: max-age=31536000"),
        "{answer}"
    );

    let second = write_pair(folder.path());
    let id = child.id().expect("it runs").to_string();
    let told = Command::new("kill").args(["-HUP", &id]).status().await;
    assert!(told.expect("told").success());
    let renewed = async { while ask(address, &second, "GET /healthz").await.is_none() {} };
    tokio::time::timeout(PATIENCE, renewed)
        .await
        .expect("it is renewed");
    assert!(ask(address, &first, "GET /healthz").await.is_none());
}

#[tokio::test]
async fn self_signed_certificate_is_kept_and_sends_no_hsts() {
    let folder = TempDir::new().expect("a folder");
    let mut served = Vec::new();
    for _ in 0..2 {
        let (mut child, address) = start(folder.path(), &["--tls-self-signed"]).await;
        let data = std::fs::read_dir(folder.path().join("data")).expect("a folder");
        let file = data
            .filter_map(|file| Some(file.ok()?.path()))
            .find(|file| file.extension().is_some_and(|kind| kind == "pem"))
            .expect("a certificate");
        let own = CertificateDer::from_pem_file(file).expect("a certificate");
        let answer = ask(address, &own, "GET /healthz").await.expect("it is served");
        assert!(
            answer.starts_with("HTTP/1.1 200") && !answer.contains("strict-transport"),
            "{answer}"
        );
        served.push(own);
        child.kill().await.expect("killed");
    }
    assert_eq!(served[0], served[1]);
}

#[tokio::test]
async fn certificate_errors_are_one_clear_line() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().join("data").display().to_string();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "").expect("written");
    let empty = empty.display().to_string();
    for (arguments, words) in [
        (&["--tls-cert", &empty][..], "tls-key is missing"),
        (
            &["--tls-cert", &empty, "--tls-key", &empty],
            "there is no certificate in",
        ),
        (
            &["--tls-cert", "/nowhere.pem", "--tls-key", &empty],
            "cannot read the certificate",
        ),
    ] {
        let common = ["--listen", "127.0.0.1:0", "--data", &data];
        let all: Vec<&str> = common.iter().chain(arguments).copied().collect();
        assert_one_clear_line(&mut confab(&all), &[words]).await;
    }
}
