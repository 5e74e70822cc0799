//! The settings as the server uses them: checked, with defaults filled in.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use protocol::{IceScheme, IceUrl};

use super::limits::Limits;
use super::{
    AccountRules, BasePath, BasePathError, Bounds, Crowd, GuessRules, IceSettings, LogFormat, Network,
    Origin, Pace, QueueBounds, Quotas, Settings, SettingsError, Timings, TlsSource,
};

/// Where a server listens when it is not told.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
/// For how long TURN credentials are good when nothing else is said: ten minutes, so that those that get away are soon
/// worth nothing. Browsers ask for others in time, and a relay that is in use is not cut off.
const TURN_TTL_SECONDS: u64 = 10 * 60;

/// What [`crate::run`] is told. The timings are for tests and never set by users.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The folder for accounts and chat.
    pub data: PathBuf,
    /// What all addresses stand under.
    pub base: BasePath,
    /// Foreign pages that may use the server.
    pub allowed_origins: Vec<Origin>,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<Network>,
    /// With which token the figures may be read beside the app; without one they may not.
    pub metrics_token: Option<String>,
    /// What TLS is spoken with; plain http without.
    pub tls: Option<TlsSource>,
    /// STUN and TURN.
    pub ice: IceSettings,
    /// Who may have an account, and what signing in costs.
    pub accounts: AccountRules,
    /// How long invitations ring and seats wait.
    pub timings: Timings,
    /// The times, sizes and rates of sockets.
    pub pace: Pace,
    /// What may wait for one reader.
    pub queue: QueueBounds,
    /// How many sockets there may be.
    pub crowd: Crowd,
    /// How many rooms and seats there may be.
    pub bounds: Bounds,
    /// How much of what people keep there may be.
    pub quotas: Quotas,
    /// How often rooms' passwords may be guessed at.
    pub guesses: GuessRules,
}

/// What the program needs beside the server: where to listen, what to log.
#[derive(Clone, Debug)]
pub struct Started {
    /// Where to listen.
    pub listen: SocketAddr,
    /// What to log.
    pub log: tracing_subscriber::filter::Targets,
    /// How.
    pub log_format: LogFormat,
    /// Where to serve the figures by themselves, if anywhere.
    pub metrics_listen: Option<SocketAddr>,
    /// The rest.
    pub config: Config,
}

impl TryFrom<Settings> for Started {
    type Error = SettingsError;

    fn try_from(settings: Settings) -> Result<Self, Self::Error> {
        let log = settings.log.unwrap_or_else(|| "info".to_owned());
        let targets = log.parse().map_err(|_| SettingsError::Value {
            setting: "log",
            value: log,
            why: "it is error, warn, info, debug or trace, or a list of target=level".to_owned(),
        })?;
        let allowed_origins = settings.allowed_origins.unwrap_or_default();
        let Limits {
            crowd,
            bounds,
            pace,
            queue,
        } = settings.limits.limits()?;
        let rooms = settings.rooms.rules(queue)?;
        let config = Config {
            pace,
            queue,
            crowd,
            bounds: Bounds {
                room_participants: rooms.participants,
                ..bounds
            },
            quotas: rooms.quotas,
            guesses: rooms.guesses,
            data: settings.data.unwrap_or_else(|| PathBuf::from("confab-data")),
            base: base(settings.base_path)?,
            allowed_origins: allowed_origins
                .into_iter()
                .map(origin)
                .collect::<Result<_, _>>()?,
            trusted_proxies: settings
                .trusted_proxies
                .unwrap_or_default()
                .into_iter()
                .map(network)
                .collect::<Result<_, _>>()?,
            tls: settings.tls.source()?,
            metrics_token: settings.metrics.metrics_token.filter(|token| !token.is_empty()),
            ice: ice(
                settings.stun,
                settings.turn,
                settings.turn_secret,
                settings.turn_ttl,
            )?,
            accounts: settings.accounts.rules()?,
            ..Config::default()
        };
        Ok(Self {
            listen: settings.listen.unwrap_or(LISTEN),
            log: targets,
            log_format: settings.log_format.unwrap_or_default(),
            metrics_listen: settings.metrics.metrics_listen,
            config,
        })
    }
}

fn network(value: String) -> Result<Network, SettingsError> {
    value
        .parse()
        .map_err(|why: crate::http::NetworkError| SettingsError::Value {
            setting: "trusted-proxies",
            value,
            why: why.to_string(),
        })
}

