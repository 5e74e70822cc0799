//! The program: reads the settings, starts the log, and runs the server until it is asked to stop.

#![cfg_attr(not(test), warn(clippy::wildcard_enum_match_arm))]

use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

use signaling_server::admin::{self, AdminError};
use signaling_server::config::{Action, Arguments, ProgramConfig, SettingsError, TlsSource, documentation};
use signaling_server::{RunError, Server, network_address};
use tokio::net::TcpListener;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Why the program fails. Each message says how to fix it.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error("{0}")]
    Settings(#[from] SettingsError),
    #[error("port {port} is in use by another program. Stop that one, or choose another port with {flag} {ip}:PORT",
        ip = .address.ip(), port = .address.port())]
    PortInUse { address: SocketAddr, flag: &'static str },
    #[error("cannot listen on {address}: {source}. Choose another address with {flag}")]
    Listen {
        address: SocketAddr,
        flag: &'static str,
        source: std::io::Error,
    },
    #[error("cannot write to standard output: {0}")]
    Output(std::io::Error),
    #[error("cannot start: {0}")]
    Runtime(std::io::Error),
    #[error("{0}")]
    Run(#[from] RunError),
    #[error("{0}")]
    Admin(#[from] AdminError),
}

fn main() -> ExitCode {
    let arguments = Arguments::read(std::env::args_os());
    match arguments.map_err(StartError::from).and_then(start) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("confab: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start(Arguments { action, settings }: Arguments) -> Result<(), StartError> {
    let started = ProgramConfig::try_from(settings)?;
    let mut out = std::io::stdout();
    match action {
        Some(Action::Admin(command)) => {
            let (data, hashes) = (&started.config.data, started.config.accounts.hashes);
            return Ok(admin::run(command, data, hashes, &mut out)?);
        }
        Some(Action::Settings) => {
            return write!(out, "{}", documentation()).map_err(StartError::Output);
        }
        None => {}
    }
    let coloured = std::io::stderr().is_terminal();
    tracing_subscriber::registry()
        .with(started.log_format.layer(coloured))
        .with(started.log.clone())
        .init();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(StartError::Runtime)?
        .block_on(serve(started))
}

async fn serve(started: ProgramConfig) -> Result<(), StartError> {
    let listener = bind(started.listen, "--listen").await?;
    let address = listener.local_addr().unwrap_or(started.listen);
    let stop = stop_signal().map_err(StartError::Runtime)?;
    let (tls, path) = (started.config.tls.clone(), started.config.base.home());
    let mut server = Server::open(started.config)?;
    if let Some(listen) = started.metrics_listen {
        server = server.with_operation(bind(listen, "--metrics-listen").await?);
    }
    // Standard output may be closed: that is no reason to stop.
    let _ = writeln!(
        std::io::stdout(),
        "{}",
        welcome(address, tls.as_ref(), path.trim_end_matches('/'))
    );
    Ok(server.run(listener, stop).await?)
}

async fn bind(address: SocketAddr, flag: &'static str) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|source| {
        if source.kind() == std::io::ErrorKind::AddrInUse {
            return StartError::PortInUse { address, flag };
        }
        StartError::Listen {
            address,
            flag,
            source,
        }
    })
}

/// Returns the text that says where to open Confab: on this machine, and from a phone with a self-signed
/// certificate.
fn welcome(address: SocketAddr, tls: Option<&TlsSource>, path: &str) -> String {
    let scheme = if tls.is_some() { "https" } else { "http" };
    let here = format!("Confab is ready: open {scheme}://{}{path}", page_host(address));
    match (tls, network_address()) {
        (Some(TlsSource::SelfSigned), Some(network)) if address.ip().is_unspecified() => {
            let there = SocketAddr::new(network, address.port());
            format!(
                "{here}\nFrom this network: https://{there}{path} (browsers warn about the certificate; continue anyway)"
            )
        }
        _ => here,
    }
}

/// Returns the host to open in a browser on this machine: localhost, where cameras are allowed.
fn page_host(address: SocketAddr) -> String {
    let local = address.ip().is_loopback() || address.ip().is_unspecified();
    if local {
        format!("localhost:{}", address.port())
    } else {
        address.to_string()
    }
}

/// Returns a future that ends when the system or a user asks the program to stop.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}
