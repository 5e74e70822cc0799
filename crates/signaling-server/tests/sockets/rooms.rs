//! Invitations, links and the conference between real sockets: messages reach the right people.

use std::time::Duration;

use protocol::{ClientMessage, InvitationOutcome, LinkCloseReason, ParticipantId, ServerMessage};
use serde_json::json;

use crate::client::{Client, Said};
use crate::server::TestServer;

async fn outcome(client: &mut Client) -> InvitationOutcome {
    client
        .expect(|said| match said {
            ServerMessage::InvitationEnded { outcome, .. } => Some(*outcome),
            _ => None,
        })
        .await
}

fn closed(said: &Said) -> Option<(ParticipantId, LinkCloseReason)> {
    match said {
        ServerMessage::LinkClosed { link, reason } => Some((link.peer, *reason)),
        _ => None,
    }
}

#[tokio::test]
async fn joining_and_leaving_are_announced() {
    let server = TestServer::start().await;
    let mut ann = server.someone_in("lobby").await;
    let mut bea = server.someone_in("lobby").await;
    assert_eq!(bea.welcome.participants.len(), 2);
    let id = bea.id();
    ann.expect(|said| {
        matches!(said, ServerMessage::ParticipantJoined { participant } if participant.id == id).then_some(())
    })
    .await;
    bea.say(ClientMessage::Leave {}).await;
    ann.expect(|said| {
        matches!(said, ServerMessage::ParticipantLeft { participant } if *participant == id).then_some(())
    })
    .await;
}

#[tokio::test]
async fn three_users_link_and_hang_up_pair_by_pair() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(3).await;
    let mut cy = clients.pop().expect("three");
    let mut bea = clients.pop().expect("three");
    let mut ann = clients.pop().expect("three");
    ann.link(&mut bea).await;
    let with_cy = ann.link(&mut cy).await;
    bea.link(&mut cy).await;
    ann.say(ClientMessage::HangUp { peer: bea.id() }).await;
    assert_eq!(bea.expect(closed).await, (ann.id(), LinkCloseReason::HungUp));
    assert_eq!(ann.expect(closed).await, (bea.id(), LinkCloseReason::HungUp));
    let body = json!({"description": {"type": "offer", "sdp": "v=0\r\n"}});
    ann.say(ClientMessage::Signal {
        to: cy.id(),
        epoch: with_cy,
        signal: body.clone(),
    })
    .await;
    let heard = cy
        .expect(|said| match said {
            ServerMessage::Signal { from, epoch, signal } => Some((*from, *epoch, signal.clone())),
            _ => None,
        })
        .await;
    assert_eq!(heard, (ann.id(), with_cy, body));
}

#[tokio::test]
async fn invitations_end_the_same_way_for_both() {
    let server =
        TestServer::with(|config| config.timings.invitation_rings = Duration::from_millis(300)).await;
    let mut clients = server.lobby(3).await;
    let mut cy = clients.pop().expect("three");
    let mut bea = clients.pop().expect("three");
    let mut ann = clients.pop().expect("three");

    ann.say(ClientMessage::Invite { to: bea.id() }).await;
    assert_eq!(outcome(&mut ann).await, InvitationOutcome::TimedOut);
    assert_eq!(outcome(&mut bea).await, InvitationOutcome::TimedOut);

    ann.say(ClientMessage::Invite { to: bea.id() }).await;
    let invitation = bea.ringing().await;
    bea.say(ClientMessage::DeclineInvitation { invitation }).await;
    assert_eq!(outcome(&mut ann).await, InvitationOutcome::Declined);
    assert_eq!(outcome(&mut bea).await, InvitationOutcome::Declined);

    ann.say(ClientMessage::Invite { to: bea.id() }).await;
    let invitation = ann.ringing().await;
    ann.say(ClientMessage::CancelInvitation { invitation }).await;
    assert_eq!(outcome(&mut bea).await, InvitationOutcome::Cancelled);
    assert_eq!(outcome(&mut ann).await, InvitationOutcome::Cancelled);

    ann.say(ClientMessage::Invite { to: bea.id() }).await;
    bea.say(ClientMessage::Invite { to: ann.id() }).await;
    assert_eq!(outcome(&mut ann).await, InvitationOutcome::Accepted);
    assert_eq!(outcome(&mut bea).await, InvitationOutcome::Accepted);
    assert_eq!(ann.opened().await.1, bea.opened().await.1);

    cy.say(ClientMessage::Invite { to: bea.id() }).await;
    bea.ringing().await;
    cy.say(ClientMessage::Leave {}).await;
    assert_eq!(outcome(&mut bea).await, InvitationOutcome::Withdrawn);
}

#[tokio::test]
async fn conference_links_its_members_until_they_leave() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(4).await;
    for client in &mut clients {
        client.say(ClientMessage::JoinConference {}).await;
    }
    for client in &mut clients {
        let me = client.id();
        let mut peers = Vec::new();
        for _ in 0..3 {
            peers.push(client.opened().await.0);
        }
        assert!(!peers.contains(&me));
    }
    let first = clients.remove(0);
    let id = first.id();
    let mut first = first;
    first.say(ClientMessage::LeaveConference {}).await;
    for client in &mut clients {
        assert_eq!(client.expect(closed).await, (id, LinkCloseReason::ConferenceLeft));
        client
            .expect(|said| {
                matches!(said, ServerMessage::ConferenceLeft { participant } if *participant == id)
                    .then_some(())
            })
            .await;
    }
}

#[tokio::test]
async fn simultaneous_restarts_get_the_same_epoch() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(2).await;
    let mut bea = clients.pop().expect("two");
    let mut ann = clients.pop().expect("two");
    let epoch = ann.link(&mut bea).await;
    ann.say(ClientMessage::RestartLink {
        peer: bea.id(),
        epoch,
    })
    .await;
    bea.say(ClientMessage::RestartLink {
        peer: ann.id(),
        epoch,
    })
    .await;
    let (_, new) = ann.opened().await;
    assert!(new > epoch);
    assert_eq!(bea.opened().await.1, new);
    for client in [&mut ann, &mut bea] {
        let heard = client.forget().await;
        assert!(
            !heard
                .iter()
                .any(|said| matches!(said, ServerMessage::LinkOpened { .. })),
            "{heard:?}"
        );
    }
}

/// A write to the database from outside, or a disk that is slow to sync, delays what needs it, and no call.
#[tokio::test]
async fn calls_do_not_wait_for_the_database() {
    let server = TestServer::start().await;
    let mut clients = server.lobby(3).await;
    let mut cy = clients.pop().expect("three");
    let mut bea = clients.pop().expect("three");
    let mut ann = clients.pop().expect("three");
    let database = rusqlite::Connection::open(format!("{}/confab.sqlite", server.data())).expect("opened");
    database.execute_batch("BEGIN IMMEDIATE").expect("locked");
    ann.chat("this waits", "n1").await;
    ann.link(&mut bea).await;
    ann.say(ClientMessage::HangUp { peer: bea.id() }).await;
    assert_eq!(bea.expect(closed).await, (ann.id(), LinkCloseReason::HungUp));
    for client in [&mut ann, &mut cy] {
        client.say(ClientMessage::JoinConference {}).await;
    }
    assert_eq!(ann.opened().await.0, cy.id());
    assert_eq!(cy.opened().await.0, ann.id());
    database.execute_batch("ROLLBACK").expect("unlocked");
    assert_eq!(ann.line().await.1, "this waits");
}
