//! The order of changes of senders' parameters (W3C WebRTC §5.2, `setParameters`): one at a time for each sender.
//!
//! A change may be made only of the parameters as they were read last, and while one is made, Chromium refuses another.
//! So whatever is wanted meanwhile waits, and becomes one change.

use call_core::Source;

/// The changes that are wanted of each source's sender, or being made.
#[derive(Default)]
pub(super) struct ParameterChanges(Vec<Changing>);

/// A sender whose changes are being made.
struct Changing {
    source: Source,
    due: bool,
    /// Whether the next frame is to be a key frame.
    key_frame: bool,
}

impl ParameterChanges {
    /// Notes that a change is due; returns false if the changes of this sender are being made already.
    pub(super) fn want(&mut self, source: Source, key_frame: bool) -> bool {
        if let Some(changing) = self.0.iter_mut().find(|changing| changing.source == source) {
            changing.due = true;
            changing.key_frame |= key_frame;
            return false;
        }
        self.0.push(Changing {
            source,
            due: true,
            key_frame,
        });
        true
    }

    /// Returns the change to make when none is being made, as whether it asks for a key frame; `None` if none is due, and
    /// the next one that is wanted has to be begun.
    pub(super) fn next(&mut self, source: Source) -> Option<bool> {
        let place = self.0.iter().position(|changing| changing.source == source)?;
        let changing = &mut self.0[place];
        if !std::mem::take(&mut changing.due) {
            self.0.swap_remove(place);
            return None;
        }
        Some(std::mem::take(&mut changing.key_frame))
    }
}
