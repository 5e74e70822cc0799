use proptest::prelude::*;

use super::*;

const HOSTS: [&str; 3] = ["one.example", "two.example", "three.example"];

fn server(role: ServerRole, host: &str, transport: Transport) -> Server {
    Server {
        role,
        host: host.to_owned(),
        port: None,
        transport,
    }
}

fn relay(transport: Transport) -> Server {
    server(ServerRole::Turn, "relay.example", transport)
}

fn good(millis: u64) -> Outcome {
    Outcome::Relays {
        allocated: Duration::from_millis(millis),
        round_trip: Some(Duration::from_millis(millis)),
    }
}

fn kinds(tried: &[(Server, Outcome)]) -> Vec<FindingKind> {
    findings(tried).into_iter().map(|finding| finding.kind).collect()
}

const SILENT: Outcome = Outcome::Fails(Trouble::Unreachable);

#[test]
fn good_relay_is_listed_with_its_best_transport() {
    let found = kinds(&[
        (relay(Transport::Tcp), good(70)),
        (relay(Transport::Udp), good(62)),
    ]);
    let works = FindingKind::RelayWorks {
        host: "relay.example".to_owned(),
        by: Transport::Udp,
        round_trip: Some(Duration::from_millis(62)),
    };
    assert_eq!(found, [FindingKind::AllGood, works]);
}

#[test]
fn blocked_udp_comes_first() {
    let found = findings(&[(relay(Transport::Udp), SILENT), (relay(Transport::Tcp), good(62))]);
    let blocked = FindingKind::UdpBlocked {
        by: Transport::Tcp,
        round_trip: Some(Duration::from_millis(62)),
    };
    assert_eq!(found[0].kind, blocked);
    assert_eq!(found[0].servers.len(), 2);
    assert!(
        found
            .iter()
            .all(|finding| finding.kind.severity() < Severity::Problem)
    );
}

#[test]
fn tls_only_network_is_detected() {
    let found = kinds(&[
        (relay(Transport::Udp), SILENT),
        (relay(Transport::Tcp), SILENT),
        (relay(Transport::Tls), good(80)),
    ]);
    let round_trip = Some(Duration::from_millis(80));
    assert_eq!(found[0], FindingKind::TlsOnly { round_trip });
}

#[test]
fn refused_credentials_are_no_network_block() {
    let refused = Outcome::Fails(Trouble::Credentials);
    let found = kinds(&[(relay(Transport::Udp), refused), (relay(Transport::Tcp), refused)]);
    let host = "relay.example".to_owned();
    assert_eq!(found, [FindingKind::NoRelay, FindingKind::Credentials { host }]);
}

#[test]
fn relay_that_is_down_is_named() {
    let found = kinds(&[(relay(Transport::Udp), SILENT), (relay(Transport::Tcp), SILENT)]);
    let host = "relay.example".to_owned();
    assert_eq!(found, [FindingKind::NoRelay, FindingKind::Down { host }]);
}

#[test]
fn one_relay_silent_over_udp_is_no_network_block() {
    let other = server(ServerRole::Turn, "other.example", Transport::Udp);
    let found = kinds(&[
        (relay(Transport::Udp), SILENT),
        (relay(Transport::Tcp), good(70)),
        (other, good(50)),
    ]);
    let partly = FindingKind::PartlyDown {
        host: "relay.example".to_owned(),
        over: Transport::Udp,
    };
    assert!(found.contains(&partly), "{found:?}");
}

fn any_trouble() -> impl Strategy<Value = Trouble> {
    prop_oneof![
        Just(Trouble::Credentials),
        Just(Trouble::Full),
        (300_u16..700).prop_map(Trouble::Refuses),
        Just(Trouble::NotCarrying),
        Just(Trouble::UnknownName),
        Just(Trouble::Unreachable),
        Just(Trouble::Malformed),
    ]
}

fn any_good(role: ServerRole) -> BoxedStrategy<Outcome> {
    match role {
        ServerRole::Turn => (1_u64..500).prop_map(good).boxed(),
        ServerRole::Stun => prop_oneof![
            Just(Outcome::NotTranslated),
            (1_u64..500).prop_map(|millis| Outcome::Mapped {
                after: Duration::from_millis(millis)
            }),
        ]
        .boxed(),
    }
}

fn any_server() -> impl Strategy<Value = Server> {
    let role = prop_oneof![Just(ServerRole::Stun), Just(ServerRole::Turn)];
    let transport = prop_oneof![Just(Transport::Udp), Just(Transport::Tcp), Just(Transport::Tls)];
    (role, 0..HOSTS.len(), transport).prop_map(|(role, host, transport)| {
        let transport = if role == ServerRole::Stun {
            Transport::Udp
        } else {
            transport
        };
        server(role, HOSTS[host], transport)
    })
}

fn any_tried(most: usize) -> impl Strategy<Value = Vec<(Server, Outcome)>> {
    let one = any_server().prop_flat_map(|server| {
        let outcome = prop_oneof![any_good(server.role), any_trouble().prop_map(Outcome::Fails)];
        (Just(server), outcome)
    });
    prop::collection::vec(one, 0..most)
}

