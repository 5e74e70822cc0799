//! The accessibility check reports violations where there are some, and only there.

use e2e::{DESKTOP, Outcome, PHONE, Person};

use crate::page::serve;

const OPEN: &str = r#"<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Open</title>
<main><h1>Open</h1><label>Name <input></label><button style="min-height: 44px">Go</button></main>"#;

const BARRED: &str = r#"<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Barred</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<main><h1>Barred</h1><input id="nameless">
<p style="color: #bbb; background: #fff">Pale</p>
<button style="width: 12px; height: 12px; padding: 0">a</button><button style="width: 12px; height: 12px; padding: 0">b</button></main>"#;

#[tokio::test]
async fn accessible_page_passes() -> Outcome {
    let ann = Person::arrives("Ann", &serve(OPEN)).await?;
    ann.has_no_violation("the open page").await?;
    // The same page can be checked twice.
    ann.has_no_violation("the open page").await
}

#[tokio::test]
async fn violations_are_reported_under_strict_csp() -> Outcome {
    let ann = Person::arrives("Ann", &serve(BARRED)).await?;
    let failure = ann.has_no_violation("the barred page").await;
    let words = failure.map_or_else(|failure| failure.to_string(), |()| String::new());
    for part in [
        "the barred page",
        "label (critical)",
        "#nameless",
        "<input id=\"nameless\">",
        "color-contrast (serious)",
        "target-size (serious)",
    ] {
        assert!(words.contains(part), "{part} is not in: {words}");
    }
    Ok(())
}

#[tokio::test]
async fn small_targets_and_overflow_are_reported() -> Outcome {
    let ann = Person::arrives("Ann", &serve(BARRED)).await?;
    ann.has_window(PHONE).await?;
    let small = ann.hits_everything_with_a_finger().await;
    assert!(small.is_err_and(|failure| failure.to_string().contains("button a: 12 by 12")));
    ann.sees_all_of_the_width().await?;
    ann.evaluate("void (document.querySelector('p').style.width = '400px')")
        .await?;
    ann.has_window(DESKTOP).await?;
    ann.sees_all_of_the_width().await?;
    ann.has_window(PHONE).await?;
    let wide = ann.sees_all_of_the_width().await;
    assert!(wide.is_err_and(|failure| failure.to_string().contains("wider by")));
    Ok(())
}
