//! Turns `locales/*.json` into Rust: one struct with a field for each text, and one constant for each language.
//!
//! A text that one language lacks ends the build with its name, so the app cannot be built half translated.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

/// The languages: the name of the constant, and of the file. The first one says which texts there are.
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

/// Says which text of `have` is not in `want`.
fn same_keys(have_path: &str, have: &Texts, want_path: &str, want: &Texts) -> Result<(), String> {
    match have.keys().find(|key| !want.contains_key(*key)) {
        Some(key) => Err(format!(
            "the text \"{key}\" is in {have_path} and missing in {want_path}"
        )),
        None => Ok(()),
    }
}
