//! Checks of `locales/` that the compiler cannot make: all texts are used, both languages have the same
//! placeholders, and the first paint in `index.html` has the same texts and colours as the app.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read the sources fails, and says at which line"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Texts = BTreeMap<String, String>;

fn texts(language: &str) -> Texts {
    serde_json::from_str(&source(language)).unwrap()
}

fn source(language: &str) -> String {
    fs::read_to_string(root().join("locales").join(language).with_extension("json")).unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All words after a dot in the app's source files: fields of `Texts`, among others.
fn words_of(folder: &Path, words: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            words_of(&path, words);
        } else {
            let source = fs::read_to_string(path).unwrap();
            words.extend(
                source
                    .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.')
                    .flat_map(|chain| chain.split('.').skip(1).map(str::to_owned).collect::<Vec<_>>()),
            );
        }
    }
}

/// The names of the placeholders in a text.
fn values(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn languages_have_same_texts() {
    let (english, chinese) = (texts("en"), texts("zh"));
    assert_eq!(
        english.keys().collect::<Vec<_>>(),
        chinese.keys().collect::<Vec<_>>()
    );
}

#[test]
fn keys_are_unique() {
    for language in ["en", "zh"] {
        let entries = source(language)
            .lines()
            .filter(|line| line.contains("\": \""))
            .count();
        assert_eq!(entries, texts(language).len(), "{language}");
    }
}

#[test]
fn texts_are_trimmed_and_not_empty() {
    for language in ["en", "zh"] {
        for (key, text) in texts(language) {
            assert!(
                !text.is_empty() && text.trim() == text,
                "{key} in {language}: {text:?}"
            );
        }
    }
}

#[test]
fn languages_have_same_placeholders() {
    let chinese = texts("zh");
    for (key, text) in texts("en") {
        assert_eq!(values(&text), values(&chinese[&key]), "the text \"{key}\"");
    }
}

#[test]
fn every_text_is_used() {
    let mut words = BTreeSet::new();
    words_of(&root().join("src"), &mut words);
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    let unused: Vec<_> = texts("en")
        .into_keys()
        .filter(|key| !words.contains(key) && !page.contains(&format!("data-text=\"{key}\"")))
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn first_paint_has_texts_of_app() {
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    for (class, language) in [("for-en", "en"), ("for-zh", "zh")] {
        let texts = texts(language);
        let mut seen = 0;
        for part in page.split(&format!("class=\"{class}\" data-text=\"")).skip(1) {
            let (key, rest) = part.split_once('"').unwrap();
            let (_, rest) = rest.split_once('>').unwrap();
            let (words, _) = rest.split_once('<').unwrap();
            assert_eq!(
                Some(words),
                texts.get(key).map(String::as_str),
                "{key} in {language}"
            );
            seen += 1;
        }
        assert!(seen > 5, "the page has texts in {language}");
    }
}

#[test]
fn theme_color_matches_background() {
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    let tokens = fs::read_to_string(root().join("style/tokens.css")).unwrap();
    let (_, ground) = tokens.split_once("--ground: light-dark(").unwrap();
    let (light, dark) = ground.split_once(')').unwrap().0.split_once(", ").unwrap();
    for (theme, colour) in [("light", light), ("dark", dark)] {
        let bar = format!("<meta name=\"theme-color\" content=\"{colour}\" data-theme-color=\"{theme}\"");
        assert!(page.contains(&bar), "{bar}");
    }
}
