//! Generates Rust from `locales/*.json`: two structs with one field per text, and a static of each per language.
//! The texts of the first chunk (`locales/early.json` names them) are in a struct of their own, so that the others
//! can be loaded later, and in one language.
//!
//! A text that one language lacks fails the build with its name, so no build is half translated.
//!
//! With `CONFAB_SPLIT` the app is linked so that `scripts/split/wasm-bindgen` can split it into chunks.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

/// The languages: prefix of the statics, name of the file, variant of `Language`. The first one defines which texts there are.
const LANGUAGES: [(&str, &str, &str); 2] = [("EN", "en", "English"), ("ZH", "zh", "Chinese")];
const EARLY: &str = "locales/early.json";

type Texts = BTreeMap<String, String>;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-env-changed=CONFAB_SPLIT");
    println!("cargo::rustc-check-cfg=cfg(confab_split)");
    if std::env::var_os("CONFAB_SPLIT").is_some() {
        println!("cargo::rustc-cfg=confab_split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("cargo::error={problem}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    let mut languages = Vec::new();
    for (constant, file, variant) in LANGUAGES {
        let path = format!("locales/{file}.json");
        let texts: Texts = read(&path)?;
        languages.push((constant, variant, path, texts));
    }
    let (_, _, first_path, first) = &languages[0];
    for (_, _, path, texts) in &languages {
        same_keys(first_path, first, path, texts)?;
        same_keys(path, texts, first_path, first)?;
    }
    let early: Vec<String> = read(EARLY)?;
    if let Some(key) = early.iter().find(|key| !first.contains_key(*key)) {
        return Err(format!(
            "the text \"{key}\" is in {EARLY} and missing in {first_path}"
        ));
    }
    let code = code(&languages, &early).map_err(|error| error.to_string())?;
    let out = std::env::var("OUT_DIR").map_err(|e| e.to_string())?;
    std::fs::write(Path::new(&out).join("texts.rs"), code).map_err(|e| e.to_string())
}

fn read<T: serde::de::DeserializeOwned>(path: &str) -> Result<T, String> {
    let json = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    serde_json::from_str(&json).map_err(|e| format!("{path}: {e}"))
}

/// The source of both structs and of their statics.
fn code(languages: &[(&str, &str, String, Texts)], early: &[String]) -> Result<String, std::fmt::Error> {
    let is_early = |key: &String| early.contains(key);
    let mut code = String::new();
    let (_, _, _, first) = &languages[0];
    for (name, doc, of_early) in [
        (
            "EarlyTexts",
            "The texts of the first chunk, in one language.",
            true,
        ),
        ("Texts", "Every text of the app, in one language.", false),
    ] {
        writeln!(code, "/// {doc}\n#[derive(Debug)]\npub struct {name} {{")?;
        if of_early {
            writeln!(code, "    /// The language.\n    pub language: Language,")?;
        } else {
            writeln!(
                code,
                "    /// Those of the first chunk.\n    pub early: &'static EarlyTexts,"
            )?;
        }
        for (key, text) in first.iter().filter(|(key, _)| is_early(key) == of_early) {
            writeln!(code, "    #[doc = {text:?}]\n    pub {key}: &'static str,")?;
        }
        code.push_str("}\n");
    }
    for (constant, variant, path, texts) in languages {
        for (prefix, name, of_early) in [("EARLY_", "EarlyTexts", true), ("", "Texts", false)] {
            writeln!(
                code,
                "\n/// Texts of `{path}`.\npub static {prefix}{constant}: {name} = {name} {{"
            )?;
            if of_early {
                writeln!(code, "    language: Language::{variant},")?;
            } else {
                writeln!(code, "    early: &EARLY_{constant},")?;
            }
            for (key, text) in texts.iter().filter(|(key, _)| is_early(key) == of_early) {
                writeln!(code, "    {key}: {text:?},")?;
            }
            code.push_str("};\n");
        }
    }
    Ok(code)
}

/// Fails with the name of a text of `have` that `want` lacks.
fn same_keys(have_path: &str, have: &Texts, want_path: &str, want: &Texts) -> Result<(), String> {
    match have.keys().find(|key| !want.contains_key(*key)) {
        Some(key) => Err(format!(
            "the text \"{key}\" is in {have_path} and missing in {want_path}"
        )),
        None => Ok(()),
    }
}
