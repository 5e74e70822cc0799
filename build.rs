//! Generates Rust from `locales/*.json`: a struct with one field per text, and one static per language.
//!
//! A text that one language lacks fails the build with its name, so no build is half translated.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

/// The languages: name of the static, and of the file. The first one defines which texts there are.
const LANGUAGES: [(&str, &str); 2] = [("EN", "en"), ("ZH", "zh")];

type Texts = BTreeMap<String, String>;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=locales");
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
    for (constant, file) in LANGUAGES {
        let path = format!("locales/{file}.json");
        let json = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
        let texts: Texts = serde_json::from_str(&json).map_err(|e| format!("{path}: {e}"))?;
        languages.push((constant, path, texts));
    }
    let (_, first_path, first) = &languages[0];
    for (_, path, texts) in &languages {
        same_keys(first_path, first, path, texts)?;
        same_keys(path, texts, first_path, first)?;
    }
    let mut code =
        String::from("/// Every text of the app, in one language.\n#[derive(Debug)]\npub struct Texts {\n");
    for (key, text) in first {
        writeln!(code, "    #[doc = {text:?}]\n    pub {key}: &'static str,").map_err(|e| e.to_string())?;
    }
    code.push_str("}\n");
    for (constant, path, texts) in &languages {
        writeln!(
            code,
            "\n/// The texts of `{path}`.\npub static {constant}: Texts = Texts {{"
        )
        .map_err(|e| e.to_string())?;
        for (key, text) in texts {
            writeln!(code, "    {key}: {text:?},").map_err(|e| e.to_string())?;
        }
        code.push_str("};\n");
    }
    let out = std::env::var("OUT_DIR").map_err(|e| e.to_string())?;
    std::fs::write(Path::new(&out).join("texts.rs"), code).map_err(|e| e.to_string())
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
