//! Details about each person in a call: their connection, and their volume.

use e2e::{Name, Outcome, Server};

use e2e::steps::{calls, enters, have_no_errors_or_foreign_requests};

const ESCAPE: &str = "\u{e00c}";
const ENTER: &str = "\u{e007}";
/// The left arrow key, which lowers a slider.
const LEFT: &str = "\u{e012}";

#[tokio::test]
async fn connection_figures_and_volume() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    calls(&ann, &bea).await?;

    let badge = Name::Begins("Connection to Bea: ".to_owned());
    ann.tabs_to("button", badge.clone()).await?;
    ann.presses(ENTER).await?;
    let panel = ann.dialog("Connection to Bea");
    panel.is_shown().await?;
    // Two browsers on one machine, with cameras of 10 frames per second.
    for figure in ["Direct, over UDP", " ms", " kbit/s", "320 × 240, ", "Limited by"] {
        panel.says(figure).await?;
    }
    ann.element(&["image", "img"], Name::Has("over the last minute: ".to_owned()))
        .within(panel.clone())
        .counts(3)
        .await?;
    ann.presses(ESCAPE).await?;
    panel.is_gone().await?;
    ann.is_at("button", badge).await?;

    ann.hears("Bea").await?;
    ann.tabs_to("button", "Change Bea's volume").await?;
    ann.presses(ENTER).await?;
    let volume = ann.element(&["slider"], "Bea's volume");
    volume.measures(100.0..=100.0).await?;
    ann.tabs_to("slider", "Bea's volume").await?;
    ann.presses(LEFT).await?;
    volume.measures(1.0..=99.0).await?;
    let softer = "confabWitness.volumes().some((volume) => volume < 1) + ''";
    ann.finds(softer, "true").await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}
