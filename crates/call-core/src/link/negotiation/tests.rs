//! Tests of single steps of the negotiation; `search` tests all their combinations.

use super::*;

fn description(sdp_type: SdpType, sdp: &str) -> SessionDescription {
    SessionDescription {
        sdp_type,
        sdp: sdp.to_owned(),
    }
}

fn offer(sdp: &str) -> Received {
    Received::Description(description(SdpType::Offer, sdp))
}

fn candidate(text: &str) -> IceCandidate {
    IceCandidate {
        candidate: text.to_owned(),
        sdp_mid: Some("0".to_owned()),
        sdp_m_line_index: Some(0),
        username_fragment: None,
    }
}

/// An impolite end that has set and sent its offer.
fn offering() -> Negotiation {
    let mut negotiation = Negotiation::new(false, Guards::default());
    assert_eq!(negotiation.opened(), []);
    assert_eq!(negotiation.needed(), [Order::SetLocal(None)]);
    let ours = description(SdpType::Offer, "ours");
    assert_eq!(
        negotiation.local_set(ours.clone(), SignalingState::HaveLocalOffer),
        [Order::SendDescription(ours)]
    );
    negotiation
}

/// A polite end that has sent its offer without setting it.
fn proposing() -> Negotiation {
    let mut negotiation = Negotiation::new(true, Guards::default());
    assert_eq!(negotiation.opened(), []);
    assert_eq!(negotiation.needed(), [Order::CreateOffer]);
    let ours = description(SdpType::Offer, "ours");
    assert_eq!(
        negotiation.offer_created(ours.clone()),
        [Order::SendDescription(ours)]
    );
    assert!(!negotiation.settled());
    negotiation
}

#[test]
fn input_before_opening_waits() {
    let mut negotiation = Negotiation::new(true, Guards::default());
    assert_eq!(negotiation.received(offer("theirs")), []);
    assert_eq!(
        negotiation.opened(),
        [Order::SetRemote(description(SdpType::Offer, "theirs"))]
    );
}

#[test]
fn candidates_wait_for_their_description() {
    let mut negotiation = Negotiation::new(true, Guards::default());
    negotiation.opened();
    assert_eq!(negotiation.received(Received::Candidate(candidate("early"))), []);
    negotiation.received(offer("theirs"));
    assert_eq!(negotiation.received(Received::Candidate(candidate("during"))), []);
    assert_eq!(
        negotiation.remote_set(SignalingState::HaveRemoteOffer),
        [Order::AddCandidate(candidate("early")), Order::SetLocal(None)]
    );
    assert_eq!(negotiation.gathered(candidate("ours")), []);
    let answer = description(SdpType::Answer, "answer");
    assert_eq!(
        negotiation.local_set(answer.clone(), SignalingState::Stable),
        [
            Order::SendDescription(answer),
            Order::SendCandidate(candidate("ours")),
            Order::AddCandidate(candidate("during"))
        ]
    );
    assert!(negotiation.settled());
}

#[test]
fn impolite_end_ignores_crossing_offer_and_candidates() {
    let mut negotiation = offering();
    assert_eq!(negotiation.received(offer("crossing")), []);
    assert_eq!(
        negotiation.received(Received::Candidate(candidate("of the ignored"))),
        []
    );
    let answer = description(SdpType::Answer, "answer");
    assert_eq!(
        negotiation.received(Received::Description(answer.clone())),
        [Order::SetRemote(answer)]
    );
    assert_eq!(negotiation.remote_set(SignalingState::Stable), []);
    assert!(negotiation.settled());
}

#[test]
fn polite_end_sets_its_offer_when_it_is_answered() {
    let mut negotiation = proposing();
    let (ours, answer) = (
        description(SdpType::Offer, "ours"),
        description(SdpType::Answer, "answer"),
    );
    assert_eq!(
        negotiation.received(Received::Description(answer.clone())),
        [Order::SetLocal(Some(ours.clone()))]
    );
    assert_eq!(
        negotiation.gathered(candidate("ours")),
        [Order::SendCandidate(candidate("ours"))],
        "the other end knows the offer already"
    );
    assert_eq!(
        negotiation.local_set(ours, SignalingState::HaveLocalOffer),
        [Order::SetRemote(answer)]
    );
    assert_eq!(negotiation.remote_set(SignalingState::Stable), []);
    assert!(negotiation.settled());
}

