//! Playback volumes of the other participants, by name, so that they stay when a person comes back with another seat.

use std::collections::BTreeMap;

use protocol::UserName;

/// Full volume, in percent.
const FULL: u8 = 100;

/// Volumes that the user set, in percent; all others are at full volume.
#[derive(Clone, Debug, Default)]
pub(crate) struct Volumes(BTreeMap<UserName, u8>);

impl Volumes {
    /// Sets a volume; values above full volume count as full.
    pub(crate) fn set(&mut self, name: UserName, percent: u8) {
        if percent < FULL {
            self.0.insert(name, percent);
        } else {
            self.0.remove(&name);
        }
    }

    /// The volume of a participant, 0 to 100.
    pub(crate) fn of(&self, name: &UserName) -> u8 {
        self.0.get(name).copied().unwrap_or(FULL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volume_is_full_until_set() {
        let [ann, bea] = ["Ann", "Bea"].map(|name| UserName::parse(name).expect("a name"));
        let mut volumes = Volumes::default();
        volumes.set(ann.clone(), 30);
        assert_eq!((volumes.of(&ann), volumes.of(&bea)), (30, FULL));
        volumes.set(ann.clone(), 250);
        assert_eq!(volumes.of(&ann), FULL);
    }
}
