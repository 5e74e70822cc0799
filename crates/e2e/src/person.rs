//! A person with a browser.

use std::path::PathBuf;
use std::sync::Mutex;

use fantoccini::error::CmdError;
use serde_json::json;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::evidence::Record;
use crate::patience::Check;
use crate::ui_element::{Name, Node, UiElement};
use crate::{Arrival, Failure, Outcome, Patience};

/// A person with a browser of their own.
///
/// Dropping it kills the browser.
#[derive(Debug)]
pub struct Person {
    arrival: Arrival,
    /// None after the browser was closed or killed.
    browser: Option<Browser>,
    /// Folder of profile and media files; removed after the browser has ended.
    belongings: TempDir,
    home: String,
    pub(crate) record: Mutex<Record>,
}

impl Arrival {
    /// Opens the browser, with a new, empty profile, at this URL.
    pub async fn at(self, url: &str) -> Outcome<Person> {
        let person = self.before(url).await?;
        person.goes_to("").await?;
        Ok(person)
    }

    /// Opens the browser, with a new, empty profile and an empty page, for pages of this origin.
    pub async fn before(self, url: &str) -> Outcome<Person> {
        let belongings = TempDir::with_prefix("confab-person-")?;
        let browser = Browser::open(&self, belongings.path(), url).await?;
        Ok(Person::new(self, browser, belongings, url))
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

    /// Opens a browser with the defaults of [`Arrival::of`] at this URL.
    pub async fn arrives(name: &str, url: &str) -> Outcome<Self> {
        Arrival::of(name).at(url).await
    }

    /// The person's name.
    pub fn name(&self) -> &str {
        &self.arrival.name
    }

    /// Origin of the page: scheme, host and port.
    pub fn home(&self) -> &str {
        &self.home
    }

    /// Opens a path of that origin ("room/tea") in the address bar.
    pub async fn goes_to(&self, path: &str) -> Outcome {
        let url = format!("{}/{}", self.home, path.trim_start_matches('/'));
        self.says(self.browser()?.client().goto(&url).await)
    }

    /// Reloads the page.
    pub async fn reloads(&self) -> Outcome {
        self.says(self.browser()?.client().refresh().await)
    }

    /// Returns the current URL.
    pub async fn address(&self) -> Outcome<String> {
        self.says(self.browser()?.client().current_url().await)
            .map(String::from)
    }

    /// Name and version of the browser.
    pub async fn browser_version(&self) -> Outcome<String> {
        let version = self.browser()?.cdp("Browser.getVersion", json!({})).await?;
        Ok(version["product"].as_str().unwrap_or_default().to_owned())
    }

    /// Grants camera and microphone, as in the browser's site settings.
    pub async fn allows_devices(&self) -> Outcome {
        self.browser()?.decide_devices(&self.home, "granted").await
    }

    /// Presses keys at the focused element; [`fantoccini::key::Key`] names the special ones.
    pub async fn presses(&self, keys: &str) -> Outcome {
        let focused = self.says(self.browser()?.client().active_element().await)?;
        self.says(focused.send_keys(keys).await)
    }

    /// Closes the browser as a user does, so that the page can say goodbye.
    pub async fn closes_browser(&mut self) -> Outcome {
        self.take_record().await?;
        match self.browser.take() {
            Some(browser) => browser.close().await,
            None => Ok(()),
        }
    }

    /// Kills the browser, so that the page cannot say goodbye.
    pub fn closes_browser_without_goodbye(&mut self) {
        if let Some(browser) = self.browser.take() {
            browser.kill_without_goodbye();
        }
    }

    /// Opens the browser again, with the same profile, at the same URL.
    pub async fn comes_back(&mut self) -> Outcome {
        self.browser = None;
        self.browser = Some(Browser::open(&self.arrival, self.belongings.path(), &self.home).await?);
        self.goes_to("").await
    }

    /// A button with this name.
    pub fn button(&self, name: impl Into<Name>) -> UiElement<'_> {
        self.element(&["button", "switch", "toggleButton"], name)
    }