fn base(text: Option<String>) -> Result<BasePath, SettingsError> {
    let Some(text) = text else {
        return Ok(BasePath::default());
    };
    text.parse().map_err(|error: BasePathError| SettingsError::Value {
        setting: "base-path",
        value: text,
        why: error.to_string(),
    })
}

fn origin(value: String) -> Result<Origin, SettingsError> {
    value
        .parse()
        .map_err(|why: crate::http::OriginError| SettingsError::Value {
            setting: "allowed-origins",
            value,
            why: why.to_string(),
        })
}

fn ice(
    stun: Option<Vec<String>>,
    turn: Option<Vec<String>>,
    secret: Option<String>,
    ttl: Option<u64>,
) -> Result<IceSettings, SettingsError> {
    let stun = urls("stun", stun, |scheme| !scheme.is_turn())?;
    let turn = urls("turn", turn, IceScheme::is_turn)?;
    let turn_secret = secret.unwrap_or_default();
    if !turn.is_empty() && turn_secret.is_empty() {
        return Err(SettingsError::Value {
            setting: "turn-secret",
            value: turn_secret,
            why: "a TURN server needs the secret that it shares with Confab".to_owned(),
        });
    }
    let ttl = ttl.unwrap_or(TURN_TTL_SECONDS);
    if !(60..=7 * 24 * 60 * 60).contains(&ttl) {
        return Err(SettingsError::Value {
            setting: "turn-ttl",
            value: ttl.to_string(),
            why: "it is between a minute (60) and a week (604800)".to_owned(),
        });
    }
    Ok(IceSettings {
        stun,
        turn,
        turn_secret,
        turn_ttl: Duration::from_secs(ttl),
    })
}

/// Reads addresses; one that browsers would not take is refused by name: it would cost them all the others.
fn urls(
    setting: &'static str,
    urls: Option<Vec<String>>,
    is_of_setting: fn(IceScheme) -> bool,
) -> Result<Vec<String>, SettingsError> {
    let read = |value: String| {
        let why = match value.parse::<IceUrl>() {
            Ok(url) if is_of_setting(url.scheme) => return Ok(url.to_string()),
            Ok(_) => format!("it begins with {setting}: or {setting}s:"),
            Err(why) => why.to_string(),
        };
        Err(SettingsError::Value { setting, value, why })
    };
    urls.unwrap_or_default().into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_no_settings_only_this_machine_is_served_and_no_other_host_is_named() {
        let started = Started::try_from(Settings::default()).expect("defaults");
        assert!(started.listen.ip().is_loopback());
        assert!(started.config.ice.stun.is_empty() && started.config.ice.turn.is_empty());
    }

    #[test]
    fn malformed_ice_urls_are_refused_and_named() {
        let read = |stun: &[&str], turn: &[&str]| {
            let list = |urls: &[&str]| Some(urls.iter().map(|url| (*url).to_owned()).collect());
            ice(list(stun), list(turn), Some("secret".to_owned()), None)
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
            ("turn:a", "turn:a", "begins with stun: or stuns:"),
            ("stun:a", "stun:a", "begins with turn: or turns:"),
        ] {
            let refused = read(&["stun:good", stun], &["turn:good", turn]).expect_err(stun);
            assert!(refused.contains(named), "{refused}");
        }
    }

    #[test]
    fn base_path_is_used_and_one_that_cannot_be_is_named() {
        let given = |path: &str| {
            let base_path = Some(path.to_owned());
            Started::try_from(Settings {
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
    fn values_that_cannot_be_are_named_with_what_they_should_be() {
        let given = |settings: Settings| {
            Started::try_from(settings)
                .map(|_| ())
                .expect_err("a refusal")
                .to_string()
        };
        let turn = Some(vec!["turn:a".to_owned()]);
        assert!(
            given(Settings {
                turn,
                ..Settings::default()
            })
            .contains("turn-secret")
        );
        let stun = Some(vec!["http://a".to_owned()]);
        assert!(
            given(Settings {
                stun,
                ..Settings::default()
            })
            .contains("begins with stun:")
        );
        let allowed_origins = Some(vec!["https://a/".to_owned()]);
        assert!(
            given(Settings {
                allowed_origins,
                ..Settings::default()
            })
            .contains("no slash at the end")
        );
        assert!(
            given(Settings {
                turn_ttl: Some(1),
                ..Settings::default()
            })
            .contains("turn-ttl")
        );
        assert!(
            given(Settings {
                log: Some("loud=very".to_owned()),
                ..Settings::default()
            })
            .contains("log")
        );
    }
}
