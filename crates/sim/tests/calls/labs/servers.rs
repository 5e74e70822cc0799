//! The connection check: fetching, probing and judging the ICE servers.

use call_core::{
    ApiAnswer, ApiCall, CallIntent, CheckState, Effect, Event, LabEvent, LabIntent, LabOrder, LabView,
    Notice, NoticeBody, PageView, ProbeFact, RequestId,
};
use protocol::http::{IceServer, IceServers};
use sim::World;

use super::page::{Page, ann};

#[test]
fn checking_servers_requires_an_account() {
    let mut page = Page::at("/check/connection", None);
    page.wish(LabIntent::CheckServers);
    assert_eq!(page.lab().check.state, CheckState::SignInFirst);
    assert!(page.lab().signed_out);
}

fn asked(page: &Page) -> RequestId {
    page.orders
        .iter()
        .rev()
        .find_map(|order| match order {
            Effect::CallApi {
                request,
                call: ApiCall::FetchIceServers(_),
            } => Some(*request),
            _ => None,
        })
        .expect("a request for the servers")
}

#[test]
fn servers_are_fetched_probed_and_judged() {
    let mut page = Page::at("/check/connection", Some(ann()));
    page.wish(LabIntent::CheckServers);
    assert_eq!(page.lab().check.state, CheckState::Asking);
    let answer = Ok(ApiAnswer::IceServers(IceServers {
        ice_servers: vec![IceServer {
            urls: vec!["stun:stun.example".to_owned()],
            username: None,
            credential: None,
        }],
        expires_in_seconds: None,
    }));
    let request = asked(&page);
    page.give(Event::ApiAnswered { request, answer }.into());
    assert_eq!(page.lab().check.state, CheckState::Probing);
    let probe = page
        .orders
        .iter()
        .find_map(|order| match order {
            Effect::Lab(LabOrder::StartProbe { probe, .. }) => Some(*probe),
            _ => None,
        })
        .expect("a probe");
    page.give(
        Event::Lab(LabEvent::ProbeReported {
            probe,
            fact: ProbeFact::Mapped,
        })
        .into(),
    );
    let check = page.lab().check;
    assert_eq!(check.state, CheckState::Done);
    assert!(!check.findings.is_empty());
    assert!(page.orders.contains(&Effect::Lab(LabOrder::StopProbe(probe))));
}

#[test]
fn leaving_the_page_stops_the_probes() {
    let mut page = Page::at("/check/connection", Some(ann()));
    page.wish(LabIntent::CheckServers);
    let answer = Ok(ApiAnswer::IceServers(IceServers {
        ice_servers: vec![IceServer {
            urls: vec!["turn:a.example".to_owned(), "turn:b.example".to_owned()],
            username: None,
            credential: None,
        }],
        expires_in_seconds: None,
    }));
    let request = asked(&page);
    page.give(Event::ApiAnswered { request, answer }.into());
    page.wish(LabIntent::Close);
    let stopped = page
        .orders
        .iter()
        .filter(|order| matches!(order, Effect::Lab(LabOrder::StopProbe(_))));
    assert_eq!(stopped.count(), 2);
    assert!(matches!(page.core.view().page, PageView::Lobby { .. }));
}

#[test]
fn failed_connection_probes_servers_and_explains_on_request() {
    let mut world = World::of(&["Ann", "Bea"], 7);
    world.severed = true;
    let bea = world.id(1);
    for at in [0, 1] {
        world.wish(at, CallIntent::JoinConference);
    }
    world.settle();
    let failed = |notice: &Notice| matches!(notice.body, NoticeBody::LinkFailed { .. });
    assert!(world.view(0).notices.iter().any(failed));
    assert_eq!(world.view(0).lab, LabView::default(), "not before the user asks");
    world.wish(0, LabIntent::AskWhy(bea));
    let lab = world.view(0).lab.clone();
    assert_eq!(lab.why.map(|why| why.peer), Some(bea));
    assert_eq!(lab.check.state, CheckState::Done, "already complete");
    world.wish(0, LabIntent::CloseWhy);
    assert_eq!(world.view(0).lab, LabView::default());
}
