//! The settings as the server uses them: checked, with defaults filled in.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use protocol::{IceScheme, IceUrl};

use super::limits::Limits;
use super::{
    AccountRules, BasePath, Bounds, ConnectionLimits, IceSettings, LogFormat, Network, Origin,
    PasswordGuessLimits, QueueBounds, Quotas, Settings, SettingsError, SocketLimits, Timings, TlsSource,
};

/// Settings of [`crate::run`]. Users cannot set the timings: only tests change them.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The data folder, for accounts and chat.
    pub data: PathBuf,
    /// The base path of all addresses.
    pub base: BasePath,
    /// Other origins whose pages may use the server.
    pub allowed_origins: Vec<Origin>,
    /// Proxies whose forwarding headers are trusted.
    pub trusted_proxies: Vec<Network>,
    /// The token for metrics on the main port; without one, they are not served there.
    pub metrics_token: Option<String>,
    /// The source of the certificate; `None` for plain http.
    pub tls: Option<TlsSource>,
    /// STUN and TURN servers.
    pub ice: IceSettings,
    /// Rules for accounts, sign-in and guests.
    pub accounts: AccountRules,
    /// How long invitations ring and seats wait.
    pub timings: Timings,
    /// Timeouts, sizes and rates of sockets.
    pub per_socket: SocketLimits,
    /// Bounds of what may be queued for one socket.
    pub queue: QueueBounds,
    /// Maximum number of sockets, in all and per address.
    pub connections: ConnectionLimits,
    /// Maximum number of rooms and seats.
    pub bounds: Bounds,
    /// Limits of what is stored for rooms and users.
    pub quotas: Quotas,
    /// Limit of guesses at room passwords.
    pub guesses: PasswordGuessLimits,
}

/// What the program needs to start: the server's settings, where to listen, and what to log.
#[derive(Clone, Debug)]
pub struct ProgramConfig {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// What to log.
    pub log: tracing_subscriber::filter::Targets,
    /// The format of the log.
    pub log_format: LogFormat,
    /// The separate address for metrics, if any.
    pub metrics_listen: Option<SocketAddr>,
    /// The server's settings.
    pub config: Config,
}

impl TryFrom<Settings> for ProgramConfig {
    type Error = SettingsError;

    fn try_from(settings: Settings) -> Result<Self, Self::Error> {
        let log = settings.log.parse().map_err(|_| {
            let why = "it must be error, warn, info, debug or trace, or a list of target=level";
            wrong("log", &settings.log, why)
        })?;
        let Limits {
            connections,
            bounds,
            per_socket,
            queue,
        } = settings.limits.limits();
        let rooms = settings.rooms.rules(queue)?;
        let ice = ice(&settings)?;
        let config = Config {
            per_socket,
            queue,
            connections,
            bounds: Bounds {
                room_participants: rooms.participants,
                ..bounds
            },
            quotas: rooms.quotas,
            guesses: rooms.guesses,
            data: settings.data,
            base: parsed("base-path", &settings.base_path)?,
            allowed_origins: all_parsed("allowed-origins", &settings.allowed_origins)?,
            trusted_proxies: all_parsed("trusted-proxies", &settings.trusted_proxies)?,
            tls: settings.tls.source()?,
            metrics_token: settings.metrics.metrics_token.filter(|token| !token.is_empty()),
            ice,
            accounts: settings.accounts.rules()?,
            ..Config::default()
        };
        Ok(Self {
            listen: settings.listen,
            log,
            log_format: settings.log_format,
            metrics_listen: settings.metrics.metrics_listen,
            config,
        })
    }
}

fn wrong(setting: &str, value: &str, why: impl Into<String>) -> SettingsError {
    SettingsError::Value {
        setting: setting.to_owned(),
        value: value.to_owned(),
        why: why.into(),
    }
}

fn parsed<T: FromStr<Err: ToString>>(setting: &str, text: &str) -> Result<T, SettingsError> {
    text.parse()
        .map_err(|why: T::Err| wrong(setting, text, why.to_string()))
}

fn all_parsed<T: FromStr<Err: ToString>>(setting: &str, texts: &[String]) -> Result<Vec<T>, SettingsError> {
    texts.iter().map(|text| parsed(setting, text)).collect()
}

