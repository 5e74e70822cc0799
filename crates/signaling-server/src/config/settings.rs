//! All settings: the top of the file, and its sections.

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

    /// Address on which to listen for browsers
    ///
    /// Browsers give a page camera and microphone only from localhost or over https, so other machines need TLS
    /// to use Confab. `0.0.0.0:8080` listens on all addresses.
    listen: SocketAddr = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)), flag "ADDRESS:PORT";

    /// The folder for accounts and chat; created if it does not exist
    data: PathBuf = PathBuf::from("confab-data"), flag "FOLDER";

    /// The path under which a proxy serves Confab next to other things on the host, such as /meet/
    ///
    /// Letters, digits, `-`, `_`, `.` and `~` between slashes. The proxy may pass the path on or remove it.
    base_path: String = "/".to_owned(), flag "PATH";

    /// Other origins that serve the app and may use this server, such as `https://rooms.example.org`
    allowed_origins: Vec<String> = Vec::new(), flag "ORIGIN", also "allowed-origin";

    /// Addresses or networks of proxies in front of Confab whose X-Forwarded-For is trusted
    ///
    /// A network looks like `10.0.0.0/8`; `X-Forwarded-Proto` is trusted as well. Without this setting, all
    /// clients behind a proxy count as one address when sign-in attempts and sockets are limited.
    trusted_proxies: Vec<String> = Vec::new(), flag "NETWORK", also "trusted-proxy";

    /// STUN servers for browsers, such as stun:stun.example.org:3478
    ///
    /// In the form of RFC 7064; a malformed URL is refused at startup. See [turn.md](turn.md).
    stun: Vec<String> = Vec::new(), flag "URL";

    /// TURN servers for browsers, such as turn:turn.example.org:3478?transport=udp
    ///
    /// In the form of RFC 7065; a malformed URL is refused at startup.
    turn: Vec<String> = Vec::new(), flag "URL";

    /// The secret shared with the TURN servers (coturn: use-auth-secret, static-auth-secret)
    ///
    /// Better set by environment or file: other users of the machine can see flags.
    turn_secret: Option<String> = None, flag "SECRET";

    /// Seconds for which TURN credentials are valid
    ///
    /// Browsers get new ones in time; a relay in use keeps those that it began with.
    turn_ttl: u32 = TURN_TTL_SECONDS, within 60..=7 * 24 * 60 * 60;

    /// What to log: error, warn, info, debug or trace
    ///
    /// Or by target, such as `info,signaling_server=debug`. IP addresses are logged at `debug` and `trace`
    /// only; what people write is never logged.
    log: String = "info".to_owned(), flag "FILTER";

    /// Format of the log: text for people, json for machines
    log_format: LogFormat = LogFormat::Text, flag "FORMAT";

    + accounts: AccountSettings;
    + limits: LimitSettings;
    + rooms: RoomSettings;
    + metrics: MetricsSettings;
    + tls: TlsSettings;
}
