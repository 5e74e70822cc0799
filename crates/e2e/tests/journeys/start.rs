//! The first of the two commands, as the README gives it.

use e2e::{MakeRun, Outcome, Person};

use crate::steps::creates_account;

#[tokio::test]
async fn make_run_prints_an_address_whose_page_works_alone_and_without_errors() -> Outcome {
    let confab = MakeRun::starts().await?;
    let ann = Person::arrives("Ann", &confab.url()).await?;
    ann.goes_to("room/tea").await?;
    creates_account(&ann).await?;
    ann.list("People").says("Ann").await?;
    ann.leaves_no_trouble(&[]).await
}
