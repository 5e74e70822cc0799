//! Calls: invitations, the conference and hanging up, as the user wishes them; and what is shown of all links together.

mod core;
mod intent;
mod view;

pub use intent::CallIntent;
pub use view::CallView;
