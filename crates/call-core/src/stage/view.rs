//! How the tiles of the call are shown.

use protocol::ParticipantId;

/// How the call is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageView {
    /// What is shown, in this order.
    pub tiles: Vec<TileKey>,
    /// Which of them is large; without one, all are of one size.
    pub main: Option<TileKey>,
    /// Which the user keeps large.
    pub pinned: Option<TileKey>,
    /// Whether the user wants not to see themselves.
    pub self_hidden: bool,
}

/// Names a tile of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKey {
    /// The user.
    Own,
    /// The screen that the user shares.
    OwnScreen,
    /// Another person.
    Face(ParticipantId),
    /// The screen that another person shares.
    Screen(ParticipantId),
}

/// Who speaks at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeakingView {
    /// Whether the user does.
    pub you: bool,
    /// Which of the others.
    pub peers: Vec<ParticipantId>,
}
