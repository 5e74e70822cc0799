//! Generates `docs/settings.md` from the tables.

use std::fmt::Write;
use std::ops::RangeInclusive;

use super::Settings;
use super::table::{NONE, Row};

const BEGINNING: &str = "\
# Settings

Every setting is a key in a TOML file named by `--config` (or `CONFAB_CONFIG`), in the section shown here. Settings
that operators change most are flags and environment variables as well: flags override the environment, which
overrides the file. Lists are arrays in the file, and comma-separated in flags and the environment. `confab settings`
prints this page.
";

/// Returns the text before the settings of a section.
fn introduction(section: &str) -> &'static str {
    match section {
        "accounts" => {
            "\
Passwords that were hashed with other parameters stay valid; new passwords are hashed with the current ones."
        }
        "limits" => {
            "\
How much of the server one client may use. What exceeds a limit is refused with its code
([PROTOCOL.md](../PROTOCOL.md#limits)). Lower limits may refuse what Confab's own app does. Limits that client and
server have to agree on are not settings."
        }
        "rooms" => {
            "\
How large rooms may be. Limits that every page has to know are not settings: a group call has 8 members, since each
sends its video to all the others; a chat message has 4,000 characters, where its input box ends; for names, room
passwords and ringing invitations, see [PROTOCOL.md](../PROTOCOL.md#limits). Chat history is sent in pages of 50
messages; messages beyond the newest `history-lines` are deleted, some messages later.

Everyone in a room is notified of all who join, leave or lose their connection, so the messages of a crowd that joins
at once grow with its square (`make load` measures a thousand). For rooms of hundreds, raise `queued-messages` to twice
the number of people in a room: otherwise a page that does not read that fast is disconnected as `too-slow`."
        }
        _ => "",
    }
}

/// Returns the page.
pub fn documentation() -> String {
    let mut page = BEGINNING.to_owned();
    let mut section = None;
    for row in Settings::rows() {
        if section != Some(row.section) {
            section = Some(row.section);
            begin(&mut page, row.section);
        }
        // Writing into a string cannot fail.
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
        "\n| Key | Flag, variable | Default (range) | Description |\n|---|---|---|---|"
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
    fn docs_page_is_up_to_date() {
        let kept = include_str!("../../../../docs/settings.md");
        assert!(
            kept == super::documentation(),
            "regenerate it: cargo run -p signaling-server -- settings > docs/settings.md"
        );
    }
}
