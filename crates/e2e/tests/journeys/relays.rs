//! Calls between networks that pass no packet directly: over a relay, or failing with the reason.

use e2e::{Arrival, Name, Outcome, Patience, Server, TurnServer, TurnTransports};

use e2e::steps::{answers, calls, comes, enters, goes_in, invites, stands_before};

#[tokio::test]
async fn blocked_udp_is_relayed_over_tcp() -> Outcome {
    let turn = TurnServer::start(TurnTransports::ByUdpAndTcp).await?;
    let server = Server::start_with(&turn.settings()).await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = comes(Arrival::of("Bea").without_udp(), &server, "tea").await?;
    calls(&ann, &bea).await?;
    bea.button(Name::Begins("Connection to Ann: ".to_owned()))
        .click()
        .await?;
    bea.dialog("Connection to Ann")
        .says("Through a relay, over TCP")
        .await?;
    ann.has_open_connections(1).await
}

#[tokio::test]
async fn hidden_address_offers_only_a_relay() -> Outcome {
    let turn = TurnServer::start(TurnTransports::ByUdpAndTcp).await?;
    let server = Server::start_with(&turn.settings()).await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = stands_before(Arrival::of("Bea"), &server, "tea").await?;
    bea.element(&["checkbox"], Name::Begins("Hide my address".to_owned()))
        .click()
        .await?;
    goes_in(&bea).await?;
    calls(&ann, &bea).await?;
    let offered = |end| format!("confabWitness.offered('{end}').then((kinds) => kinds.join())");
    bea.finds(&offered("local-candidate"), "relay").await?;
    ann.finds(&offered("remote-candidate"), "relay").await?;
    let own = "confabWitness.offered('local-candidate').then((kinds) => `${kinds.includes('host')}`)";
    ann.finds(own, "true").await?;
    bea.button(Name::Begins("Connection to Ann: ".to_owned()))
        .click()
        .await?;
    bea.dialog("Connection to Ann").says("Through a relay").await
}

#[tokio::test]
async fn failed_call_finds_the_reason_unasked() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = comes(Arrival::of("Bea").without_udp(), &server, "tea").await?;
    invites(&ann, &bea).await?;
    answers(&bea, &ann).await?;
    let why = ann.button("See why").patiently(Patience::seconds(150));
    why.is_shown().await?;
    ann.tile("Bea").says("Couldn't connect to Bea.").await?;
    why.click().await?;
    let dialog = ann.dialog("Why it didn't connect");
    ann.list("Findings")
        .within(dialog.clone())
        .says("No servers are configured.")
        .await?;
    ann.has_no_violation("the reason why a call did not connect")
        .await?;
    ann.presses("\u{e00c}").await?;
    dialog.is_gone().await?;
    ann.button("Try again").within(ann.tile("Bea")).is_enabled().await
}
