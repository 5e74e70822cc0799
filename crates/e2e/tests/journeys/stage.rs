//! How a call is seen: the grid, one person large, and oneself out of sight.

use e2e::{Name, Outcome, Server};

use crate::steps::{enters_small, leave_no_trouble};

#[tokio::test]
async fn somebody_is_pinned_and_let_go_and_nobody_s_picture_stops_for_it() -> Outcome {
    let server = Server::start().await?;
    let ann = enters_small(&server, "Ann", "tea").await?;
    let bea = enters_small(&server, "Bea", "tea").await?;
    let cem = enters_small(&server, "Cem", "tea").await?;
    for person in [&ann, &bea, &cem] {
        person
            .button(Name::Begins("Join everyone".to_owned()))
            .click()
            .await?;
    }
    ann.sees_video_of("Bea").await?;
    ann.sees_video_of("Cem").await?;
    ann.tile("Bea").is_as_large_as(&ann.tile("Cem")).await?;

    ann.button("Pin Cem").click().await?;
    ann.tile("Cem").is_much_larger_than(&ann.tile("Bea")).await?;
    ann.sees_video_of("Cem").await?;
    ann.sees_video_of("Bea").await?;
    ann.button("Unpin Cem").click().await?;
    ann.tile("Bea").is_as_large_as(&ann.tile("Cem")).await?;

    ann.button("Spotlight").click().await?;
    ann.tile("Bea").is_much_larger_than(&ann.tile("You")).await?;
    ann.button("Hide my picture").click().await?;
    ann.tile("You").is_gone().await?;
    bea.sees_video_of("Ann").await?;
    ann.button("Spotlight").click().await?;
    ann.button("Show my picture").click().await?;
    ann.tile("You").is_as_large_as(&ann.tile("Bea")).await?;
    ann.sees_video_in(&ann.tile("You"), "Ann").await?;
    for person in [&ann, &bea, &cem] {
        assert_eq!(
            person.connections_made().await?,
            2,
            "tiles move, connections stay"
        );
    }
    leave_no_trouble(&[&ann, &bea, &cem]).await
}
