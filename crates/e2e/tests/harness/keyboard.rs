//! Keyboard use: the focus is followed, and a failure lists where it has been.

use e2e::{Name, Outcome, Person};

use crate::page::serve;

const FORM: &str = r#"<!doctype html><link rel="icon" href="data:,"><title>Form</title>
<label>Name <input></label><button>Send</button><div onclick="0">Not a button</div>
<button onclick="said.textContent = 'Sent later'">Send later</button><p id="said"></p>"#;

#[tokio::test]
async fn tab_reaches_only_usable_elements() -> Outcome {
    let ann = Person::arrives("Ann", &serve(FORM)).await?;
    ann.tabs_to("button", Name::Begins("Send l".to_owned())).await?;
    ann.is_at("button", "Send later").await?;
    ann.presses(" ").await?;
    ann.reads("Sent later").await?;
    ann.tabs_to("textbox", "Name").await?;
    let never = ann.tabs_to("button", "Not a button").await;
    assert!(never.is_err_and(|failure| failure.to_string().contains("button \\\"Send\\\"")));
    Ok(())
}
