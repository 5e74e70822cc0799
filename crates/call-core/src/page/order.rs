//! The page and its history.

/// What to do with the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageOrder {
    /// Show a path in the address bar; `true` makes a step that the back button undoes.
    ShowPath(String, bool),
    /// Take the user's last step in the tab's history back, or again if it was taken back; answer with `PathChanged`.
    TurnRound,
    /// Have the browser ask before the page is closed or loaded again, or not.
    AskBeforeUnload(bool),
}
