//! The quality of two real connections in one page.

use std::collections::BTreeMap;

use call_core::{
    CallIntent, Effect, Event, Grade, NewConnection, PeerOrder, QualityDetails, Source, StageIntent,
    Transport,
};
use protocol::{Epoch, ParticipantId};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::calls::{call, media_flows};
use crate::support::{shell, turn, until};

#[wasm_bindgen_test]
async fn details_are_measured_until_hang_up() {
    let (network, _players) = call(1).await;
    media_flows().await;
    let [ada, bob] = &network.pages;
    ada.wish(StageIntent::InspectConnection(Some(ParticipantId(2))));
    let details = || -> Option<QualityDetails> { ada.view().quality.first()?.details.clone() };
    let rates = |details: &QualityDetails| {
        let last = details.points.last().copied().unwrap_or_default();
        last.down.is_some_and(|rate| rate.0 > 0) && last.up.is_some_and(|rate| rate.0 > 0)
    };
    let seen = |details: &QualityDetails| {
        let pictures = |streams: &[call_core::StreamView]| {
            let camera = streams.iter().find(|stream| stream.source == Source::Camera);
            camera.is_some_and(|camera| camera.picture.is_some() && camera.codec.is_some())
        };
        pictures(&details.inbound) && pictures(&details.outbound)
    };
    until("figures, and video both ways", || {
        details().is_some_and(|details| rates(&details) && seen(&details))
    })
    .await;
    let found = details().expect("details");
    let path = found.path.expect("a path");
    assert_eq!((path.relayed, path.transport), (false, Some(Transport::Udp)));
    let last = found.points.last().expect("a second");
    assert!(
        last.round_trip.is_some_and(|trip| trip.as_millis() < 5_000),
        "{last:?}"
    );
    assert!(ada.view().quality[0].grade <= Grade::Poor);
    assert!(
        bob.view().quality.iter().all(|quality| quality.details.is_none()),
        "Bob has not opened it"
    );

    until("Ada to be shown as speaking", || ada.view().speaking.you).await;

    ada.wish(CallIntent::HangUp(ParticipantId(2)));
    assert!(ada.view().quality.is_empty() && !ada.view().speaking.you);
}

#[wasm_bindgen_test]
async fn measurement_of_closed_connection_is_dropped() {
    let (mut shell, log) = shell();
    let order = |epoch, order| Effect::Peer {
        peer: ParticipantId(2),
        epoch: Epoch(epoch),
        order,
    };
    let open = |epoch| {
        let open = PeerOrder::Open(NewConnection {
            offers: true,
            ice_servers: vec![],
            relay_only: false,
        });
        order(epoch, open)
    };
    let measured = |epoch| {
        let is = move |event: &Event| matches!(event, Event::QualityMeasured { epoch: of, .. } if *of == Epoch(epoch));
        log.events().iter().any(is)
    };
    shell.execute(open(1));
    shell.execute(order(1, PeerOrder::MeasureQuality));
    shell.execute(Effect::MeasureVoice);
    shell.execute(Effect::LookAtPlayback);
    shell.execute(order(1, PeerOrder::Close));
    shell.execute(open(2));
    shell.execute(order(2, PeerOrder::MeasureQuality));
    until("the next measurement", || measured(2)).await;
    turn().await;
    assert!(!measured(1));
    let nothing = (ParticipantId(2), Epoch(1), BTreeMap::new());
    assert!(
        log.has(&Event::PlaybackSeen(vec![nothing])),
        "no element plays it"
    );
    let heard = |event: &Event| matches!(event, Event::VoiceMeasured(_));
    assert!(!log.events().iter().any(heard), "there is no microphone");
}
