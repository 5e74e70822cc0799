//! Files with a hash of their content in the name, which may be cached for ever.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::Failed;

/// Writes a file as `{stem}-{hash}.{extension}`, and returns its name.
pub fn write(folder: &Path, stem: &str, extension: &str, content: &[u8]) -> Result<String, Failed> {
    let mut hash = String::new();
    // 64 bits, as trunk takes.
    for byte in Sha256::digest(content).iter().take(8) {
        write!(hash, "{byte:02x}")?;
    }
    let name = format!("{stem}-{hash}.{extension}");
    fs::write(folder.join(&name), content)?;
    Ok(name)
}