fn all_good(most: usize) -> impl Strategy<Value = Vec<(Server, Outcome)>> {
    let one = any_server().prop_flat_map(|server| (Just(server.clone()), any_good(server.role)));
    prop::collection::vec(one, 1..most)
}

/// Whether the outcomes support a finding.
fn holds(finding: &Finding, tried: &[(Server, Outcome)]) -> bool {
    let all = |test: &dyn Fn(&Server, Outcome) -> bool| {
        tried.iter().all(|(server, outcome)| test(server, *outcome))
    };
    let any = |test: &dyn Fn(&Server, Outcome) -> bool| {
        tried.iter().any(|(server, outcome)| test(server, *outcome))
    };
    let at = |place: &str, expected: Outcome| {
        any(&|server, outcome| server.place() == place && outcome == expected)
    };
    let over = |by: Transport| any(&|server, outcome| server.transport == by && relays(outcome));
    let shut = |by: Transport| all(&|server, outcome| server.transport != by || !reached(outcome));
    match &finding.kind {
        FindingKind::NoServers => tried.is_empty(),
        FindingKind::NoRelay => {
            all(&|_, outcome| !relays(outcome)) && any(&|server, _| server.role == ServerRole::Turn)
        }
        FindingKind::TlsOnly { .. } => over(Transport::Tls) && shut(Transport::Udp) && shut(Transport::Tcp),
        FindingKind::UdpBlocked { by, .. } => *by != Transport::Udp && over(*by) && shut(Transport::Udp),
        FindingKind::AllGood => all(&|_, outcome| outcome.works()) && any(&|_, outcome| relays(outcome)),
        FindingKind::Credentials { host } => at(host, Outcome::Fails(Trouble::Credentials)),
        FindingKind::Full { host } => at(host, Outcome::Fails(Trouble::Full)),
        FindingKind::Refuses { host, code } => at(host, Outcome::Fails(Trouble::Refuses(*code))),
        FindingKind::NotCarrying { host } => at(host, Outcome::Fails(Trouble::NotCarrying)),
        FindingKind::UnknownName { host } => at(host, Outcome::Fails(Trouble::UnknownName)),
        FindingKind::Malformed { host } => at(host, Outcome::Fails(Trouble::Malformed)),
        FindingKind::Down { host } => {
            at(host, SILENT) && all(&|server, outcome| server.place() != *host || !relays(outcome))
        }
        FindingKind::PartlyDown { host, over } => {
            any(&|server, outcome| server.place() == *host && server.transport == *over && outcome == SILENT)
        }
        FindingKind::NoRelayConfigured => all(&|server, _| server.role == ServerRole::Stun),
        FindingKind::RelayWorks { host, by, round_trip } => any(&|server, outcome| {
            let same = server.place() == *host && server.transport == *by;
            same && matches!(outcome, Outcome::Relays { round_trip: time, .. } if time == *round_trip)
        }),
        FindingKind::AddressLearnt => any(&|_, outcome| matches!(outcome, Outcome::Mapped { .. })),
        FindingKind::NotTranslated => any(&|_, outcome| outcome == Outcome::NotTranslated),
    }
}

proptest! {
    #[test]
    fn findings_agree_with_outcomes(tried in any_tried(8)) {
        for finding in findings(&tried) {
            prop_assert!(holds(&finding, &tried), "{:?}", finding);
        }
    }

    #[test]
    fn good_servers_never_yield_a_problem(tried in all_good(8)) {
        let relay = tried.iter().any(|(server, _)| server.role == ServerRole::Turn);
        for finding in findings(&tried) {
            let severity = finding.kind.severity();
            prop_assert!(severity < Severity::Problem, "{:?}", finding);
            prop_assert!(!relay || severity == Severity::Good, "{:?}", finding);
        }
    }

    #[test]
    fn failed_relay_is_always_reported(mut tried in any_tried(8), trouble in any_trouble()) {
        tried.push((relay(Transport::Udp), Outcome::Fails(trouble)));
        let worst = findings(&tried).iter().map(|finding| finding.kind.severity()).max();
        prop_assert!(worst > Some(Severity::Good));
    }

    #[test]
    fn order_of_servers_does_not_matter(
        (tried, shuffled) in any_tried(8).prop_flat_map(|tried| (Just(tried.clone()), Just(tried).prop_shuffle()))
    ) {
        prop_assert_eq!(findings(&tried), findings(&shuffled));
    }

    #[test]
    fn every_server_is_in_some_finding(tried in any_tried(8)) {
        let found = findings(&tried);
        for (server, _) in &tried {
            prop_assert!(found.iter().any(|finding| finding.servers.contains(server)), "{:?}", server);
        }
    }

    #[test]
    fn findings_are_unique_and_sorted_by_importance(tried in any_tried(8)) {
        let kinds = kinds(&tried);
        prop_assert!(!kinds.is_empty());
        prop_assert!(kinds.is_sorted());
        prop_assert!(kinds.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