fn ice(settings: &Settings) -> Result<IceSettings, SettingsError> {
    let stun = urls("stun", &settings.stun, |scheme| !scheme.is_turn())?;
    let turn = urls("turn", &settings.turn, IceScheme::is_turn)?;
    let turn_secret = settings.turn_secret.clone().unwrap_or_default();
    if !turn.is_empty() && turn_secret.is_empty() {
        let why = "a TURN server needs the secret that it shares with Confab";
        return Err(wrong("turn-secret", &turn_secret, why));
    }
    Ok(IceSettings {
        stun,
        turn,
        turn_secret,
        turn_ttl: Duration::from_secs(settings.turn_ttl.into()),
    })
}

/// Parses ICE URLs. One that browsers would reject is refused by name: it would make them reject all the others
/// too.
fn urls(
    setting: &str,
    urls: &[String],
    is_of_setting: fn(IceScheme) -> bool,
) -> Result<Vec<String>, SettingsError> {
    let read = |text: &String| {
        let url: IceUrl = parsed(setting, text)?;
        if is_of_setting(url.scheme) {
            return Ok(url.to_string());
        }
        Err(wrong(
            setting,
            text,
            format!("it must begin with {setting}: or {setting}s:"),
        ))
    };
    urls.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_listen_on_loopback_without_ice_servers() {
        let started = ProgramConfig::try_from(Settings::default()).expect("defaults");
        assert!(started.listen.ip().is_loopback());
        assert!(started.config.ice.stun.is_empty() && started.config.ice.turn.is_empty());
    }

    #[test]
    fn malformed_ice_urls_are_refused_by_name() {
        let read = |stun: &[&str], turn: &[&str]| {
            let list = |urls: &[&str]| urls.iter().map(|url| (*url).to_owned()).collect();
            let settings = Settings {
                stun: list(stun),
                turn: list(turn),
                turn_secret: Some("secret".to_owned()),
                ..Settings::default()
            };
            ice(&settings)
                .map(|ice| [ice.stun, ice.turn].concat())
                .map_err(|error| error.to_string())
        };
        let good = read(
            &["stun:a", "STUNS:[::1]:3478"],
            &["turn:a?transport=udp", "turns:a"],
        );
        let given = ["stun:a", "stuns:[::1]:3478", "turn:a?transport=udp", "turns:a"];
        assert_eq!(good, Ok(given.map(str::to_owned).to_vec()));
        for (stun, turn, named) in [
            (
                "stun:127.0.0.1:9149?transport=udp",
                "turn:a",
                "stun:127.0.0.1:9149?transport=udp",
            ),
            ("stun:a", "turns://a", "turns://a"),
            ("stun:2001:db8::1", "turn:a", "brackets"),
            ("stun:a", "turn:a?transport=quic", "?transport=tcp"),
            ("stun:", "turn:a", "names no host"),
            ("turn:a", "turn:a", "begin with stun: or stuns:"),
            ("stun:a", "stun:a", "begin with turn: or turns:"),
        ] {
            let refused = read(&["stun:good", stun], &["turn:good", turn]).expect_err(stun);
            assert!(refused.contains(named), "{refused}");
        }
    }

    #[test]
    fn base_path_is_used_or_refused_by_name() {
        let given = |path: &str| {
            let base_path = path.to_owned();
            ProgramConfig::try_from(Settings {
                base_path,
                ..Settings::default()
            })
            .map(|started| started.config.base.home())
            .map_err(|error| error.to_string())
        };
        assert_eq!(given("/meet").as_deref(), Ok("/meet/"));
        let refused = given("meet").expect_err("no slash");
        assert!(
            refused.contains("base-path") && refused.contains("/meet/"),
            "{refused}"
        );
    }

    #[test]
    fn invalid_values_are_named_with_what_is_expected() {
        let given = |settings: Settings| {
            ProgramConfig::try_from(settings)
                .map(|_| ())
                .expect_err("a refusal")
                .to_string()
        };
        let default = Settings::default;
        let turn = vec!["turn:a".to_owned()];
        assert!(given(Settings { turn, ..default() }).contains("turn-secret"));
        let stun = vec!["http://a".to_owned()];
        assert!(given(Settings { stun, ..default() }).contains("stun"));
        let allowed_origins = vec!["https://a/".to_owned()];
        let refused = given(Settings {
            allowed_origins,
            ..default()
        });
        assert!(refused.contains("no slash at the end"), "{refused}");
        let log = "loud=very".to_owned();
        assert!(given(Settings { log, ..default() }).contains("log"));
    }
}
