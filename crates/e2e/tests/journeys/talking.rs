//! Calls by invitation: a pair, a triangle, and hanging up one side of it.

use e2e::{Outcome, Server};

use e2e::steps::{calls, enters_small, have_no_errors_or_foreign_requests, perceive_each_other};

#[tokio::test]
async fn pair_sees_and_hears_each_other() -> Outcome {
    let server = Server::start().await?;
    let ann = enters_small(&server, "Ann", "tea").await?;
    let bea = enters_small(&server, "Bea", "tea").await?;
    calls(&ann, &bea).await?;
    ann.list("People").says("In a call with you").await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}

#[tokio::test]
async fn hanging_up_one_side_keeps_the_others() -> Outcome {
    let server = Server::start().await?;
    let ann = enters_small(&server, "Ann", "tea").await?;
    let bea = enters_small(&server, "Bea", "tea").await?;
    let cem = enters_small(&server, "Cem", "tea").await?;
    calls(&ann, &bea).await?;
    calls(&ann, &cem).await?;
    ann.has_open_connections(2).await?;
    bea.has_open_connections(1).await?;
    cem.has_open_connections(1).await?;
    calls(&bea, &cem).await?;
    perceive_each_other(&ann, &bea).await?;
    perceive_each_other(&ann, &cem).await?;

    ann.button("Hang up with Bea")
        .within(ann.tile("Bea"))
        .click()
        .await?;
    ann.tile("Bea").is_gone().await?;
    bea.tile("Ann").is_gone().await?;
    bea.reads("Ann hung up").await?;
    perceive_each_other(&ann, &cem).await?;
    perceive_each_other(&bea, &cem).await?;
    for person in [&ann, &bea] {
        person.has_open_connections(1).await?;
    }
    have_no_errors_or_foreign_requests(&[&ann, &bea, &cem]).await
}