#[test]
fn polite_end_drops_its_offer_for_a_crossing_one() {
    let mut negotiation = proposing();
    let theirs = description(SdpType::Offer, "crossing");
    assert_eq!(
        negotiation.received(offer("crossing")),
        [Order::SetRemote(theirs)]
    );
    assert_eq!(
        negotiation.remote_set(SignalingState::HaveRemoteOffer),
        [Order::SetLocal(None)]
    );
    let answer = description(SdpType::Answer, "answer");
    assert_eq!(
        negotiation.local_set(answer.clone(), SignalingState::Stable),
        [Order::SendDescription(answer)]
    );
    assert!(negotiation.settled());
    let late = description(SdpType::Answer, "to the offer that was dropped");
    assert_eq!(negotiation.received(Received::Description(late)), []);
}

#[test]
fn offer_that_arrives_while_one_is_created_wins() {
    let mut negotiation = Negotiation::new(true, Guards::default());
    negotiation.opened();
    negotiation.needed();
    assert_eq!(negotiation.received(offer("crossing")), []);
    let ours = description(SdpType::Offer, "ours");
    let theirs = description(SdpType::Offer, "crossing");
    assert_eq!(
        negotiation.offer_created(ours.clone()),
        [Order::SendDescription(ours), Order::SetRemote(theirs)]
    );
}

#[test]
fn polite_end_has_one_offer_open_at_a_time() {
    let mut negotiation = proposing();
    assert_eq!(negotiation.needed(), []);
    let (ours, answer) = (
        description(SdpType::Offer, "ours"),
        description(SdpType::Answer, "answer"),
    );
    negotiation.received(Received::Description(answer));
    negotiation.local_set(ours, SignalingState::HaveLocalOffer);
    assert_eq!(
        negotiation.remote_set(SignalingState::Stable),
        [Order::CreateOffer]
    );
}

#[test]
fn unexpected_answer_is_dropped() {
    let mut negotiation = Negotiation::new(true, Guards::default());
    negotiation.opened();
    assert_eq!(
        negotiation.received(Received::Description(description(SdpType::Answer, "late"))),
        []
    );
}

#[test]
fn failed_operation_gives_up() {
    let mut negotiation = offering();
    assert_eq!(negotiation.failed(SignalingState::Stable), [Order::GiveUp]);
    assert_eq!(negotiation.received(offer("later")), []);
}

#[test]
fn candidate_of_next_generation_waits() {
    let mut negotiation = Negotiation::new(true, Guards::default());
    negotiation.opened();
    negotiation.received(offer("a=ice-ufrag:one\r\n"));
    negotiation.remote_set(SignalingState::HaveRemoteOffer);
    negotiation.local_set(description(SdpType::Answer, "answer"), SignalingState::Stable);
    let of = |name: &str| IceCandidate {
        username_fragment: Some(name.to_owned()),
        ..candidate("of a generation")
    };
    assert_eq!(negotiation.received(Received::Candidate(of("two"))), []);
    assert_eq!(
        negotiation.received(Received::Candidate(of("one"))),
        [Order::AddCandidate(of("one"))]
    );
    negotiation.received(offer("a=ice-ufrag:two\r\n"));
    assert_eq!(
        negotiation.remote_set(SignalingState::HaveRemoteOffer),
        [Order::AddCandidate(of("two")), Order::SetLocal(None)]
    );
}

#[test]
fn current_generation_candidate_counts_after_ignored_offer() {
    let mut negotiation = offering();
    let answer = description(SdpType::Answer, "a=ice-ufrag:one\r\n");
    negotiation.received(Received::Description(answer));
    negotiation.remote_set(SignalingState::Stable);
    negotiation.needed();
    negotiation.local_set(
        description(SdpType::Offer, "again"),
        SignalingState::HaveLocalOffer,
    );
    negotiation.received(offer("a=ice-ufrag:one\r\n"));
    let late = IceCandidate {
        username_fragment: Some("one".to_owned()),
        ..candidate("late")
    };
    assert_eq!(
        negotiation.received(Received::Candidate(late.clone())),
        [Order::AddCandidate(late)]
    );
}
