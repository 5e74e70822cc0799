//! A group call of four, in which one person vanishes and comes back.

use e2e::{Arrival, Outcome, Patience, Server};

use e2e::steps::{
    PASSWORD, all_see_all, enters_small, goes_in, have_no_errors_or_foreign_requests, joins_group_call,
};

#[tokio::test]
async fn vanished_member_leaves_and_can_rejoin() -> Outcome {
    let server = Server::start().await?;
    let ann = enters_small(&server, "Ann", "tea").await?;
    let bea = enters_small(&server, "Bea", "tea").await?;
    let cem = enters_small(&server, "Cem", "tea").await?;
    let mut dee = enters_small(&server, "Dee", "tea").await?;
    for person in [&ann, &bea, &cem, &dee] {
        joins_group_call(person).await?;
    }
    all_see_all(&[&ann, &bea, &cem, &dee]).await?;

    dee.closes_browser_without_goodbye();
    ann.tile("Dee").says("Reconnecting…").await?;
    // The server keeps the seat for 30 s.
    for person in [&ann, &bea, &cem] {
        person
            .tile("Dee")
            .patiently(Patience::seconds(45))
            .is_gone()
            .await?;
    }
    all_see_all(&[&ann, &bea, &cem]).await?;

    // A killed browser may have lost its session.
    let dee = Arrival::of("Dee").window(900, 640).at(&server.url()).await?;
    dee.goes_to("room/tea").await?;
    dee.field("User name").types("Dee").await?;
    dee.field("Password").types(PASSWORD).await?;
    dee.button("Sign in").click().await?;
    goes_in(&dee).await?;
    dee.button("Join group call (3)").click().await?;
    all_see_all(&[&ann, &bea, &cem, &dee]).await?;

    ann.button("Leave call").click().await?;
    ann.has_open_connections(0).await?;
    all_see_all(&[&bea, &cem, &dee]).await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea, &cem, &dee]).await
}
