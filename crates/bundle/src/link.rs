//! Links the chunks: gives their files names with hashes, and puts the script that loads them into the glue, so that
//! there is one file less to wait for and no circle of imports.
//!
//! wasm-split-cli writes a script of its own, `__wasm_split.js`. Only what it knows is taken from it: which files
//! make up which chunk.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::{Failed, glue, hashed, read, shorten};

const LOADER: &str = include_str!("loader.js");
/// How the main module calls the function that loads a chunk.
const LOAD: &str = "__wasm_split_load_";
/// Folder beside the glue, which trunk copies to the app's files.
const FOLDER: &str = "snippets";

/// The files of each chunk, in the order in which they are loaded.
type Chunks = BTreeMap<String, Vec<String>>;

/// What is before and after the files of the chunks in the glue.
const BEFORE: &str = "const chunkFiles = ";
const AFTER: &str = ";\n";

/// The files of each chunk of a linked app, as a JSON object.
pub fn chunks_of(dist: &Path) -> Result<String, Failed> {
    for entry in fs::read_dir(dist)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let glue = read(&path)?;
            let (_, rest) = glue.split_once(BEFORE).ok_or("the glue has no chunks")?;
            let (files, _) = rest.split_once(AFTER).ok_or("the glue has no chunks")?;
            return Ok(files.to_owned());
        }
    }
    Err(format!("{} has no script", dist.display()).into())
}

/// Links chunks with the main module.
pub fn link(folder: &Path, app: &Path) -> Result<(), Failed> {
    let chunks = chunks(&read(&folder.join("__wasm_split.js"))?)?;
    let out = app.parent().unwrap_or(Path::new("")).join(FOLDER);
    fs::create_dir_all(&out)?;
    let mut names = BTreeMap::new();
    for file in chunks.values().flatten() {
        if !names.contains_key(file) {
            let content = fs::read(folder.join(format!("{file}.wasm")))?;
            names.insert(file.clone(), hashed::write(&out, file, "wasm", &content)?);
        }
    }
    let (glue_path, wasm_path) = (app.with_extension("js"), with_ending(app, "_bg.wasm"));
    let (wasm, short) = shorten::imports(&fs::read(&wasm_path)?)?;
    let loader = loader(&chunks, &names)?;
    let linked = own_imports(&read(&glue_path)?)?;
    fs::write(&wasm_path, wasm)?;
    fs::write(
        &glue_path,
        glue::compact(&(loader + &shorten::script(&linked, &short))),
    )?;
    Ok(())
}

fn with_ending(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Reads which files make up which chunk. Each file is declared as
/// `const NAME = …makeLoad(() => {…"./FILE.wasm"…}, [FILES BEFORE IT]`.
fn chunks(script: &str) -> Result<Chunks, Failed> {
    let mut chunks = Chunks::new();
    let parts: Vec<&str> = script.split("makeLoad(() => {").collect();
    for pair in parts.windows(2) {
        let read = || {
            let (_, name) = pair[0].rsplit_once("const ")?;
            let (name, _) = name.split_once(" = ")?;
            let (_, rest) = pair[1].split_once("\"./")?;
            let (file, rest) = rest.split_once(".wasm\"")?;
            let (_, rest) = rest.split_once("\n, [")?;
            let (before, _) = rest.split_once(']')?;
            let before = before.split(',').map(str::trim).filter(|name| !name.is_empty());
            let before = before.map(|name| name.trim_start_matches('_').to_owned());
            Some((name, before.chain([file.to_owned()]).collect()))
        };
        let (name, files) = read().ok_or("__wasm_split.js is not as expected")?;
        if let Some(chunk) = name.strip_prefix(LOAD) {
            chunks.insert(chunk.to_owned(), files);
        }
    }
    if chunks.is_empty() {
        return Err("__wasm_split.js names no chunk".into());
    }
    Ok(chunks)
}

/// The script that loads the chunks, with the names of their files.
fn loader(chunks: &Chunks, names: &BTreeMap<String, String>) -> Result<String, Failed> {
    let mut files = BTreeMap::new();
    let mut functions = String::new();
    for (chunk, parts) in chunks {
        let path = |part: &String| names.get(part).map(|name| format!("./{FOLDER}/{name}"));
        files.insert(chunk, parts.iter().filter_map(path).collect::<Vec<_>>());
        write!(functions, "{LOAD}{chunk}: chunkLoader({chunk:?}), ")?;
    }
    let loader = LOADER.replace("CHUNK_FILES", &serde_json::to_string(&files)?);
    Ok(format!("{loader}const chunkLoaders = {{ {functions}}};\n"))
}

/// The glue with the loaders in place of its imports of `__wasm_split.js`.
fn own_imports(script: &str) -> Result<String, Failed> {
    let mut out = String::with_capacity(script.len());
    for line in script.lines() {
        let import = line
            .strip_prefix("import * as ")
            .filter(|_| line.contains("./__wasm_split.js"));
        if let Some((name, _)) = import.and_then(|import| import.split_once(' ')) {
            writeln!(out, "const {name} = chunkLoaders;")?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    if out.contains("from \"./__wasm_split") || out.contains("from './__wasm_split") {
        return Err("the glue still imports __wasm_split.js".into());
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = r#"
function makeLoad(fetcher, deps) {}
/* core, room */
const __chunk_9 = makeLoad(() => {
    const src = fetch(new URL("./chunk_9.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
export const __wasm_split_load_room = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_room.wasm", import.meta.url));
}
, [__chunk_9, __chunk_11]));
export const __wasm_split_load_chinese = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_chinese.wasm", import.meta.url));
}
, []));
"#;

    #[test]
    fn script_tells_files_of_chunks() {
        let files = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let expected = [
            ("chinese".to_owned(), files(&["split_chinese"])),
            ("room".to_owned(), files(&["chunk_9", "chunk_11", "split_room"])),
        ];
        assert_eq!(chunks(SCRIPT).expect("chunks"), Chunks::from(expected));
    }

    #[test]
    fn unknown_script_is_refused() {
        for script in ["", "const x = 1;", "const x = makeLoad(() => {}, []);"] {
            assert!(chunks(script).is_err(), "{script:?}");
        }
    }

    #[test]
    fn glue_loads_chunks_itself() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\nlet wasm;\n";
        assert_eq!(
            own_imports(glue).expect("linked"),
            "const import1 = chunkLoaders;\nlet wasm;\n"
        );
        assert!(own_imports("import { a } from './__wasm_split.js';").is_err());
    }
}
