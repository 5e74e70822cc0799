use super::*;
use crate::turn::tests::ordered;
use crate::{Effect, LabOrder};

const NOW: UnixMillis = UnixMillis(1_000);

fn servers(urls: &[&str]) -> Vec<IceServer> {
    vec![IceServer {
        urls: urls.iter().map(ToString::to_string).collect(),
        username: Some("ann".to_owned()),
        credential: Some("secret".to_owned()),
    }]
}

fn begin(check: &mut Check, servers: &[IceServer], now: UnixMillis) -> Vec<Effect> {
    ordered(Turn::at(now), |turn| check.begin(turn, servers))
}

fn told(check: &mut Check, probe: ProbeId, fact: ProbeFact, now: UnixMillis) -> Vec<Effect> {
    ordered(Turn::at(now), |turn| check.told(turn, probe, fact))
}

fn late(check: &mut Check, probe: ProbeId, now: UnixMillis) -> Vec<Effect> {
    ordered(Turn::at(now), |turn| check.late(turn, probe))
}

fn begun(urls: &[&str]) -> (Check, Vec<Effect>) {
    let mut check = Check::default();
    let effects = begin(&mut check, &servers(urls), NOW);
    (check, effects)
}

fn started(effects: &[Effect]) -> Vec<ProbeId> {
    let started = effects.iter().filter_map(|effect| match effect {
        Effect::Lab(LabOrder::StartProbe { probe, .. }) => Some(*probe),
        _ => None,
    });
    started.collect()
}

fn stopped(effects: &[Effect]) -> Vec<ProbeId> {
    let stopped = effects.iter().filter_map(|effect| match effect {
        Effect::Lab(LabOrder::StopProbe(probe)) => Some(*probe),
        _ => None,
    });
    stopped.collect()
}

fn at(millis: u64) -> UnixMillis {
    UnixMillis(NOW.0 + millis)
}

fn refused() -> ProbeFact {
    ProbeFact::Error(CandidateError {
        code: 401,
        text: "Unauthorized".to_owned(),
        url: "turn:relay.example".to_owned(),
    })
}

fn outcomes(check: &Check) -> Vec<Option<Outcome>> {
    check
        .view()
        .servers
        .into_iter()
        .map(|probe| probe.outcome)
        .collect()
}

#[test]
fn each_url_is_probed_once_with_its_credentials() {
    let (check, effects) = begun(&["turn:relay.example", "turns:relay.example", "turn:relay.example"]);
    assert_eq!(
        check.view().servers.len(),
        2,
        "a URL that is listed twice is probed once"
    );
    let alone = |url: &str| servers(&[url]).remove(0);
    let tried: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Lab(LabOrder::StartProbe { server, relay, .. }) => Some((server.clone(), *relay)),
            _ => None,
        })
        .collect();
    assert_eq!(
        tried,
        [
            (alone("turn:relay.example"), true),
            (alone("turns:relay.example"), true)
        ]
    );
}

#[test]
fn few_probes_run_at_once_and_all_end() {
    let urls: Vec<String> = (0..7).map(|host| format!("stun:host{host}.example")).collect();
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    let (mut check, effects) = begun(&urls);
    let mut open = started(&effects);
    assert_eq!(open.len(), AT_ONCE);
    let mut done = 0;
    while let Some(probe) = open.pop() {
        assert_eq!(check.view().state, CheckState::Probing);
        let effects = told(&mut check, probe, ProbeFact::Mapped, at(20));
        assert_eq!(stopped(&effects), [probe]);
        open.extend(started(&effects));
        assert!(open.len() <= AT_ONCE);
        done += 1;
    }
    assert_eq!((done, check.view().state), (7, CheckState::Done));
}

#[test]
fn relay_works_once_data_came_through() {
    let (mut check, effects) = begun(&["turn:relay.example"]);
    let probe = started(&effects)[0];
    assert_eq!(told(&mut check, probe, ProbeFact::Allocated, at(40)), []);
    assert_eq!(told(&mut check, probe, ProbeFact::Gathered, at(41)), []);
    let round_trip = Some(Duration::from_millis(31));
    told(&mut check, probe, ProbeFact::Connected { round_trip }, at(90));
    let allocated = Duration::from_millis(40);
    assert_eq!(
        outcomes(&check),
        [Some(Outcome::Relays {
            allocated,
            round_trip
        })]
    );
}

#[test]
fn refused_credentials_fail_before_the_time_limit() {
    let (mut check, effects) = begun(&["turn:relay.example"]);
    let probe = started(&effects)[0];
    told(&mut check, probe, refused(), at(5));
    told(&mut check, probe, refused(), at(6));
    assert_eq!(check.view().servers[0].errors.len(), 1, "sent twice, kept once");
    told(&mut check, probe, ProbeFact::Gathered, at(7));
    assert_eq!(outcomes(&check), [Some(Outcome::Fails(Trouble::Credentials))]);
}

#[test]
fn silent_servers_time_out() {
    let (mut check, effects) = begun(&["turn:relay.example", "stun:relay.example"]);
    let probes = started(&effects);
    for probe in &probes {
        let timer = Effect::StartTimer {
            timer: Timer::ProbeTimeout(*probe),
            after: LATEST,
        };
        assert!(effects.contains(&timer));
        assert_eq!(stopped(&late(&mut check, *probe, at(12_000))), [*probe]);
    }
    let silent = Some(Outcome::Fails(Trouble::Unreachable));
    assert_eq!(outcomes(&check), [silent, silent]);
    assert_eq!(check.view().state, CheckState::Done);
}

#[test]
fn relay_that_carries_nothing_is_reported() {
    let (mut check, effects) = begun(&["turn:relay.example"]);
    let probe = started(&effects)[0];
    told(&mut check, probe, ProbeFact::Allocated, at(40));
    late(&mut check, probe, at(12_000));
    assert_eq!(outcomes(&check), [Some(Outcome::Fails(Trouble::NotCarrying))]);
}

#[test]
fn stun_without_a_mapped_address_is_fine() {
    let (mut check, effects) = begun(&["stun:stun.example"]);
    told(&mut check, started(&effects)[0], ProbeFact::Gathered, at(40));
    assert_eq!(outcomes(&check), [Some(Outcome::NotTranslated)]);
}

#[test]
fn reports_of_a_stopped_probe_are_ignored() {
    let (mut check, effects) = begun(&["stun:stun.example"]);
    let probe = started(&effects)[0];
    assert_eq!(stopped(&ordered(Turn::at(NOW), |turn| check.stop(turn))), [probe]);
    begin(&mut check, &servers(&["stun:stun.example"]), NOW);
    assert_eq!(told(&mut check, probe, ProbeFact::Mapped, at(1)), []);
    assert_eq!(late(&mut check, probe, at(1)), []);
    assert_eq!(outcomes(&check), [None]);
}

#[test]
fn no_servers_is_a_finding() {
    let (check, effects) = begun(&[]);
    assert_eq!(effects, []);
    assert_eq!(check.view().state, CheckState::Done);
    assert_eq!(check.view().findings.len(), 1);
}

#[test]
fn automatic_check_waits_three_minutes() {
    let mut check = Check::default();
    assert!(check.is_due(NOW));
    begin(&mut check, &[], NOW);
    assert!(!check.is_due(at(60_000)));
    assert!(check.is_due(at(180_000)));
    begin(&mut check, &servers(&["stun:stun.example"]), at(180_000));
    assert!(!check.is_due(at(900_000)), "one is under way");
}
