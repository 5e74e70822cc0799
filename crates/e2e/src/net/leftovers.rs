//! What tests that were killed left behind.

use std::path::Path;

use super::namespace::{FOLDER, PREFIX, remove};

/// Removes the namespaces that carry our name and that of a program that is gone.
pub(super) fn clear() {
    let names = std::fs::read_dir(FOLDER).into_iter().flatten().flatten();
    for name in names.filter_map(|entry| entry.file_name().into_string().ok()) {
        if maker(&name).is_some_and(|id| !Path::new("/proc").join(id.to_string()).exists()) {
            // Another test may have been quicker.
            let _ = remove(&name);
        }
    }
}

/// The id of the program that made a namespace of this name.
fn maker(name: &str) -> Option<u32> {
    name.strip_prefix(PREFIX)?.split('-').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::maker;

    #[test]
    fn only_our_own_names_have_a_maker() {
        assert_eq!(maker("confab-e2e-4711-0-public"), Some(4711));
        assert_eq!(maker("confab-e2e-mine"), None);
        assert_eq!(maker("4711-0-public"), None);
    }
}
