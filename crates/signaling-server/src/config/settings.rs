//! The settings, at the top of the file and in its sections.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use super::accounts::AccountSettings;
use super::limits::LimitSettings;
use super::log::LogFormat;
use super::metrics::MetricsSettings;
use super::rooms::RoomSettings;
use super::table::section;
use super::tls::TlsSettings;
use crate::limits::TURN_TTL_SECONDS;

section! {
    /// All settings.
    Settings, "";

    /// Where to listen for browsers
    ///
    /// Browsers give camera and microphone only to pages from localhost or over https, so other machines reach Confab over TLS.
    /// `0.0.0.0:8080` listens on all addresses.
    listen: SocketAddr = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)), flag "ADDRESS:PORT";

    /// The folder for accounts and chat; made if there is none
    data: PathBuf = PathBuf::from("confab-data"), flag "FOLDER";

    /// The path under which a proxy serves Confab beside other things on the host, such as /meet/
    ///
    /// It has letters, digits, `-`, `_`, `.` and `~` between slashes. The proxy may pass it on or take it off.
    base_path: String = "/".to_owned(), flag "PATH";

    /// Other sites that serve the app and may use this server, such as `https://rooms.example.org`
    allowed_origins: Vec<String> = Vec::new(), flag "ORIGIN", also "allowed-origin";

    /// Addresses or networks of proxies in front of Confab, whose X-Forwarded-For is believed
    ///
    /// A network is `10.0.0.0/8`; `X-Forwarded-Proto` is believed as well. Without it, all who come through a proxy count as one
    /// place when sign-in attempts and sockets are counted.
    trusted_proxies: Vec<String> = Vec::new(), flag "NETWORK", also "trusted-proxy";

    /// STUN servers for the browsers, such as stun:stun.example.org:3478
    ///
    /// In the form of RFC 7064; one that is malformed is refused at the start. See [turn.md](turn.md).
    stun: Vec<String> = Vec::new(), flag "URL";

    /// TURN servers for the browsers, such as turn:turn.example.org:3478?transport=udp
    ///
    /// In the form of RFC 7065; one that is malformed is refused at the start.
    turn: Vec<String> = Vec::new(), flag "URL";

    /// The secret shared with the TURN servers (coturn: use-auth-secret, static-auth-secret)
    ///
    /// Better given by environment or file: other users of the machine can see flags.
    turn_secret: Option<String> = None, flag "SECRET";

    /// For how many seconds TURN credentials are good
    ///
    /// Browsers are given new ones before; a relay in use goes on with those that it began with.
    turn_ttl: u32 = TURN_TTL_SECONDS, within 60..=7 * 24 * 60 * 60;

    /// What to log: error, warn, info, debug or trace
    ///
    /// Or by target, such as `info,signaling_server=debug`. Addresses are in the log from `debug` on; what people write never is.
    log: String = "info".to_owned(), flag "FILTER";

    /// How to write the log: text for people, json for machines
    log_format: LogFormat = LogFormat::Text, flag "FORMAT";

    + accounts: AccountSettings;
    + limits: LimitSettings;
    + rooms: RoomSettings;
    + metrics: MetricsSettings;
    + tls: TlsSettings;
}
