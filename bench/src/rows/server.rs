//! What Confab's server carries, as `make load` measures it.

use std::path::Path;

use tokio::process::Command;

use crate::contender::Contender;
use crate::error::BenchError;
use crate::figure::{Figure, figure};

pub async fn measure(
    contender: &Contender,
    load: &Path,
    figures: &mut Vec<Figure>,
) -> Result<(), BenchError> {
    let Some(program) = &contender.program else {
        return Ok(());
    };
    let mut command = Command::new(load);
    command.arg(program).kill_on_drop(true);
    let output = command.output().await.map_err(|error| {
        std::io::Error::new(
            error.kind(),
            format!("{}: {error}; run make bench", load.display()),
        )
    })?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return Err(BenchError::Answer(format!("{}: {reason}", output.status)));
    }
    figures.extend(text.lines().filter_map(row));
    Ok(())
}

/// Reads a row of the table that `load` prints: `| name | number unit |`. Others, such as the heading and rows of
/// several numbers, are left out.
fn row(line: &str) -> Option<Figure> {
    let (name, value) = line
        .trim()
        .strip_prefix('|')?
        .strip_suffix('|')?
        .split_once('|')?;
    let value = value.trim();
    let (number, unit) = value.split_once(' ').unwrap_or((value, ""));
    let unit = (!unit.contains(|letter: char| letter.is_ascii_digit())).then_some(unit)?;
    Some(figure(
        name.trim().to_owned(),
        unit.to_owned(),
        number.parse().ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbers_with_a_unit() {
        let read = row("| memory per socket | 14336 bytes |");
        assert_eq!(read, Some(figure("memory per socket", "bytes", 14336.0)));
        assert_eq!(
            row("| signals per second | 5000 |"),
            Some(figure("signals per second", "", 5000.0))
        );
        for other in [
            "| measurement | value |",
            "|---|---|",
            "| memory | 100 and 200 KiB |",
            "",
        ] {
            assert_eq!(row(other), None);
        }
    }
}
