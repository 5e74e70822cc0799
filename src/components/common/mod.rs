//! Small parts that several components share.

mod arrival;
mod avatar;
mod boundary;
mod follow;
mod guest;
mod head;
mod icon;
mod language_switch;
mod modal;
mod popover;
mod theme_switch;
mod time;

pub use arrival::follow_focus;
pub use avatar::avatar;
pub use boundary::Boundary;
pub use follow::follow;
pub use guest::GuestMark;
pub use head::{follow_head, follow_title};
pub use icon::Icon;
pub use language_switch::LanguageSwitch;
pub use modal::Modal;
pub use popover::Popover;
pub use theme_switch::ThemeSwitch;
pub use time::{clock_time, day_name, full_time, iso_time, time_of_day};
