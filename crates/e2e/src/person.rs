//! Somebody in front of a browser.

use std::path::PathBuf;
use std::sync::Mutex;

use fantoccini::error::CmdError;
use serde_json::json;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::evidence::Record;
use crate::patience::Look;
use crate::thing::{Name, Node, Thing};
use crate::{Arrival, Failure, Outcome, Patience};

/// Somebody in front of a browser of their own.
///
/// Dropping a person kills the browser.
#[derive(Debug)]
pub struct Person {
    arrival: Arrival,
    /// None after the browser was closed or killed.
    browser: Option<Browser>,
    /// Profile and films; removed last.
    belongings: TempDir,
    home: String,
    pub(crate) record: Mutex<Record>,
}

impl Arrival {
    /// Opens the browser, with a new and empty profile, at this address.
    pub async fn at(self, url: &str) -> Outcome<Person> {
        let belongings = TempDir::with_prefix("confab-person-")?;
        let browser = Browser::open(&self, belongings.path(), url).await?;
        let person = Person::new(self, browser, belongings, url);
        person.goes_to("").await?;
        Ok(person)
    }
}

impl Person {
    pub(crate) fn new(arrival: Arrival, browser: Browser, belongings: TempDir, home: &str) -> Self {
        let home = home.trim_end_matches('/').to_owned();
        Self {
            arrival,
            browser: Some(browser),
            belongings,
            home,
            record: Mutex::default(),
        }
    }

    /// Somebody as [`Arrival::of`] describes, at this address.
    pub async fn arrives(name: &str, url: &str) -> Outcome<Self> {
        Arrival::of(name).at(url).await
    }

    /// What they are called.
    pub fn name(&self) -> &str {
        &self.arrival.name
    }

    /// Whether people look at pictures of this person, rather than tests.
    pub(crate) fn is_portrayed(&self) -> bool {
        self.arrival.portrayed
    }

    /// Where they arrived: scheme, host and port.
    pub fn home(&self) -> &str {
        &self.home
    }

    /// Opens a path of the place where they arrived ("room/tea"), in the address bar.
    pub async fn goes_to(&self, path: &str) -> Outcome {
        let url = format!("{}/{}", self.home, path.trim_start_matches('/'));
        self.says(self.browser()?.client().goto(&url).await)
    }

    /// Reloads the page.
    pub async fn reloads(&self) -> Outcome {
        self.says(self.browser()?.client().refresh().await)
    }

    /// The address that the page has now.
    pub async fn address(&self) -> Outcome<String> {
        self.says(self.browser()?.client().current_url().await)
            .map(String::from)
    }

    /// Changes the answer to the question for camera and microphone, as in the browser's site settings.
    pub async fn allows_devices(&self) -> Outcome {
        self.browser()?.decide_devices(&self.home, "granted").await
    }

    /// Presses keys where the focus is; [`fantoccini::key::Key`] names the special ones.
    pub async fn presses(&self, keys: &str) -> Outcome {
        let focused = self.says(self.browser()?.client().active_element().await)?;
        self.says(focused.send_keys(keys).await)
    }

    /// Closes the browser as people do. The page can say goodbye.
    pub async fn closes_browser(&mut self) -> Outcome {
        self.take_record().await?;
        match self.browser.take() {
            Some(browser) => browser.close().await,
            None => Ok(()),
        }
    }

    /// The browser is gone from one moment to the next: killed, with no chance for the page to say goodbye.
    pub fn closes_browser_without_goodbye(&mut self) {
        if let Some(browser) = self.browser.take() {
            browser.kill_without_goodbye();
        }
    }

    /// Opens the browser again, with the same profile, at the same address.
    pub async fn comes_back(&mut self) -> Outcome {
        self.browser = None;
        self.browser = Some(Browser::open(&self.arrival, self.belongings.path(), &self.home).await?);
        self.goes_to("").await
    }

