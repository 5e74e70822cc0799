//! Removes what killed tests left behind.

use std::path::Path;

use super::namespace::{FOLDER, PREFIX, remove};

/// Removes the harness's namespaces whose process no longer exists.
pub(super) fn clear() {
    let names = std::fs::read_dir(FOLDER).into_iter().flatten().flatten();
    for name in names.filter_map(|entry| entry.file_name().into_string().ok()) {
        if maker(&name).is_some_and(|id| !Path::new("/proc").join(id.to_string()).exists()) {
            // Another test may have removed it first.
            let _ = remove(&name);
        }
    }
}

/// Reads from a namespace's name the id of the process that created it.
fn maker(name: &str) -> Option<u32> {
    name.strip_prefix(PREFIX)?.split('-').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::maker;

    #[test]
    fn process_id_only_in_own_names() {
        assert_eq!(maker("confab-e2e-4711-0-public"), Some(4711));
        assert_eq!(maker("confab-e2e-mine"), None);
        assert_eq!(maker("4711-0-public"), None);
    }
}
