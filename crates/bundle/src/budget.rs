//! Weighs the app's files by what a user waits for, and compares with the budget (`size-budget.toml`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::weight::Weight;
use crate::{Failed, link, read};

/// Files that the sign-in page needs.
const FIRST: &str = "first";
/// The chunk that is loaded after them, and then any other.
const CORE: &str = "core";
/// The chunk of a room.
const ROOM: &str = "room";
/// Everything until a user is in a call, with the texts of one language.
const CALL: &str = "call";
const LANGUAGES: [&str; 2] = ["english", "chinese"];
const TOTAL: &str = "total";

type Weights = BTreeMap<String, Weight>;

/// Prints the sizes, and fails where one is over the budget, or has none.
pub fn check(dist: &Path, budget: &Path) -> Result<(), Failed> {
    let budget: BTreeMap<String, usize> = toml::from_str(&read(budget)?)?;
    let mut files = Weights::new();
    weigh(dist, "", &mut files)?;
    println!("{:>9} {:>9}  file", "bytes", "brotli");
    for (name, weight) in &files {
        println!("{:>9} {:>9}  {name}", weight.plain, weight.brotli);
    }
    let chunks: BTreeMap<String, Vec<String>> = serde_json::from_str(&link::chunks_of(dist)?)?;
    let groups = groups(&files, &chunks);
    println!("\n{:>9} {:>9} {:>9}  what is loaded", "bytes", "brotli", "budget");
    for (name, weight) in &groups {
        let most = budget.get(name).map_or("none".to_owned(), usize::to_string);
        println!("{:>9} {:>9} {most:>9}  {name}", weight.plain, weight.brotli);
    }
    let over = over(&groups, &budget);
    if over.is_empty() {
        return Ok(());
    }
    Err(format!(
        "over the budget, in bytes: {}. Make it smaller, or change the budget and say why.",
        over.join(", ")
    )
    .into())
}

fn weigh(folder: &Path, prefix: &str, files: &mut Weights) -> Result<(), Failed> {
    for entry in fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        let Some(name) = path
            .file_name()
            .and_then(|name| name.to_str())
            .filter(|name| !name.starts_with('.'))
        else {
            continue;
        };
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            weigh(&path, &format!("{name}/"), files)?;
        } else {
            files.insert(name, Weight::of(&path)?);
        }
    }
    Ok(())
}

/// The weight of what is loaded together. A file of several chunks counts for the first of them that is loaded.
fn groups(files: &Weights, chunks: &BTreeMap<String, Vec<String>>) -> Weights {
    let mut groups = Weights::new();
    let mut taken = BTreeSet::new();
    let first = |name: &&String| !name.contains('/') && !is_style(name);
    groups.insert(
        FIRST.to_owned(),
        sum(files.keys().filter(first), files, &mut taken),
    );
    let mut names: Vec<&str> = chunks.keys().map(String::as_str).collect();
    names.sort_by_key(|name| (*name != CORE, *name != ROOM, *name));
    for name in names {
        let parts = chunks[name]
            .iter()
            .map(|file| file.trim_start_matches("./").to_owned());
        // The styles that are not in the page are loaded with the core.
        let styles = files
            .keys()
            .filter(|file| name == CORE && is_style(file))
            .cloned();
        let parts: Vec<String> = parts.chain(styles).collect();
        groups.insert(name.to_owned(), sum(parts.iter(), files, &mut taken));
    }
    let mut call = Weight::default();
    for name in [FIRST, CORE, ROOM] {
        call += groups.get(name).copied().unwrap_or_default();
    }
    let texts = LANGUAGES.iter().filter_map(|name| groups.get(*name).copied());
    call += texts.max_by_key(|weight| weight.brotli).unwrap_or_default();
    groups.insert(CALL.to_owned(), call);
    groups.insert(TOTAL.to_owned(), sum(files.keys(), files, &mut BTreeSet::new()));
    groups
}

/// Whether a file has styles: those that are not in the page.
fn is_style(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "css")
}

fn sum<'a>(names: impl Iterator<Item = &'a String>, files: &Weights, taken: &mut BTreeSet<String>) -> Weight {
    let mut sum = Weight::default();
    for name in names {
        if taken.insert(name.clone()) {
            sum += files.get(name).copied().unwrap_or_default();
        }
    }
    sum
}

/// What is over its budget, in words.
fn over(groups: &Weights, budget: &BTreeMap<String, usize>) -> Vec<String> {
    let over = groups.iter().filter_map(|(name, weight)| match budget.get(name) {
        None => Some(format!("{name} {} (no budget)", weight.brotli)),
        Some(most) if weight.brotli > *most => Some(format!("{name} {} ({most})", weight.brotli)),
        Some(_) => None,
    });
    over.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Weights {
        let names = [
            "app.js",
            "index.html",
            "late-1.css",
            "snippets/core.wasm",
            "snippets/room.wasm",
            "snippets/both.wasm",
        ];
        let weights = names.iter().zip([1, 2, 4, 8, 16, 32]);
        weights
            .map(|(name, brotli)| ((*name).to_owned(), Weight { plain: 0, brotli }))
            .collect()
    }

    fn chunks() -> BTreeMap<String, Vec<String>> {
        let list = |files: &[&str]| files.iter().map(|file| format!("./snippets/{file}")).collect();
        [
            ("core".to_owned(), list(&["both.wasm", "core.wasm"])),
            ("room".to_owned(), list(&["both.wasm", "room.wasm"])),
        ]
        .into()
    }

    #[test]
    fn shared_files_count_once() {
        let groups = groups(&files(), &chunks());
        let of = |name: &str| groups[name].brotli;
        assert_eq!((of("first"), of("core"), of("room")), (3, 44, 16));
        assert_eq!((of("call"), of("total")), (63, 63));
    }

    #[test]
    fn what_is_over_or_has_no_budget_is_named() {
        let groups = groups(&files(), &chunks());
        let mut budget: BTreeMap<String, usize> = [
            ("first", 3),
            ("core", 44),
            ("room", 16),
            ("call", 63),
            ("total", 63),
        ]
        .map(|(name, most)| (name.to_owned(), most))
        .into();
        assert_eq!(over(&groups, &budget), Vec::<String>::new());
        budget.insert("room".to_owned(), 15);
        budget.remove("first");
        assert_eq!(over(&groups, &budget), ["first 3 (no budget)", "room 16 (15)"]);
    }
}
