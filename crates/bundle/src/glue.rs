//! Makes wasm-bindgen's script smaller: without comments and without indentation.

/// The script without lines that are comments, without empty lines, and without indentation. A script with a
/// template literal over several lines, where they would count, is returned as it is.
pub fn compact(script: &str) -> String {
    if script.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return script.to_owned();
    }
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        let script = "/** Says\n * something. */\nfunction say() {\n    // Now.\n\n    return `a // b` + \"/* c\";\n}\n";
        assert_eq!(
            compact(script),
            "function say() {\nreturn `a // b` + \"/* c\";\n}\n"
        );
    }

    #[test]
    fn text_over_several_lines_is_kept() {
        let script = "const text = `\n  // not a comment\n`;\n";
        assert_eq!(compact(script), script);
    }
}
