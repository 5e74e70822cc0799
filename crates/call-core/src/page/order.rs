//! What the shell does with the page and its history.

/// An order about the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageOrder {
    /// Show a path in the address bar; `true` adds a history entry, `false` replaces the current one.
    ShowPath(String, bool),
    /// Undo the last step in the tab's history, or redo it if it was undone; answer with `PathChanged`.
    RevertHistoryStep,
    /// Have the browser ask before the page is closed or reloaded (`true`), or not.
    AskBeforeUnload(bool),
    /// Report with `ProcessorBusy` when the device's processor reaches its limit (`true`), where the browser tells
    /// (W3C Compute Pressure), or no longer.
    WatchProcessor(bool),
}
