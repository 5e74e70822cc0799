//! Taking locks.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Takes a lock. A panic under one is a bug; the state is still the best that there is.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
