//! Invitations and how they end, on both sides.

use e2e::{Arrival, Devices, Outcome, Patience, Server};

use e2e::steps::{
    answers, comes, enters, enters_small, has_devices, have_no_errors_or_foreign_requests,
    incoming_call_title, invites, perceive_each_other,
};

#[tokio::test]
async fn declining_notifies_the_caller() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    invites(&ann, &bea).await?;
    ann.reads("Calling Bea…").await?;
    bea.dialog(incoming_call_title(&ann)).is_shown().await?;
    bea.button("Decline").click().await?;
    bea.dialog(incoming_call_title(&ann)).is_gone().await?;
    ann.reads("Bea declined.").await?;
    ann.button("Call Bea").is_shown().await?;
    for person in [&ann, &bea] {
        person.has_open_connections(0).await?;
        has_devices(person, 1).await?;
        for kind in ["video", "audio"] {
            assert_eq!(
                person.device_requests(kind).await?,
                1,
                "opened once, before the room"
            );
        }
    }
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}

#[tokio::test]
async fn cancelling_stops_ringing_and_allows_calling_back() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    invites(&ann, &bea).await?;
    bea.dialog(incoming_call_title(&ann)).is_shown().await?;
    ann.button("Cancel the call to Bea")
        .within(ann.list("People"))
        .click()
        .await?;
    bea.dialog(incoming_call_title(&ann)).is_gone().await?;
    bea.reads("Ann stopped calling.").await?;
    bea.reads("Missed call from Ann").await?;
    bea.button("Call back")
        .within(bea.element(&["log"], "Chat"))
        .click()
        .await?;
    answers(&ann, &bea).await?;
    perceive_each_other(&ann, &bea).await
}

#[tokio::test]
async fn unanswered_times_out_on_both_sides() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    invites(&ann, &bea).await?;
    bea.dialog(incoming_call_title(&ann)).is_shown().await?;
    bea.dialog(incoming_call_title(&ann))
        .patiently(Patience::seconds(60))
        .is_gone()
        .await?;
    bea.reads("You missed a call from Ann.").await?;
    ann.reads("Bea didn't answer.").await?;
    has_devices(&ann, 1).await?;
    ann.has_open_connections(0).await
}

#[tokio::test]
async fn crossed_become_one_call() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    // Both are sent before the server has received either.
    server.holds_still()?;
    invites(&ann, &bea).await?;
    invites(&bea, &ann).await?;
    server.goes_on()?;
    perceive_each_other(&ann, &bea).await?;
    for person in [&ann, &bea] {
        person.has_open_connections(1).await?;
        person.has_made_connections(1).await?;
    }
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}

#[tokio::test]
async fn ten_crossed_pairs_miss_no_call() -> Outcome {
    let server = Server::start().await?;
    let ann = enters_small(&server, "Ann", "tea").await?;
    let bea = enters_small(&server, "Bea", "tea").await?;
    for calls in 1..=10 {
        // They take turns in calling first; which invitation the server receives first is not determined.
        let (one, other) = if calls % 2 == 0 {
            (&ann, &bea)
        } else {
            (&bea, &ann)
        };
        server.holds_still()?;
        invites(one, other).await?;
        invites(other, one).await?;
        server.goes_on()?;
        ann.sees_video_of("Bea").await?;
        bea.sees_video_of("Ann").await?;
        for person in [&ann, &bea] {
            person.has_open_connections(1).await?;
            person.has_made_connections(calls).await?;
        }
        one.button(format!("Hang up with {}", other.name()))
            .within(one.tile(other.name()))
            .click()
            .await?;
        other.tile(one.name()).is_gone().await?;
    }
    for person in [&ann, &bea] {
        person.has_open_connections(0).await?;
        let chat = person
            .evaluate("document.querySelector('[role=log]').textContent")
            .await?;
        assert!(
            !chat.to_string().contains("Missed call"),
            "a call was missed: {chat}"
        );
    }
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}

#[tokio::test]
async fn invited_person_leaving_gives_a_notice() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    invites(&ann, &bea).await?;
    bea.dialog(incoming_call_title(&ann)).is_shown().await?;
    // Navigates back, out of the room.
    bea.evaluate("history.pushState(null, '', '/'), window.dispatchEvent(new PopStateEvent('popstate'))")
        .await?;
    ann.reads("Bea left the room.").await?;
    ann.button("Cancel the call to Bea").is_gone().await?;
    ann.reads("1 person").await?;
    has_devices(&ann, 1).await?;
    ann.has_open_connections(0).await
}

#[tokio::test]
async fn blocked_camera_is_explained_and_the_call_continues() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = comes(Arrival::of("Bea").devices(Devices::Refused), &server, "tea").await?;
    invites(&ann, &bea).await?;
    answers(&bea, &ann).await?;
    bea.sees_video_of("Ann").await?;
    bea.hears("Ann").await?;
    bea.reads("The camera is blocked for this site.").await?;
    ann.tile("Bea").is_shown().await?;
    // The way out that the notice names: allow the camera, and try again.
    bea.allows_devices().await?;
    bea.button("Turn camera on").click().await?;
    ann.sees_video_of("Bea").await
}

#[tokio::test]
async fn call_without_a_camera() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = comes(
        Arrival::of("Bea").devices(Devices::MicrophoneOnly),
        &server,
        "tea",
    )
    .await?;
    invites(&ann, &bea).await?;
    answers(&bea, &ann).await?;
    bea.sees_video_of("Ann").await?;
    bea.hears("Ann").await?;
    ann.hears("Bea").await?;
    bea.reads("No camera was found.").await
}
