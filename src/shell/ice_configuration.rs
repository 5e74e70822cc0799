//! The browser's configuration of a connection: ICE servers and transport policy.
//!
//! A browser refuses a whole configuration for one URL that it does not understand. Only that URL is left out
//! then: users who hide their address still get relays only, or no connection.

use js_sys::{Array, JsString};
use protocol::http::IceServer;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{RtcBundlePolicy, RtcConfiguration, RtcIceTransportPolicy, RtcPeerConnection};

use super::browser::Connection;
use super::js_error::JsError;

/// What a connection may use to reach the peer.
#[derive(Clone, Copy)]
pub(super) struct IceConfig<'a> {
    pub(super) ice_servers: &'a [IceServer],
    /// Use relays only (`iceTransportPolicy`).
    pub(super) relay_only: bool,
}

/// Creates a connection.
pub(super) fn connect(ice_config: IceConfig<'_>) -> Result<Connection, JsError> {
    let made = with_understood(ice_config, RtcPeerConnection::new_with_configuration)?;
    Ok(made.unchecked_into())
}

/// Sets the servers that a connection uses from its next ICE restart on.
pub(super) fn reconfigure(connection: &Connection, ice_config: IceConfig<'_>) -> Result<(), JsError> {
    with_understood(ice_config, |configuration| {
        connection.try_set_configuration(configuration)
    })
}

/// Converts STUN and TURN servers to the browser's form.
pub(super) fn ice_servers(servers: &[IceServer]) -> Array {
    servers.iter().map(ice_server).collect()
}

/// Tries a configuration with all servers and, if it is refused, with those that the browser understands.
fn with_understood<T>(
    ice_config: IceConfig<'_>,
    attempt: impl Fn(&RtcConfiguration) -> Result<T, JsValue>,
) -> Result<T, JsError> {
    attempt(&configuration(ice_config)).or_else(|refusal| {
        JsError::from(refusal).log("the browser refuses the ICE servers");
        let ice_servers = &understood(ice_config.ice_servers);
        Ok(attempt(&configuration(IceConfig {
            ice_servers,
            ..ice_config
        }))?)
    })
}

/// The URLs that the browser understands, each tried separately.
fn understood(servers: &[IceServer]) -> Vec<IceServer> {
    let each = servers.iter().flat_map(|server| {
        server.urls.iter().map(|url| IceServer {
            urls: vec![url.clone()],
            ..server.clone()
        })
    });
    each.filter(is_understood).collect()
}

fn is_understood(server: &IceServer) -> bool {
    let ice_servers = std::slice::from_ref(server);
    let ice_config = IceConfig {
        ice_servers,
        relay_only: false,
    };
    match RtcPeerConnection::new_with_configuration(&configuration(ice_config)) {
        Ok(tried) => {
            tried.close();
            true
        }
        Err(error) => {
            JsError::from(error).log(&format!("left out: {}", server.urls.join(", ")));
            false
        }
    }
}

fn configuration(ice_config: IceConfig<'_>) -> RtcConfiguration {
    let configuration = RtcConfiguration::new();
    configuration.set_bundle_policy(RtcBundlePolicy::MaxBundle);
    configuration.set_ice_servers(&ice_servers(ice_config.ice_servers));
    if ice_config.relay_only {
        configuration.set_ice_transport_policy(RtcIceTransportPolicy::Relay);
    }
    configuration
}

fn ice_server(server: &IceServer) -> web_sys::RtcIceServer {
    let init = web_sys::RtcIceServer::new();
    init.set_urls(
        &server
            .urls
            .iter()
            .map(|url| JsString::from(url.as_str()))
            .collect::<Array>(),
    );
    if let Some(username) = &server.username {
        init.set_username(username);
    }
    if let Some(credential) = &server.credential {
        init.set_credential(credential);
    }
    init
}
