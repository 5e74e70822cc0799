//! Many lines in the chat: written at a pace, and read to the last one.

use std::time::Duration;

use crate::patience::Look;
use crate::{Outcome, Patience, Person};

/// Writes lines into the field and sends each, as Enter does; the page does it by itself from here on.
const WRITE: &str = "const field = this; let written = 0;
    const timer = setInterval(() => {
        if (!field.isConnected || written === COUNT) return clearInterval(timer);
        written += 1;
        field.value = `NAME says ${written}.`;
        field.form.requestSubmit();
    }, EVERY);
    return 0;";

/// All such lines of the log, in its order.
const READ: &str = "[...document.querySelectorAll('[role=log] article')]
    .map((article) => /(\\w+ says \\d+)\\./.exec(article.innerText)?.[1]).filter(Boolean)";

/// Lines that wait for the server.
const WAITING: &str = "[...document.querySelectorAll('[role=log] article')]
    .filter((article) => article.innerText.includes('Sending…')).length";

impl Person {
    /// Begins to write so many lines ("Ann says 1.", "Ann says 2."), one each time that the pause is over.
    pub async fn begins_to_write(&self, count: usize, pause: Duration) -> Outcome {
        let script = WRITE
            .replace("COUNT", &count.to_string())
            .replace("EVERY", &pause.as_millis().to_string())
            .replace("NAME", self.name());
        self.field("Message")
            .until("be there to write in", async || {
                Ok(self.field("Message").ask(&script).await?.map(drop))
            })
            .await
    }

    /// Waits until so many lines that people began to write are in the chat and none waits for the server; gives all of
    /// them, in the order of the chat.
    pub async fn reads_lines(&self, count: usize, patience: Patience) -> Outcome<Vec<String>> {
        self.until(&format!("{count} lines in the chat"), patience, async || {
            let waiting = self.evaluate(WAITING).await?;
            let lines = self.evaluate(READ).await?;
            let lines: Vec<String> = lines
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|line| line.as_str().map(str::to_owned))
                .collect();
            Ok(if waiting == 0 && lines.len() >= count {
                Look::Found(lines)
            } else {
                Look::NotYet(format!("{} lines, {waiting} on their way", lines.len()))
            })
        })
        .await
    }
}
