//! Invitations that cross, over real sockets: each race becomes one call, and none is reported as missed.

use protocol::{ChatEntry, ClientMessage, InvitationOutcome, ServerMessage};

use crate::client::{Client, Said};
use crate::server::TestServer;

/// Pairs that race at the same time, each in its own room. Each socket stays below the rate limit of
/// invitations.
const PAIRS: usize = 10;
const RACES: usize = 10;

/// Receives one side of a race, up to the chat message that ends it.
async fn hears_the_end(client: &mut Client) -> Vec<Said> {
    let mut said = Vec::new();
    loop {
        said.push(client.hear().await);
        if said
            .iter()
            .filter_map(entry)
            .any(|entry| matches!(entry, ChatEntry::CallEnded { .. }))
        {
            return said;
        }
    }
}

fn entry(said: &Said) -> Option<&ChatEntry> {
    match said {
        ServerMessage::Chat { message } => Some(&message.entry),
        _ => None,
    }
}

/// Asserts that there was exactly one call.
fn is_one_call(said: &[Said]) {
    let outcomes: Vec<_> = said
        .iter()
        .filter_map(|said| match said {
            ServerMessage::InvitationEnded { outcome, .. } => Some(*outcome),
            _ => None,
        })
        .collect();
    assert_eq!(outcomes, [InvitationOutcome::Accepted], "{said:?}");
    let count = |wanted: fn(&Said) -> bool| said.iter().filter(|said| wanted(said)).count();
    assert_eq!(
        count(|said| matches!(said, ServerMessage::InvitationRinging { .. })),
        1,
        "{said:?}"
    );
    assert_eq!(
        count(|said| matches!(said, ServerMessage::LinkOpened { .. })),
        1,
        "{said:?}"
    );
    assert_eq!(
        count(|said| matches!(said, ServerMessage::LinkClosed { .. })),
        1,
        "{said:?}"
    );
    assert_eq!(
        count(|said| matches!(said, ServerMessage::Error { .. })),
        0,
        "{said:?}"
    );
    let of_calls =
        |entry: &&ChatEntry| matches!(entry, ChatEntry::CallStarted { .. } | ChatEntry::CallEnded { .. });
    let entries: Vec<_> = said.iter().filter_map(entry).filter(of_calls).collect();
    assert!(
        matches!(
            entries[..],
            [ChatEntry::CallStarted { .. }, ChatEntry::CallEnded { .. }]
        ),
        "{entries:?}"
    );
}

async fn races(mut one: Client, mut other: Client) {
    for _ in 0..RACES {
        let (to_other, to_one) = (
            ClientMessage::Invite { to: other.id() },
            ClientMessage::Invite { to: one.id() },
        );
        tokio::join!(one.say(to_other), other.say(to_one));
        let peer = other.id();
        let hangs_up = async {
            let mut said = Vec::new();
            while !matches!(said.last(), Some(ServerMessage::LinkOpened { .. })) {
                said.push(one.hear().await);
            }
            one.say(ClientMessage::HangUp { peer }).await;
            said.extend(hears_the_end(&mut one).await);
            said
        };
        let (of_one, of_other) = tokio::join!(hangs_up, hears_the_end(&mut other));
        is_one_call(&of_one);
        is_one_call(&of_other);
    }
}

#[tokio::test]
async fn a_hundred_crossing_invitations_are_a_hundred_calls() {
    let server = TestServer::start().await;
    let mut pairs = tokio::task::JoinSet::new();
    for number in 0..PAIRS {
        let room = format!("room-{number}");
        let mut one = server.someone_in(&room).await;
        let mut other = server.someone_in(&room).await;
        one.forget().await;
        other.forget().await;
        pairs.spawn(races(one, other));
    }
    while let Some(ended) = pairs.join_next().await {
        ended.expect("its races went well");
    }
}