    /// A button.
    pub fn button(&self, name: impl Into<Name>) -> Thing<'_> {
        self.thing(&["button", "switch", "toggleButton"], name)
    }

    /// A link.
    pub fn link(&self, name: impl Into<Name>) -> Thing<'_> {
        self.thing(&["link"], name)
    }

    /// Something to type into.
    pub fn field(&self, label: impl Into<Name>) -> Thing<'_> {
        self.thing(&["textbox", "searchbox"], label)
    }

    /// A dialog.
    pub fn dialog(&self, name: impl Into<Name>) -> Thing<'_> {
        self.thing(&["dialog", "alertdialog"], name)
    }

    /// A heading.
    pub fn heading(&self, name: impl Into<Name>) -> Thing<'_> {
        self.thing(&["heading"], name)
    }

    /// A list.
    pub fn list(&self, name: impl Into<Name>) -> Thing<'_> {
        self.thing(&["list", "listbox", "log"], name)
    }

    /// An entry of a list. Most have no name: see [`Thing::within`], [`Thing::counts`] and [`Thing::texts`].
    pub fn entry(&self, name: impl Into<Name>) -> Thing<'_> {
        self.thing(&["listitem", "option"], name)
    }

    /// A list that opens, to choose from.
    pub fn choice(&self, label: impl Into<Name>) -> Thing<'_> {
        self.thing(&["combobox"], label)
    }

    /// A thing with one of these ARIA roles.
    pub fn thing(&self, roles: &'static [&'static str], name: impl Into<Name>) -> Thing<'_> {
        Thing::new(self, roles, name.into())
    }

    /// Waits until these words can be read on the page.
    pub async fn reads(&self, words: &str) -> Outcome {
        self.until(&format!("the words {words:?}"), Patience::default(), async || {
            Ok(if self.text().await?.contains(words) {
                Look::Found(())
            } else {
                Look::NotYet("not on the page".into())
            })
        })
        .await
    }

    /// Waits until these words can no longer be read on the page.
    pub async fn no_longer_reads(&self, words: &str) -> Outcome {
        self.until(
            &format!("the words {words:?} to go"),
            Patience::default(),
            async || {
                Ok(if self.text().await?.contains(words) {
                    Look::NotYet("still there".into())
                } else {
                    Look::Found(())
                })
            },
        )
        .await
    }

    /// All that can be read on the page now.
    pub async fn text(&self) -> Outcome<String> {
        Ok(self
            .evaluate("document.body?.innerText ?? ''")
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// The value of a JavaScript expression in the page; a promise is awaited.
    pub async fn evaluate(&self, expression: &str) -> Outcome<serde_json::Value> {
        let query = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let mut answer = self.browser()?.cdp("Runtime.evaluate", query).await?;
        match answer.get("exceptionDetails") {
            Some(details) => Err(self.unexpected(format!("{expression} threw {details}"))),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    /// Waits until a JavaScript expression in the page has this value, a string.
    pub async fn finds(&self, expression: &str, wanted: &str) -> Outcome {
        self.finds_within(Patience::default(), expression, wanted).await
    }

    /// The same, up to another limit.
    pub async fn finds_within(&self, patience: Patience, expression: &str, wanted: &str) -> Outcome {
        self.until(&format!("{expression} to be {wanted:?}"), patience, async || {
            let value = self.evaluate(expression).await?;
            Ok(if value == wanted {
                Look::Found(())
            } else {
                Look::NotYet(value.to_string())
            })
        })
        .await
    }

    /// Waits until a look of the journey's own gives something; what it sees instead is told on failure.
    pub async fn until_it_holds<T>(
        &self,
        wish: &str,
        patience: Patience,
        mut look: impl AsyncFnMut() -> Outcome<Result<T, String>>,
    ) -> Outcome<T> {
        self.until(wish, patience, async || {
            Ok(match look().await? {
                Ok(found) => Look::Found(found),
                Err(seen) => Look::NotYet(seen),
            })
        })
        .await
    }

    /// Waits until a look finds something; on failure, says what was on the page and keeps a picture of it.
    pub(crate) async fn until<T>(
        &self,
        wish: &str,
        patience: Patience,
        look: impl AsyncFnMut() -> Outcome<Look<T>>,
    ) -> Outcome<T> {
        match patience.until(look).await? {
            Ok(found) => Ok(found),
            Err(seen) => Err(Failure::InVain {
                who: self.name().to_owned(),
                wish: wish.to_owned(),
                seconds: patience.limit().as_secs(),
                seen,
                page: self.description().await.into(),
            }),
        }
    }

    pub(crate) fn browser(&self) -> Outcome<&Browser> {
        self.browser
            .as_ref()
            .ok_or_else(|| self.unexpected("has no browser open".to_owned()))
    }

    pub(crate) fn says<T>(&self, answer: Result<T, CmdError>) -> Outcome<T> {
        self.browser()?.says(answer)
    }

    pub(crate) fn unexpected(&self, what: String) -> Failure {
        Failure::Unexpected {
            who: self.name().to_owned(),
            what,
        }
    }

    /// The page's document, as CDP names it.
    pub(crate) async fn document(&self) -> Outcome<serde_json::Value> {
        let query = json!({ "expression": "document", "objectGroup": "thing" });
        Ok(self.browser()?.cdp("Runtime.evaluate", query).await?["result"]["objectId"].take())
    }

    /// What is on the page, for people who read a failure. Whatever cannot be had is left out.
    async fn description(&self) -> String {
        let address = self.address().await.unwrap_or_else(|failure| failure.to_string());
        let text = self.text().await.unwrap_or_else(|failure| failure.to_string());
        let outline = self.outline().await.unwrap_or_else(|failure| failure.to_string());
        let console = self.console().await.unwrap_or_default().join("\n    ");
        let messages = self.last_messages(12).await.unwrap_or_default().join("\n    ");
        let picture = self.screenshot(&format!("failure-{}", self.name())).await;
        let picture = picture.map_or_else(
            |failure| failure.to_string(),
            |path: PathBuf| path.display().to_string(),
        );
        format!(
            "  address: {address}\n  things:\n{outline}\n  text:\n    {}\n  console:\n    {console}\n  messages:\n    {messages}\n  picture: {picture}",
            text.replace('\n', "\n    ")
        )
    }

    /// The named things of the page, a line each.
    async fn outline(&self) -> Outcome<String> {
        let query = json!({ "objectId": self.document().await? });
        let answer = self.browser()?.cdp("Accessibility.queryAXTree", query).await?;
        let nodes = answer["nodes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Node::read);
        let named = nodes
            .filter(|node| !node.name.is_empty() && !["StaticText", "InlineTextBox"].contains(&&*node.role));
        let lines: Vec<String> = named
            .map(|node| {
                let disabled = if node.disabled { " (disabled)" } else { "" };
                format!("    {} {:?}{disabled}", node.role, node.name)
            })
            .collect();
        Ok(lines.join("\n"))
    }
}
