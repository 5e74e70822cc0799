//! Gives the imports of the main module short names. wasm-bindgen's have a hash each, which no compression
//! shortens, twice: in the module and in the glue.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

use crate::Failed;

/// The ending of the module name under which wasm-bindgen imports from its glue.
const GLUE: &str = "_bg.js";

/// The module with short names, and the names by those that they replace.
pub fn imports(wasm: &[u8]) -> Result<(Vec<u8>, BTreeMap<String, String>), Failed> {
    let mut names = BTreeMap::new();
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::ImportSection(section) = payload {
            let mut imports = ImportSection::new();
            for import in section.into_imports() {
                let import = import?;
                let mut name = import.name.to_owned();
                if import.module.ends_with(GLUE) {
                    let count = names.len();
                    name.clone_from(
                        names
                            .entry(import.name.to_owned())
                            .or_insert_with(|| short(count)),
                    );
                }
                let ty = RoundtripReencoder.entity_type(import.ty)?;
                imports.import(import.module, &name, ty);
            }
            module.section(&imports);
        } else if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            module.section(&RawSection {
                id,
                data: &wasm[range],
            });
        }
    }
    Ok((module.finish(), names))
}

/// The name with a number. It is none of wasm-bindgen's, which begin with two underscores.
fn short(mut number: usize) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
    let mut name = String::from("_");
    loop {
        name.push(char::from(DIGITS[number % DIGITS.len()]));
        number /= DIGITS.len();
        if number == 0 {
            return name;
        }
    }
}

/// Replaces identifiers in a script.
pub fn script(script: &str, names: &BTreeMap<String, String>) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_part(c) != is_part(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        out.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(imports: &[(&str, &str)]) -> Vec<u8> {
        let mut types = wasm_encoder::TypeSection::new();
        types.ty().function([], []);
        let mut section = ImportSection::new();
        for (module, name) in imports {
            section.import(module, name, wasm_encoder::EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&section);
        module.finish()
    }

    #[test]
    fn imports_from_glue_get_short_names() {
        let wasm = module(&[
            ("./app_bg.js", "__wbg_log_0123456789abcdef"),
            ("./link.js", "__load"),
            ("./app_bg.js", "__wbg_now_0123456789abcdef"),
        ]);
        let (short, names) = imports(&wasm).expect("a module");
        assert_eq!(
            short,
            module(&[
                ("./app_bg.js", "_0"),
                ("./link.js", "__load"),
                ("./app_bg.js", "_1")
            ])
        );
        assert_eq!(
            script(
                "{ __wbg_log_0123456789abcdef: f(arg0), now: a.__wbg_now_0123456789abcdef }",
                &names
            ),
            "{ _0: f(arg0), now: a._1 }"
        );
    }

    #[test]
    fn short_names_differ() {
        let names: std::collections::BTreeSet<_> = (0..5000).map(short).collect();
        assert_eq!(names.len(), 5000);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(imports(b"<!doctype html>").is_err());
    }
}
