//! Many chat messages: sent at a steady pace, and read up to the last one.

use std::time::Duration;

use crate::patience::Check;
use crate::{Outcome, Patience, Person};

/// Fills the field and submits its form COUNT times, every EVERY ms; from here on the page does so by itself.
const WRITE: &str = "const field = this; let written = 0;
    const timer = setInterval(() => {
        if (!field.isConnected || written === COUNT) return clearInterval(timer);
        written += 1;
        field.value = `NAME says ${written}.`;
        field.form.requestSubmit();
    }, EVERY);
    return 0;";

/// All messages of this form in the chat log, in order.
const READ: &str = "[...document.querySelectorAll('[role=log] article')]
    .map((article) => /(\\w+ says \\d+)\\./.exec(article.innerText)?.[1]).filter(Boolean)";

/// The number of messages that wait for the server.
const WAITING: &str = "[...document.querySelectorAll('[role=log] article')]
    .filter((article) => article.innerText.includes('Sending…')).length";

impl Person {
    /// Waits until at least `count` of these messages are in the chat, sent or not.
    pub async fn sees_lines(&self, count: usize, patience: Patience) -> Outcome {
        self.until_counted(&format!("({READ}).length"), count, "messages", patience)
            .await
    }

    /// Waits until at least `count` messages wait for the server.
    pub async fn has_unsent_lines(&self, count: usize, patience: Patience) -> Outcome {
        self.until_counted(WAITING, count, "unsent messages", patience)
            .await
    }

    async fn until_counted(&self, script: &str, count: usize, what: &str, patience: Patience) -> Outcome {
        self.until(&format!("{count} {what}"), patience, async || {
            let seen = self.evaluate(script).await?.as_u64().unwrap_or_default();
            Ok(if usize::try_from(seen).is_ok_and(|seen| seen >= count) {
                Check::Found(())
            } else {
                Check::NotYet(format!("{seen} {what}"))
            })
        })
        .await
    }

    /// Starts sending `count` messages ("Ann says 1.", "Ann says 2."), one after each pause.
    pub async fn begins_to_write(&self, count: usize, pause: Duration) -> Outcome {
        let script = WRITE
            .replace("COUNT", &count.to_string())
            .replace("EVERY", &pause.as_millis().to_string())
            .replace("NAME", self.name());
        self.field("Message")
            .until("be shown", async || {
                Ok(self.field("Message").ask(&script).await?.map(drop))
            })
            .await
    }

    /// Waits until at least `count` of these messages are in the chat and none waits for the server; returns
    /// all of them, in the order of the chat.
    pub async fn reads_lines(&self, count: usize, patience: Patience) -> Outcome<Vec<String>> {
        self.until(&format!("{count} messages in the chat"), patience, async || {
            let waiting = self.evaluate(WAITING).await?;
            let lines = self.evaluate(READ).await?;
            let lines: Vec<String> = lines
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|line| line.as_str().map(str::to_owned))
                .collect();
            Ok(if waiting == 0 && lines.len() >= count {
                Check::Found(lines)
            } else {
                Check::NotYet(format!("{} messages, {waiting} still sending", lines.len()))
            })
        })
        .await
    }
}
