//! Connections: accepted in plain or over TLS, bounded in number and time, and served until they end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use crate::address_limits::AddressLimits;
use crate::base_path::BasePath;
use crate::http::{App, PeerAddress, Transport};
use crate::limits::{ANSWER_WITHIN, HEAD_BYTES, HEAD_WITHIN};
use crate::tls::Tls;
use crate::write_timeout::WriteTimeout;

/// Accepts connections forever, as many at a time as there are permits, and with a limit for each client
/// address.
pub async fn accept(
    listener: &TcpListener,
    tls: Option<Arc<Tls>>,
    router: Router,
    app: &App,
    connections: &Arc<Semaphore>,
) {
    let service = TowerToHyperService::new(router);
    let base = app.base.clone();
    let places = AddressLimits::new(app.connections.connections_per_address());
    loop {
        let Ok(permit) = Arc::clone(connections).acquire_owned().await else {
            return;
        };
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Usually out of open files; other connections end and free theirs.
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let proxied = app.is_proxy(peer.ip());
        let hold = match places.hold(peer.ip()) {
            _ if proxied => None,
            Some(hold) => Some(hold),
            None => {
                tracing::debug!(%peer, "too many connections from one address");
                continue;
            }
        };
        let (service, stopping, tls) = ((service.clone(), base.clone()), app.stopping.clone(), tls.clone());
        tokio::spawn(async move {
            serve_by(stream, peer, tls, service, stopping).await;
            drop((permit, hold));
        });
    }
}

/// Serves one connection, in plain or over TLS.
async fn serve_by(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<Arc<Tls>>,
    service: (TowerToHyperService<Router>, BasePath),
    stopping: watch::Receiver<bool>,
) {
    // Signals are small and urgent.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "cannot set the options of a connection");
    }
    let stream = WriteTimeout::new(stream, ANSWER_WITHIN);
    let Some(tls) = tls else {
        return serve(stream, peer, Transport::Plain, service, stopping).await;
    };
    match tokio::time::timeout(HEAD_WITHIN, tls.acceptor().accept(stream)).await {
        Ok(Ok(stream)) => {
            let transport = Transport::Tls { trusted: tls.trusted };
            serve(stream, peer, transport, service, stopping).await;
        }
        Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
        Err(_) => tracing::debug!("a TLS handshake timed out"),
    }
}

/// Serves one connection until it closes, becomes a WebSocket, or the server stops.
async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    transport: Transport,
    (service, base): (TowerToHyperService<Router>, BasePath),
    mut stopping: watch::Receiver<bool>,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        base.strip(request.uri_mut());
        request.extensions_mut().insert(PeerAddress(peer.ip()));
        request.extensions_mut().insert(transport);
        service.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        done = connection.as_mut() => Some(done),
        _ = stopping.wait_for(|stopping| *stopping) => None,
    };
    let ended = if let Some(done) = ended {
        done
    } else {
        connection.as_mut().graceful_shutdown();
        connection.await
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection failed");
    }
}
