//! How loud the user hears the others: by name, so that it stays when somebody comes back in another seat.

use std::collections::BTreeMap;

use protocol::UserName;

/// As loud as it comes.
const FULL: u8 = 100;

/// What the user set, in percent of what comes; who is not in it is heard in full.
#[derive(Clone, Debug, Default)]
pub(crate) struct Volumes(BTreeMap<UserName, u8>);

impl Volumes {
    /// Sets how loud somebody is; more than in full is in full.
    pub(crate) fn set(&mut self, name: UserName, percent: u8) {
        if percent < FULL {
            self.0.insert(name, percent);
        } else {
            self.0.remove(&name);
        }
    }

    /// How loud somebody is, from 0 to 100.
    pub(crate) fn of(&self, name: &UserName) -> u8 {
        self.0.get(name).copied().unwrap_or(FULL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_heard_in_full_until_the_user_sets_another_volume() {
        let [ann, bea] = ["Ann", "Bea"].map(|name| UserName::parse(name).expect("a name"));
        let mut volumes = Volumes::default();
        volumes.set(ann.clone(), 30);
        assert_eq!((volumes.of(&ann), volumes.of(&bea)), (30, FULL));
        volumes.set(ann.clone(), 250);
        assert_eq!(volumes.of(&ann), FULL);
    }
}
