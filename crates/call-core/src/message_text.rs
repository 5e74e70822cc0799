//! The text of a chat message, as it is shown: whether it is folded.

/// The number of columns that a row of the chat is assumed to have: the panel of 18 to 22 rem holds 36 to 44 Latin
/// letters of average width.
const COLUMNS: usize = 40;

/// Messages with more rows than this are folded: about one screen of a phone (a judgement).
const MOST_ROWS: usize = 20;

/// Whether a message is so high that only its beginning is shown at first. It is estimated, so that no message is laid
/// out for it: lines are broken after [`COLUMNS`], of which wide characters take two.
pub fn is_folded(text: &str) -> bool {
    let rows = |line: &str| line.chars().map(columns).sum::<usize>().div_ceil(COLUMNS).max(1);
    let mut left = MOST_ROWS;
    text.split('\n').any(|line| {
        let rows = rows(line);
        let fits = rows <= left;
        left = left.saturating_sub(rows);
        !fits
    })
}

/// From the CJK radicals (U+2E80) on, most characters are as wide as they are high (UAX 11).
fn columns(c: char) -> usize {
    if c < '\u{2E80}' { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_are_folded() {
        assert!(!is_folded(&"a\n".repeat(19)));
        assert!(is_folded(&"\n".repeat(4_000)));
        assert!(!is_folded(&"a".repeat(COLUMNS * MOST_ROWS)));
        assert!(is_folded(&"a".repeat(COLUMNS * MOST_ROWS + 1)));
        assert!(is_folded(&"字".repeat(COLUMNS * MOST_ROWS / 2 + 1)));
    }
}
