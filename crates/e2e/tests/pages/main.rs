//! End-to-end tests of single pages and short calls of two or three: they leave a core to spare, so two run at a time.

mod barriers;
mod details;
mod door;
mod endings;
mod guests;
mod invitations;
mod keyboard;
mod labs;
mod leaving;
mod loading;
mod looks;
mod moderation;
mod prejoin;
mod proxies;
mod set_up;
