//! Finding and using elements, and what a failure reports when one is missing.

use e2e::{Name, Outcome, Patience, Person};

use crate::page::serve;

const FORM: &str = r#"<!doctype html><link rel="icon" href="data:,"><title>Form</title>
<h1>Sign in</h1>
<form onsubmit="event.preventDefault(); said.textContent = 'Hello ' + this.name.value + this.note.value.length">
  <label>User name <input name="name" value="old"></label>
  <label>Password <input name="note" type="password"></label>
  <button>Sign in</button>
</form>
<button aria-label="Call Bea" onclick="ask.showModal()">+</button>
<button disabled>Hang up</button>
<button style="display: none">Secret</button>
<section aria-labelledby="people"><h2 id="people">People</h2><ul aria-label="People"><li>Ann</li><li>Bea</li></ul></section>
<dialog id="ask" aria-label="Invitation"><p>Do you?</p><button onclick="ask.close()">Accept</button></dialog>
<p id="said"></p>
<script>setTimeout(() => document.body.insertAdjacentHTML('beforeend', '<button>Late</button>'), 700)</script>"#;

#[tokio::test]
async fn elements_are_found_by_role_and_name() -> Outcome {
    let ann = Person::arrives("Ann", &serve(FORM)).await?;
    ann.heading("Sign in").is_shown().await?;
    ann.field("User name").types("Ann").await?;
    ann.field("Password").types("secret").await?;
    ann.button("Sign in").click().await?;
    ann.reads("Hello Ann6").await?;
    ann.button("Late").is_shown().await?;
    ann.button("Hang up").is_disabled().await?;
    ann.button("Secret").is_gone().await?;
    ann.entry(Name::Any).within(ann.list("People")).counts(2).await?;
    assert_eq!(
        ann.entry(Name::Any).within(ann.list("People")).texts().await?,
        ["Ann", "Bea"]
    );
    Ok(())
}

#[tokio::test]
async fn modal_dialog_hides_the_rest() -> Outcome {
    let ann = Person::arrives("Ann", &serve(FORM)).await?;
    ann.button(Name::Begins("Call".into())).click().await?;
    ann.dialog("Invitation").says("Do you?").await?;
    ann.button("Sign in").is_gone().await?;
    ann.button("Accept")
        .within(ann.dialog("Invitation"))
        .click()
        .await?;
    ann.dialog("Invitation").is_gone().await?;
    ann.button("Sign in").is_enabled().await
}

#[tokio::test]
async fn expression_may_throw_until_it_has_its_value() -> Outcome {
    let ann = Person::arrives("Ann", &serve(FORM)).await?;
    ann.evaluate("setTimeout(() => document.body.setAttribute('lang', 'de'), 700)")
        .await?;
    ann.finds("document.querySelector('[lang=de]').lang", "de").await
}

#[tokio::test]
async fn failed_search_describes_the_page() -> Outcome {
    let ann = Person::arrives("Ann", &serve(FORM)).await?;
    ann.evaluate("console.error('bad luck')").await?;
    let failure = ann
        .button("Call Cem")
        .patiently(Patience::seconds(1))
        .click()
        .await;
    let words = failure.map_or_else(|failure| failure.to_string(), |()| String::new());
    for part in [
        "Ann",
        "button",
        "\"Call Cem\"",
        "\"Call Bea\"",
        "Hang up",
        "(disabled)",
        "bad luck",
        "http://127.0.0.1",
    ] {
        assert!(words.contains(part), "{part} is not in: {words}");
    }
    assert!(!words.contains("Secret"), "{words}");
    Ok(())
}

#[tokio::test]
async fn console_errors_and_foreign_requests_are_reported() -> Outcome {
    let ann = Person::arrives("Ann", &serve(FORM)).await?;
    ann.has_no_errors_or_foreign_requests(&[]).await?;
    ann.evaluate("fetch('http://127.0.0.1:9/').catch(() => 0)")
        .await?;
    let stranger = ann.has_no_errors_or_foreign_requests(&["ERR_UNSAFE_PORT"]).await;
    assert!(stranger.is_err_and(|failure| failure.to_string().contains("127.0.0.1:9")));
    ann.evaluate("void setTimeout(() => { throw new Error('oh no') })")
        .await?;
    ann.button("Late").is_shown().await?;
    assert!(
        ann.console_errors()
            .await?
            .iter()
            .any(|error| error.contains("oh no"))
    );
    Ok(())
}
