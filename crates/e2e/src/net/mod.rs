//! Networks of a test's own, in which links are cut, addresses change and packets get lost.
//!
//! They are network namespaces of Linux, made with `ip` and `nft` as root, and no address in them exists outside. What
//! a test makes is removed when it is dropped, also when the test panics; what a killed test left is removed by the
//! next one, by its name and the id of the program that is gone.

mod door;
mod home;
mod leftovers;
mod namespace;
mod networks;
mod place;

pub use home::{Home, Weather};
pub use namespace::Namespace;
pub use networks::Networks;

pub(crate) use door::Door;
pub(crate) use place::Place;
