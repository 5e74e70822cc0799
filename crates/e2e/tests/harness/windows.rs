//! Window size, language and colour scheme; separate profiles; closed and killed browsers.

use e2e::{Arrival, Language, Outcome, Person};

use crate::page::serve;

const STORE: &str = r#"<!doctype html><link rel="icon" href="data:,"><title>Store</title>
<script>addEventListener('pagehide', () => localStorage.setItem('goodbye', 'said'))</script><p>Welcome</p>"#;

#[tokio::test]
async fn window_language_and_colour_scheme_apply() -> Outcome {
    let ann = Arrival::of("Ann")
        .window(360, 740)
        .language(Language::Chinese)
        .dark()
        .at(&serve(STORE))
        .await?;
    let seen = ann
        .evaluate("[innerWidth, innerHeight, navigator.language, matchMedia('(prefers-color-scheme: dark)').matches].join()")
        .await?;
    assert_eq!(seen, "360,740,zh-CN,true");
    assert!(ann.screenshot("harness-window").await?.exists());
    Ok(())
}

#[tokio::test]
async fn profiles_are_separate() -> Outcome {
    let url = serve(STORE);
    let (ann, bea) = tokio::try_join!(Person::arrives("Ann", &url), Person::arrives("Bea", &url))?;
    ann.evaluate("localStorage.setItem('name', 'Ann')").await?;
    assert_eq!(
        bea.evaluate("localStorage.getItem('name')").await?,
        serde_json::Value::Null
    );
    Ok(())
}

#[tokio::test]
async fn killed_browser_runs_no_pagehide() -> Outcome {
    let mut ann = Person::arrives("Ann", &serve(STORE)).await?;
    ann.closes_browser_without_goodbye();
    assert!(ann.text().await.is_err());
    ann.comes_back().await?;
    ann.reads("Welcome").await?;
    assert_eq!(
        ann.evaluate("localStorage.getItem('goodbye')").await?,
        serde_json::Value::Null
    );

    ann.closes_browser().await?;
    ann.comes_back().await?;
    assert_eq!(ann.evaluate("localStorage.getItem('goodbye')").await?, "said");
    Ok(())
}
