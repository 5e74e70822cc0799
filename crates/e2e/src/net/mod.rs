//! Networks of a test, in which links are cut, addresses change and packets get lost.
//!
//! They are Linux network namespaces, created with `ip` and `nft` as root; no address in them exists outside.
//! They are removed when dropped, even when the test panics. What a killed test left behind is removed by the
//! next one: each name contains the id of the process that created it.

mod connector;
mod home;
mod leftovers;
mod namespace;
mod networks;
mod scope;

pub use home::{Home, Weather};
pub use namespace::Namespace;
pub use networks::Networks;

pub(crate) use connector::DriverConnector;
pub(crate) use scope::NetworkScope;
