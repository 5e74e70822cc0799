//! The size of a file, and what a browser loads of it.

use std::fs;
use std::io::Write;
use std::ops::AddAssign;
use std::path::Path;

use crate::Failed;

/// Sizes in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// On disk.
    pub plain: usize,
    /// Compressed as the server compresses (brotli, quality 11, a window of 4 MiB).
    pub brotli: usize,
}

impl Weight {
    /// Weighs a file.
    pub fn of(file: &Path) -> Result<Self, Failed> {
        let content = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let mut compressed = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, 11, 22);
        compressed.write_all(&content)?;
        Ok(Self {
            plain: content.len(),
            brotli: compressed.into_inner().len(),
        })
    }
}

impl AddAssign for Weight {
    fn add_assign(&mut self, other: Self) {
        self.plain += other.plain;
        self.brotli += other.brotli;
    }
}