    /// A link with this name.
    pub fn link(&self, name: impl Into<Name>) -> UiElement<'_> {
        self.element(&["link"], name)
    }

    /// A text field with this label.
    pub fn field(&self, label: impl Into<Name>) -> UiElement<'_> {
        self.element(&["textbox", "searchbox"], label)
    }

    /// A dialog with this name.
    pub fn dialog(&self, name: impl Into<Name>) -> UiElement<'_> {
        self.element(&["dialog", "alertdialog"], name)
    }

    /// A heading with this name.
    pub fn heading(&self, name: impl Into<Name>) -> UiElement<'_> {
        self.element(&["heading"], name)
    }

    /// A list or log with this name.
    pub fn list(&self, name: impl Into<Name>) -> UiElement<'_> {
        self.element(&["list", "listbox", "log"], name)
    }

    /// An entry of a list. Most have no name: see [`UiElement::within`], [`UiElement::counts`] and [`UiElement::texts`].
    pub fn entry(&self, name: impl Into<Name>) -> UiElement<'_> {
        self.element(&["listitem", "option"], name)
    }

    /// A drop-down list with this label.
    pub fn choice(&self, label: impl Into<Name>) -> UiElement<'_> {
        self.element(&["combobox"], label)
    }

    /// An element with one of these ARIA roles and this name.
    pub fn element(&self, roles: &'static [&'static str], name: impl Into<Name>) -> UiElement<'_> {
        UiElement::new(self, roles, name.into())
    }

    /// Waits until the page shows this text.
    pub async fn reads(&self, words: &str) -> Outcome {
        self.until(&format!("the text {words:?}"), Patience::default(), async || {
            Ok(if self.text().await?.contains(words) {
                Check::Found(())
            } else {
                Check::NotYet("not on the page".into())
            })
        })
        .await
    }

    /// Waits until the page no longer shows this text.
    pub async fn no_longer_reads(&self, words: &str) -> Outcome {
        self.until(
            &format!("the text {words:?} to disappear"),
            Patience::default(),
            async || {
                Ok(if self.text().await?.contains(words) {
                    Check::NotYet("still there".into())
                } else {
                    Check::Found(())
                })
            },
        )
        .await
    }

    /// Returns all text that the page shows.
    pub async fn text(&self) -> Outcome<String> {
        Ok(self
            .evaluate("document.body?.innerText ?? ''")
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// Evaluates a JavaScript expression in the page; a promise is awaited, an exception is a failure.
    pub async fn evaluate(&self, expression: &str) -> Outcome<serde_json::Value> {
        let value = self.tries_to_evaluate(expression).await?;
        value.map_err(|thrown| self.unexpected(format!("{expression} {thrown}")))
    }

    /// Like [`Self::evaluate`]; returns what the expression threw apart from other failures.
    async fn tries_to_evaluate(&self, expression: &str) -> Outcome<Result<serde_json::Value, String>> {
        let query = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let mut answer = self.browser()?.cdp("Runtime.evaluate", query).await?;
        Ok(match answer.get("exceptionDetails") {
            Some(details) => Err(format!("threw {details}")),
            None => Ok(answer["result"]["value"].take()),
        })
    }

    /// Waits until a JavaScript expression has this string value. It may throw until then: a page that is being loaded
    /// has no body yet.
    pub async fn finds(&self, expression: &str, wanted: &str) -> Outcome {
        self.finds_within(Patience::default(), expression, wanted).await
    }

    /// Like [`Self::finds`], with another limit.
    pub async fn finds_within(&self, patience: Patience, expression: &str, wanted: &str) -> Outcome {
        self.until(&format!("{expression} to be {wanted:?}"), patience, async || {
            Ok(match self.tries_to_evaluate(expression).await? {
                Ok(value) if value == wanted => Check::Found(()),
                Ok(value) => Check::NotYet(value.to_string()),
                Err(thrown) => Check::NotYet(thrown),
            })
        })
        .await
    }

    /// Waits until the journey's own check succeeds; its last error is part of the failure.
    pub async fn until_it_holds<T>(
        &self,
        wish: &str,
        patience: Patience,
        mut look: impl AsyncFnMut() -> Outcome<Result<T, String>>,
    ) -> Outcome<T> {
        self.until(wish, patience, async || {
            Ok(match look().await? {
                Ok(found) => Check::Found(found),
                Err(seen) => Check::NotYet(seen),
            })
        })
        .await
    }

    /// Waits until a check succeeds. A failure describes the page and keeps a screenshot.
    pub(crate) async fn until<T>(
        &self,
        wish: &str,
        patience: Patience,
        look: impl AsyncFnMut() -> Outcome<Check<T>>,
    ) -> Outcome<T> {
        match patience.until(look).await? {
            Ok(found) => Ok(found),
            Err(seen) => Err(Failure::TimedOut {
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

    /// The CDP object id of the page's document.
    pub(crate) async fn document(&self) -> Outcome<serde_json::Value> {
        let query = json!({ "expression": "document", "objectGroup": "thing" });
        Ok(self.browser()?.cdp("Runtime.evaluate", query).await?["result"]["objectId"].take())
    }

    /// Describes the page for a failure. A part that cannot be read shows its own failure or is empty.
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
            "  address: {address}\n  elements:\n{outline}\n  text:\n    {}\n  console:\n    {console}\n  messages:\n    {messages}\n  screenshot: {picture}",
            text.replace('\n', "\n    ")
        )
    }

    /// The named elements of the page, one per line.
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
