//! Many chat messages: sent at a steady pace, and read up to the last one.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use crate::patience::Check;
use crate::{Outcome, Patience, Person};

/// Time without a new message after which all have been written: ten times the pause of one who writes.
const QUIET: Duration = Duration::from_secs(2);

/// Fills the field and submits its form COUNT times, every EVERY ms; from here on the page does so by itself.
const WRITE: &str = "const field = this; let written = 0;
    const timer = setInterval(() => {
        if (!field.isConnected || written === COUNT) return clearInterval(timer);
        written += 1;
        field.value = `NAME says ${written}.`;
        field.form.requestSubmit();
    }, EVERY);
    return 0;";

/// All messages of this form that the chat log renders, in order: those near what is in view.
const RENDERED: &str = "[...document.querySelectorAll('[role=log] article')]
    .map((article) => /(\\w+ says \\d+)\\./.exec(article.innerText)?.[1]).filter(Boolean)";

/// How many messages the people have written, as far as the end of the chat shows: they count them.
const WRITTEN: &str = "Object.values(RENDERED.reduce((last, line) => {
        const [name, , number] = line.split(' ');
        return { ...last, [name]: Math.max(last[name] ?? 0, Number(number)) };
    }, {})).reduce((sum, number) => sum + number, 0)";

/// All messages of this form in the chat, in order: scrolls from the end to the beginning, and back. At the top of what is
/// rendered, earlier messages are rendered above it.
const READ: &str = "(async () => {
        const log = document.querySelector('[role=log]');
        const shown = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        let all = RENDERED;
        for (let earlier = all.length; earlier > 0 || log.scrollTop > 0; ) {
            log.scrollTop = 0;
            await shown();
            const rendered = RENDERED;
            earlier = rendered.indexOf(all[0]);
            if (earlier < 0) throw new Error(`nothing is rendered between ${rendered.at(-1)} and ${all[0]}`);
            all = [...rendered.slice(0, earlier), ...all];
        }
        log.scrollTop = log.scrollHeight;
        await shown();
        return all;
    })()";

/// The number of messages that wait for the server.
const WAITING: &str = "[...document.querySelectorAll('[role=log] article')]
    .filter((article) => article.innerText.includes('Sending…')).length";

impl Person {
    /// Waits until at least `count` of these messages are in the chat, sent or not.
    pub async fn sees_lines(&self, count: usize, patience: Patience) -> Outcome {
        let written = WRITTEN.replace("RENDERED", RENDERED);
        self.until_counted(&written, count, "messages", patience).await
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

    /// Waits until no more of these messages arrive, at least `count` are in the chat, and none waits for the server;
    /// returns all of them, in the order of the chat.
    pub async fn reads_lines(&self, count: usize, patience: Patience) -> Outcome<Vec<String>> {
        let mut end = (Value::Null, Instant::now());
        self.until(&format!("{count} messages in the chat"), patience, async || {
            let waiting = self.evaluate(WAITING).await?;
            let last = self.evaluate(&format!("{RENDERED}.at(-1)")).await?;
            if last != end.0 {
                end = (last, Instant::now());
            }
            // How many there are shows only by reading them all: who was quick is not among the last.
            if waiting != 0 || end.1.elapsed() < QUIET {
                return Ok(Check::NotYet(format!("{} last, {waiting} still sending", end.0)));
            }
            let lines = self.evaluate(&READ.replace("RENDERED", RENDERED)).await?;
            let lines: Vec<String> = lines
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|line| line.as_str().map(str::to_owned))
                .collect();
            Ok(if lines.len() >= count {
                Check::Found(lines)
            } else {
                Check::NotYet(format!("{} messages", lines.len()))
            })
        })
        .await
    }
}
