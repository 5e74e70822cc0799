//! `docs/settings.md`, out of the tables.

use std::fmt::Write;
use std::ops::RangeInclusive;

use super::Settings;
use super::table::{NONE, Row};

const BEGINNING: &str = "\
# Settings

Every setting is a key in a TOML file named by `--config` (or `CONFAB_CONFIG`), in the section under which it stands here. Those that
most operators change are flags and environment variables as well: a flag wins over the environment, and that over the file. Lists
are arrays in the file, and have commas on the command line and in the environment. `confab settings` prints this page.
";

/// What is said of a section before its settings.
fn introduction(section: &str) -> &'static str {
    match section {
        "accounts" => {
            "\
Passwords that were hashed with other parameters stay good; a new password is hashed with those of now."
        }
        "limits" => {
            "\
How much of the server one client may use. What is beyond a limit is refused by its code ([PROTOCOL.md](../PROTOCOL.md#limits)). Lower
ones may refuse what Confab's own app does; the other limits are what both ends agree on, and no settings."
        }
        "rooms" => {
            "\
How much there may be of a room. What every page has to know is no setting: a conference has 8 members, since each sends its pictures
to all the others; a line of chat has 4,000 characters, where the box for it ends; names, passwords of rooms and what rings have the
bounds of [PROTOCOL.md](../PROTOCOL.md#limits). Chat is told in pages of 50 lines; what is older than the newest lines of
`history-lines` is forgotten, some lines later.

Everyone in a room is told of all who come, go or lose their connection, so that the messages of a crowd that comes at once grow with
its square (`make load` measures a thousand). In rooms of hundreds raise `queued-messages` to twice as many people as a room holds: a
page that does not read that fast is cut off as `too-slow` otherwise."
        }
        _ => "",
    }
}

/// The page.
pub fn documentation() -> String {
    let mut page = BEGINNING.to_owned();
    let mut section = None;
    for row in Settings::rows() {
        if section != Some(row.section) {
            section = Some(row.section);
            begin(&mut page, row.section);
        }
        // Writing into a text cannot fail.
        let _ = writeln!(page, "{}", line(&row));
    }
    page
}

fn begin(page: &mut String, section: &str) {
    let heading = match section {
        "" => "Top of the file".to_owned(),
        section => format!("`[{section}]`"),
    };
    let _ = writeln!(page, "\n## {heading}");
    let introduction = introduction(section);
    if !introduction.is_empty() {
        let _ = writeln!(page, "\n{introduction}");
    }
    let _ = writeln!(
        page,
        "\n| Key | Flag, variable | Default (range) | What it is |\n|---|---|---|---|"
    );
}

fn line(row: &Row) -> String {
    let flag = match row.flag {
        Some(_) => format!("`--{}` `{}`", row.also.unwrap_or(&row.key), row.variable()),
        None => String::new(),
    };
    let within = row.within.as_ref().map(range);
    let within = within.map_or(String::new(), |within| format!(" ({within})"));
    let default = match row.default.as_str() {
        default if default == NONE || default.contains(' ') => default.to_owned(),
        default => format!("`{default}`"),
    };
    format!(
        "| `{}` | {flag} | {default}{within} | {} |",
        row.key,
        row.in_full()
    )
}

fn range(within: &RangeInclusive<u32>) -> String {
    if *within.end() == u32::MAX {
        format!("{} or more", within.start())
    } else {
        format!("{} to {}", within.start(), within.end())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_in_docs_is_this_one() {
        let kept = include_str!("../../../../docs/settings.md");
        assert!(
            kept == super::documentation(),
            "write it anew: cargo run -p signaling-server -- settings > docs/settings.md"
        );
    }
}
