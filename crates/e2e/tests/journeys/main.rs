//! What people live through in Confab: the acceptance of the whole, by pixels and sound that arrive.

mod barriers;
mod chance;
mod conference;
mod details;
mod devices;
mod door;
mod endings;
mod guests;
mod invitations;
mod keyboard;
mod labs;
mod leaks;
mod looks;
mod moderation;
mod networks;
mod prejoin;
mod relays;
mod screen;
mod set_up;
mod soak;
mod speaking;
mod stage;
mod start;
mod steps;
mod survival;
mod talking;
