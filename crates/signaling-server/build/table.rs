//! The app's files, and the generated Rust source of their table.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest, Sha256};

use crate::compress;

/// A file to embed.
pub struct File {
    path: String,
    source: PathBuf,
}

/// Lists all files below a folder, sorted by path. Skips hidden ones: trunk stages its build there.
pub fn files(dist: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    collect(dist, "", &mut files)?;
    files.sort_by(|one, two| one.path.cmp(&two.path));
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let path = format!("{prefix}/{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else {
            files.push(File {
                path,
                source: fs::canonicalize(entry.path())?,
            });
        }
    }
    Ok(())
}

/// Writes the table and the policy as Rust source, and next to it the files that the source includes.
pub fn write(out: &Path, files: &[File], policy: &str) -> io::Result<()> {
    let compressed = out.join("compressed");
    fs::create_dir_all(&compressed)?;
    let mut source = String::from("static ASSETS: &[Asset] = &[\n");
    for File { path, source: file } in files {
        let plain = fs::read(file)?;
        let digest = Sha256::digest(&plain);
        let mut tag = String::new();
        for byte in digest.iter().take(12) {
            let _ = write!(tag, "{byte:02x}");
        }
        let copy = format!("{tag}.plain");
        fs::write(compressed.join(&copy), &plain)?;
        let (brotli, gzip) = if is_compressible(path) {
            (
                compress::brotli(&compressed, &tag, &plain)?,
                compress::gzip(&compressed, &tag, &plain)?,
            )
        } else {
            (None, None)
        };
        let entry = format!(
            "    Asset {{ path: {path:?}, mime: {:?}, tag: {tag:?}, immutable: {}, plain: {}, \
             brotli: {}, gzip: {} }},",
            mime(path),
            is_hashed(path),
            include(&copy),
            optional(brotli),
            optional(gzip),
        );
        let _ = writeln!(source, "{entry}");
    }
    let _ = writeln!(source, "];\nconst CONTENT_SECURITY_POLICY: &str = {policy:?};");
    fs::write(out.join("assets.rs"), source)
}

fn include(name: &str) -> String {
    format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/compressed/{name}\"))")
}

fn optional(name: Option<String>) -> String {
    name.map_or_else(|| "None".to_owned(), |name| format!("Some({})", include(&name)))
}

/// Whether trunk put a content hash into the name: 64 bits in hexadecimal, without leading zeros.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(['-', '_', '.'])
        .any(|part| (12..=16).contains(&part.len()) && part.chars().all(|c| c.is_ascii_hexdigit()))
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn is_compressible(path: &str) -> bool {
    ![
        "png", "jpg", "jpeg", "webp", "avif", "woff2", "mp3", "ogg", "opus", "webm", "mp4",
    ]
    .contains(&extension(path))
}

/// Returns the media type of a file by its extension.
fn mime(path: &str) -> &'static str {
    match extension(path) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "ogg" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "webm" => "video/webm",
        "mp4" => "video/mp4",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
