//! What moderators see and do, and what everybody may do about others: who waits, the menu of a person, the room's rules.

mod access;
mod blocked;
mod dialog;
mod newcomers;
mod person;
mod rules;

pub use dialog::Modal;
pub use newcomers::Newcomers;
pub use person::PersonDialog;
pub use rules::RulesDialog;
