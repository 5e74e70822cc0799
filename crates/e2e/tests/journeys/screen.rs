//! Shared screens beside the cameras: they arrive with sound, can be ended by the page or by the browser, and
//! two can be shared at once.

use e2e::{Arrival, FakeCamera, Outcome, Server};

use e2e::steps::{calls, comes, enters_small, have_no_errors_or_foreign_requests, perceive_each_other};

#[tokio::test]
async fn two_shares_end_by_page_and_by_browser() -> Outcome {
    let server = Server::start().await?;
    let ann = comes(
        Arrival::of("Ann").window(900, 640).shares_slides(),
        &server,
        "tea",
    )
    .await?;
    let bea = enters_small(&server, "Bea", "tea").await?;
    calls(&ann, &bea).await?;
    let slides = ann.opens_slides().await?;
    ann.button("Share screen").click().await?;
    ann.tile("Your screen").is_shown().await?;
    bea.sees_slides_in(&bea.tile("Ann's screen")).await?;
    bea.hears_slides_in(&bea.tile("Ann's screen")).await?;
    perceive_each_other(&ann, &bea).await?;

    // Bea shares as well; Ann's screen and both cameras stay.
    bea.button("Share screen").click().await?;
    ann.sees_fake_camera_in(&ann.tile("Bea's screen"), FakeCamera::Turning)
        .await?;
    bea.sees_slides_in(&bea.tile("Ann's screen")).await?;
    ann.sees_video_of("Bea").await?;
    bea.has_live_tracks("video", 2).await?;

    bea.button("Stop sharing")
        .within(bea.element(&["group"], "Call controls"))
        .click()
        .await?;
    ann.tile("Bea's screen").is_gone().await?;
    bea.tile("Your screen").is_gone().await?;
    bea.has_live_tracks("video", 1).await?;
    bea.sees_slides_in(&bea.tile("Ann's screen")).await?;

    // The browser can end a share without the page.
    ann.closes(slides).await?;
    bea.tile("Ann's screen").is_gone().await?;
    ann.tile("Your screen").is_gone().await?;
    ann.button("Share screen").is_enabled().await?;
    ann.has_live_tracks("video", 1).await?;
    ann.has_live_tracks("audio", 1).await?;
    perceive_each_other(&ann, &bea).await?;
    for person in [&ann, &bea] {
        // Screens need no connection of their own.
        person.has_made_connections(1).await?;
    }
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}
