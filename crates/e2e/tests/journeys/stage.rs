//! The layout of a call: grid, one person large, full screen, hidden self view; and each person's volume.

use e2e::{Outcome, Server};

use e2e::steps::{
    calls, enters_small, have_no_errors_or_foreign_requests, incoming_call_title, invites,
    three_in_group_call,
};

/// The keys that set a slider to its minimum and its maximum.
const HOME: &str = "\u{e011}";
const END: &str = "\u{e010}";

#[tokio::test]
async fn pinning_stops_no_video() -> Outcome {
    let server = Server::start().await?;
    let [ann, bea, cem] = three_in_group_call(&server, "tea").await?;
    ann.sees_video_of("Bea").await?;
    ann.sees_video_of("Cem").await?;
    ann.tile("Bea").is_as_large_as(&ann.tile("Cem")).await?;

    ann.button("Pin Cem").click().await?;
    ann.tile("Cem").is_much_larger_than(&ann.tile("Bea")).await?;
    ann.sees_video_of("Cem").await?;
    ann.sees_video_of("Bea").await?;
    ann.button("Unpin Cem").click().await?;
    ann.tile("Bea").is_as_large_as(&ann.tile("Cem")).await?;

    // Every microphone plays a tone all the time, and the last speaker is in the spotlight: only Bea goes on.
    cem.button("Mute microphone").click().await?;
    ann.button("Spotlight").click().await?;
    ann.tile("Bea").is_much_larger_than(&ann.tile("You")).await?;
    ann.button("Hide self view").click().await?;
    ann.tile("You").is_gone().await?;
    bea.sees_video_of("Ann").await?;
    ann.button("Spotlight").click().await?;
    ann.button("Show self view").click().await?;
    ann.tile("You").is_as_large_as(&ann.tile("Bea")).await?;
    ann.sees_video_in(&ann.tile("You"), "Ann").await?;
    for person in [&ann, &bea, &cem] {
        // Tiles move, connections stay.
        person.has_made_connections(2).await?;
    }
    have_no_errors_or_foreign_requests(&[&ann, &bea, &cem]).await
}

#[tokio::test]
async fn full_screen_and_back() -> Outcome {
    let server = Server::start().await?;
    let ann = enters_small(&server, "Ann", "tea").await?;
    let bea = enters_small(&server, "Bea", "tea").await?;
    calls(&ann, &bea).await?;
    ann.button("Full screen").click().await?;
    ann.finds("String(document.fullscreenElement !== null)", "true")
        .await?;
    ann.list("People").is_gone().await?;
    ann.sees_video_of("Bea").await?;
    // An incoming call is shown over it.
    let cem = enters_small(&server, "Cem", "tea").await?;
    invites(&cem, &ann).await?;
    ann.dialog(incoming_call_title(&cem)).is_shown().await?;
    ann.button("Decline").click().await?;
    ann.button("Exit full screen").click().await?;
    ann.list("People").is_shown().await?;

    // Full screen ends with the call.
    ann.button("Full screen").click().await?;
    ann.list("People").is_gone().await?;
    ann.button("Leave call").click().await?;
    ann.list("People").is_shown().await?;
    ann.finds("String(document.fullscreenElement === null)", "true")
        .await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea, &cem]).await
}

#[tokio::test]
async fn volume_changes_one_person_only() -> Outcome {
    let server = Server::start().await?;
    let ann = enters_small(&server, "Ann", "tea").await?;
    let bea = enters_small(&server, "Bea", "tea").await?;
    let cem = enters_small(&server, "Cem", "tea").await?;
    calls(&ann, &bea).await?;
    calls(&ann, &cem).await?;
    ann.button("Change Bea's volume").click().await?;
    ann.tabs_to("slider", "Bea's volume").await?;
    ann.presses(HOME).await?;
    ann.tile("Bea").says("Muted for you").await?;
    ann.presses(END).await?;
    ann.no_longer_reads("Muted for you").await?;
    ann.hears("Bea").await?;
    ann.hears("Cem").await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea, &cem]).await
}
