//! A person at a contender's page, who uses it through the contender's script.

use e2e::{Arrival, Person};
use futures_util::future::try_join_all;
use serde_json::{Value, json};

use crate::contender::Running;
use crate::error::BenchError;

/// What runs before a page's own scripts.
const PAGE: &str = include_str!("page.js");

/// As many names as there are cameras in `e2e`.
const NAMES: [&str; 8] = ["Ann", "Bea", "Cem", "Dee", "Eve", "Fay", "Gus", "Hal"];

/// Small, so that eight browsers can be drawn by two cores.
const WINDOW: (u32, u32) = (900, 640);

/// A person at a contender's page.
pub struct Visitor {
    pub person: Person,
}

impl Visitor {
    /// Opens a browser with an empty page.
    pub async fn new(running: &Running<'_>, name: &str) -> Result<Self, BenchError> {
        Self::with(Arrival::of(name), running).await
    }

    /// Opens a browser with these settings and an empty page.
    pub async fn with(arrival: Arrival, running: &Running<'_>) -> Result<Self, BenchError> {
        let (width, height) = WINDOW;
        let arrival = arrival
            .window(width, height)
            .injects(PAGE)
            .injects(&running.contender.script);
        Ok(Self {
            person: arrival.before(&running.origin()).await?,
        })
    }

    /// Opens the contender's page; returns the milliseconds until its form works.
    pub async fn arrives(&self, running: &Running<'_>) -> Result<f64, BenchError> {
        self.person.goes_to(&running.contender.path).await?;
        // With a slow network, the empty page may still be there.
        self.person.finds("location.protocol", "http:").await?;
        let works = self.number("bench.mark('formWorks')").await?;
        Ok(works - self.number("bench.started()").await?)
    }

    /// Fills in the form, until the person is in the room.
    pub async fn enters(&self) -> Result<(), BenchError> {
        self.does("enter", &[self.name()]).await
    }

    /// Opens browsers for some people, lets them enter the room, and waits until all see all of them.
    pub async fn all(running: &Running<'_>, people: usize) -> Result<Vec<Self>, BenchError> {
        let names = NAMES
            .get(..people)
            .ok_or_else(|| BenchError::Answer(format!("{people} people are more than {}", NAMES.len())))?;
        let visitors = try_join_all(names.iter().map(|name| Self::new(running, name))).await?;
        try_join_all(visitors.iter().map(|visitor| visitor.arrives(running))).await?;
        try_join_all(visitors.iter().map(Self::enters)).await?;
        let company = format!("bench.company({people})");
        try_join_all(visitors.iter().map(|visitor| visitor.value(&company))).await?;
        Ok(visitors)
    }

    /// The person's name.
    pub fn name(&self) -> &str {
        self.person.name()
    }

    /// Does a step of the contender's script.
    pub async fn does(&self, step: &str, arguments: &[&str]) -> Result<(), BenchError> {
        let arguments = json!(arguments);
        self.value(&format!("bench.does({step:?}, ...{arguments})"))
            .await
            .map(drop)
    }

    /// Waits until a check of the contender's script succeeds; returns when, in milliseconds since the epoch.
    pub async fn waits(&self, check: &str, argument: &str) -> Result<f64, BenchError> {
        self.number(&format!("bench.waits({check:?}, {argument:?})"))
            .await
    }

    /// Waits until exactly this many remote videos show frames; returns when the last of them did first.
    pub async fn pictures(&self, wanted: usize) -> Result<f64, BenchError> {
        self.number(&format!("bench.pictures({wanted})")).await
    }

    /// Evaluates an expression that is a number.
    pub async fn number(&self, expression: &str) -> Result<f64, BenchError> {
        let value = self.value(expression).await?;
        value
            .as_f64()
            .ok_or_else(|| BenchError::Answer(format!("{expression} is {value}")))
    }

    /// Evaluates an expression in the page.
    pub async fn value(&self, expression: &str) -> Result<Value, BenchError> {
        let caught = format!(
            "(async () => {{
                try {{ return {{ value: await {expression} }} }} catch ({{ message }}) {{ return {{ message }} }}
            }})()"
        );
        let mut answer = self.person.evaluate(&caught).await?;
        match answer["message"].as_str() {
            Some(message) => Err(BenchError::Page {
                who: self.name().to_owned(),
                message: message.to_owned(),
            }),
            None => Ok(answer["value"].take()),
        }
    }
}
