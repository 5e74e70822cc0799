//! Finishes `index.html` after trunk: its late styles become one file that the app loads, and the page of someone who
//! returns starts to load the chunks that it will need.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::{Failed, hashed, link, read};

/// Where the page has the files of the chunks; in a page that is not split it stays.
const CHUNKS: &str = "CONFAB_CHUNKS";

/// As the server and the README of static hosting know it; minified it has no quotes.
const BASE: &str = "<base href=\"/\">";

/// Finishes the page.
pub fn finish(dist: &Path) -> Result<(), Failed> {
    let index = dist.join("index.html");
    let page = read(&index)?.replacen("<base href=/>", BASE, 1);
    if !page.contains(BASE) {
        return Err(format!("the page has no {BASE}").into());
    }
    let (page, styles) = without_styles(&page)?;
    let mut content = String::new();
    for file in &styles {
        content.push_str(&read(&dist.join(file))?);
    }
    let late = hashed::write(dist, "late", "css", content.as_bytes())?;
    for file in styles {
        fs::remove_file(dist.join(file))?;
    }
    let link = format!("<link rel=\"late-stylesheet\" href=\"./{late}\">");
    let page = with_chunks(&page.replacen(PLACE, &link, 1), &link::chunks_of(dist)?)?;
    Ok(fs::write(index, page)?)
}

/// Where the styles were.
const PLACE: &str = "\0styles\0";

/// The page without its style sheets, with a mark in place of the first, and the files of the sheets.
fn without_styles(page: &str) -> Result<(String, Vec<String>), Failed> {
    let mut out = String::with_capacity(page.len());
    let mut files = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find("<link") {
        let end = at + rest[at..].find('>').ok_or("a link without an end")? + 1;
        let tag = &rest[at..end];
        if attribute(tag, "rel") == Some("stylesheet") {
            out.push_str(&rest[..at]);
            if files.is_empty() {
                out.push_str(PLACE);
            }
            let href = attribute(tag, "href").ok_or("a style sheet without an address")?;
            files.push(href.trim_start_matches("./").to_owned());
        } else {
            out.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    if files.is_empty() {
        return Err("the page has no style sheet".into());
    }
    Ok((out, files))
}

/// The value of an attribute, with or without quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}="))?;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([' ', '>']).next(),
    }
}

/// The page with the files of the chunks as `FILE=CHUNK,CHUNK`, with spaces between.
fn with_chunks(page: &str, chunks: &str) -> Result<String, Failed> {
    if !page.contains(CHUNKS) {
        return Err(format!("the page has no {CHUNKS}").into());
    }
    let chunks: BTreeMap<String, Vec<String>> = serde_json::from_str(chunks)?;
    let mut of_file = BTreeMap::<&str, Vec<&str>>::new();
    for (chunk, files) in &chunks {
        for file in files {
            of_file.entry(file).or_default().push(chunk);
        }
    }
    let entries: Vec<String> = of_file
        .iter()
        .map(|(file, chunks)| format!("{file}={}", chunks.join(",")))
        .collect();
    Ok(page.replacen(CHUNKS, &entries.join(" "), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_are_taken_out() {
        let page = "<link rel=icon href=./a.svg><link href=./b-1.css rel=stylesheet><p><link rel=\"stylesheet\" href=\"./c-2.css\"/>x";
        let (page, files) = without_styles(page).expect("style sheets");
        assert_eq!(page, format!("<link rel=icon href=./a.svg>{PLACE}<p>x"));
        assert_eq!(files, ["b-1.css", "c-2.css"]);
        assert!(without_styles("<link rel=icon href=a.svg>").is_err());
    }

    #[test]
    fn page_names_the_chunks_of_each_file() {
        let chunks = r#"{"core":["./a.wasm","./b.wasm"],"room":["./a.wasm","./c.wasm"]}"#;
        let page = with_chunks("`CONFAB_CHUNKS`", chunks).expect("a page");
        assert_eq!(page, "`./a.wasm=core,room ./b.wasm=core ./c.wasm=room`");
        assert!(with_chunks("", chunks).is_err());
    }
}
