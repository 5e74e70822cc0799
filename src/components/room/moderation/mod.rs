//! Moderation, and actions on other people: newcomers, the menu of a person, the room's settings.

mod access;
mod blocked;
mod newcomers;
mod person;
mod rules;

pub use newcomers::Newcomers;
pub use person::PersonDialog;
pub use rules::RulesDialog;
