//! The stage as it is shown.

use protocol::ParticipantId;

use super::layout::{self, Area, Rect};

/// How the call is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageView {
    /// The tiles, in this order.
    pub tiles: Vec<TileKey>,
    /// The large tile; without one, all have one size.
    pub main: Option<TileKey>,
    /// The tile that the user pinned.
    pub pinned: Option<TileKey>,
    /// Whether the user hides the self view.
    pub self_hidden: bool,
}

impl StageView {
    /// The rectangle of each tile in an area; the large tile, if there is one, gets the first.
    pub fn places(&self, area: Area) -> Vec<(TileKey, Rect)> {
        let tiles = self.tiles.iter().copied();
        match self.main {
            Some(main) => {
                let others = tiles.filter(|tile| *tile != main);
                let rects = layout::spotlight(self.tiles.len(), area);
                std::iter::once(main).chain(others).zip(rects).collect()
            }
            None => tiles.zip(layout::grid(self.tiles.len(), area)).collect(),
        }
    }
}

/// Identifies a tile of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKey {
    /// The user's own video.
    Own,
    /// The screen that the user shares.
    OwnScreen,
    /// Video of another participant.
    Face(ParticipantId),
    /// The screen that another participant shares.
    Screen(ParticipantId),
}

/// Who is speaking now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeakingView {
    /// Whether the user is speaking.
    pub you: bool,
    /// The peers who are speaking.
    pub peers: Vec<ParticipantId>,
}
