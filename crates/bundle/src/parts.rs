//! What takes the room in the app: its code by crate and by feature.
//!
//! Read from what the linker wrote, the last file with names: before it is split, optimised for size and compressed, so
//! the shares say more than the bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rustc_demangle::demangle;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::Failed;

/// Our crates, whose features are told apart, each with the number of modules that name a feature.
const OURS: [(&str, usize); 4] = [("confab", 2), ("call_core", 1), ("protocol", 1), ("texts", 0)];

/// Share of the whole from which a line is printed, in thousandths: the rest is one line.
const WORTH: usize = 5;

/// Prints the code of a linked app by crate and by feature, the largest first.
pub fn print(app: &Path) -> Result<(), Failed> {
    let wasm = fs::read(app).map_err(|error| format!("{}: {error}", app.display()))?;
    let parts = Parts::of(&wasm)?;
    println!("\n{:>9} {:>6}  code by crate, as linked", "bytes", "%");
    list(&parts.crates);
    println!("\n{:>9} {:>6}  code of Confab by feature", "bytes", "%");
    list(&parts.features);
    Ok(())
}

/// Bytes of code by name.
type Sizes = BTreeMap<String, usize>;

#[derive(Debug, Default)]
struct Parts {
    crates: Sizes,
    features: Sizes,
}

impl Parts {
    fn of(wasm: &[u8]) -> Result<Self, Failed> {
        let (mut imported, mut sizes, mut names) = (0, Vec::new(), BTreeMap::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => sizes.push(body.as_bytes().len()),
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(subsections) = section.as_known() else {
                        continue;
                    };
                    for subsection in subsections {
                        let Name::Function(functions) = subsection? else {
                            continue;
                        };
                        for named in functions {
                            let function = named?;
                            names.insert(function.index as usize, function.name);
                        }
                    }
                }
                _ => {}
            }
        }
        let mut parts = Self::default();
        for (at, size) in sizes.into_iter().enumerate() {
            let name = names.get(&(imported + at)).copied().unwrap_or_default();
            let place = Place::of(&format!("{:#}", demangle(name)));
            *parts.crates.entry(place.of_crate).or_default() += size;
            if let Some(feature) = place.feature {
                *parts.features.entry(feature).or_default() += size;
            }
        }
        Ok(parts)
    }
}

/// Where a function comes from.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    of_crate: String,
    /// In our crates only.
    feature: Option<String>,
}

impl Place {
    /// The place by a demangled name. What is generic counts for the first of our crates that its name mentions, else for
    /// the crate that defines it.
    fn of(name: &str) -> Self {
        let paths: Vec<Vec<&str>> = name
            .split(|letter: char| !(letter.is_alphanumeric() || "_:".contains(letter)))
            .map(|path| path.split("::").filter(|segment| !segment.is_empty()).collect())
            .filter(|path: &Vec<&str>| path.len() > 1)
            .collect();
        let ours = paths.iter().find_map(|path| {
            let (_, modules) = OURS.iter().find(|(ours, _)| *ours == path[0])?;
            // The last segment is the function, the type or the closure.
            let modules = &path[1..=(*modules).min(path.len() - 2)];
            Some((path[0], [&[path[0]], modules].concat().join("::")))
        });
        match (ours, paths.first()) {
            (Some((of_crate, feature)), _) => Self {
                of_crate: of_crate.to_owned(),
                feature: Some(feature),
            },
            (None, Some(path)) => Self {
                of_crate: path[0].to_owned(),
                feature: None,
            },
            (None, None) => Self {
                of_crate: "(without a path)".to_owned(),
                feature: None,
            },
        }
    }
}

fn list(sizes: &Sizes) {
    let whole: usize = sizes.values().sum::<usize>().max(1);
    let mut sorted: Vec<_> = sizes.iter().collect();
    sorted.sort_by_key(|(_, size)| std::cmp::Reverse(**size));
    let (large, small): (Vec<_>, Vec<_>) = sorted
        .into_iter()
        .partition(|(_, size)| **size * 1000 >= whole * WORTH);
    let line = |name: &str, size: usize| {
        let thousandths = size * 1000 / whole;
        println!("{size:>9} {:>4}.{}  {name}", thousandths / 10, thousandths % 10);
    };
    for (name, size) in large {
        line(name, *size);
    }
    if !small.is_empty() {
        let sum = small.iter().map(|(_, size)| **size).sum();
        line(&format!("{} others", small.len()), sum);
    }
    line("together", whole);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str) -> (String, Option<String>) {
        let place = Place::of(name);
        (place.of_crate, place.feature)
    }

    #[test]
    fn function_counts_for_our_crate_that_it_mentions() {
        let ours = |of_crate: &str, feature: &str| (of_crate.to_owned(), Some(feature.to_owned()));
        assert_eq!(
            place("call_core::chat::history::History::add"),
            ours("call_core", "call_core::chat")
        );
        assert_eq!(
            place("<call_core::link::Link as core::fmt::Debug>::fmt"),
            ours("call_core", "call_core::link")
        );
        assert_eq!(
            place("core::ptr::drop_in_place<confab::components::call::tile::Tile>"),
            ours("confab", "confab::components::call")
        );
        assert_eq!(place("confab::main"), ours("confab", "confab"));
        assert_eq!(place("alloc::vec::Vec<T,A>::push"), ("alloc".to_owned(), None));
        assert_eq!(place("memcpy"), ("(without a path)".to_owned(), None));
    }

    #[test]
    fn code_is_summed_by_the_names_of_functions() {
        use wasm_encoder::{
            CodeSection, EntityType, Function, FunctionSection, ImportSection, Module, NameMap, NameSection,
            TypeSection,
        };
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        module.section(&types);
        let mut imports = ImportSection::new();
        imports.import("m", "f", EntityType::Function(0));
        module.section(&imports);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for nops in [1, 10, 3] {
            functions.function(0);
            let mut function = Function::new([]);
            for _ in 0..nops {
                function.instructions().nop();
            }
            function.instructions().end();
            code.function(&function);
        }
        module.section(&functions);
        module.section(&code);
        let mut map = NameMap::new();
        for (index, name) in [
            (0, "imported::function"),
            (1, "_ZN9call_core4chat3add17h0123456789abcdefE"),
            (2, "_ZN9call_core4link3add17h0123456789abcdefE"),
            (3, "_ZN9call_core4chat3see17h0123456789abcdefE"),
        ] {
            map.append(index, name);
        }
        let mut names = NameSection::new();
        names.functions(&map);
        module.section(&names);
        let parts = Parts::of(&module.finish()).expect("it can be read");
        // Each has the number of its locals and its end besides.
        assert_eq!(
            parts.features,
            [
                ("call_core::chat".to_owned(), 1 + 3 + 2 * 2),
                ("call_core::link".to_owned(), 10 + 2)
            ]
            .into()
        );
        assert_eq!(parts.crates, [("call_core".to_owned(), 20)].into());
    }
}
