//! Compresses the app's files at build time, for size rather than speed. Results are cached by content hash.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// A compressed form is used only if it saves at least a twentieth: less is not worth the decompression.
const WORTH: (usize, usize) = (19, 20);
/// From this size on, in bytes (a debug build of the app), brotli at quality 11 would take minutes: 4 is used.
const LARGE: usize = 4 * 1024 * 1024;

/// Writes the brotli form of a file. Returns its name, or `None` if it saves too little.
pub fn brotli(folder: &Path, tag: &str, plain: &[u8]) -> io::Result<Option<String>> {
    cached(folder, format!("{tag}.br"), plain, |output| {
        let quality = if plain.len() < LARGE { 11 } else { 4 };
        let mut writer = brotli::CompressorWriter::new(output, 64 * 1024, quality, 22);
        writer.write_all(plain)
    })
}

/// Writes the gzip form of a file. Returns its name, or `None` if it saves too little.
pub fn gzip(folder: &Path, tag: &str, plain: &[u8]) -> io::Result<Option<String>> {
    cached(folder, format!("{tag}.gz"), plain, |output| {
        let mut writer = flate2::write::GzEncoder::new(output, flate2::Compression::best());
        writer.write_all(plain)?;
        writer.finish().map(|_| ())
    })
}

fn cached(
    folder: &Path,
    name: String,
    plain: &[u8],
    compress: impl FnOnce(&mut Vec<u8>) -> io::Result<()>,
) -> io::Result<Option<String>> {
    let file = folder.join(&name);
    if !file.exists() {
        let mut output = Vec::new();
        compress(&mut output)?;
        // Renamed into place, so that an interrupted build leaves no truncated file.
        let part = file.with_extension("part");
        fs::write(&part, output)?;
        fs::rename(part, &file)?;
    }
    let length = usize::try_from(fs::metadata(file)?.len()).unwrap_or(usize::MAX);
    Ok((length < plain.len() * WORTH.0 / WORTH.1).then_some(name))
}
