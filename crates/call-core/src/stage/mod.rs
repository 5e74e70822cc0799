//! How the call is shown: as a grid or with a spotlight, on which tile, and with or without the self view.
//!
//! A pure machine over the tiles that exist, which links, devices and screens decide. The stage keeps their order: new
//! tiles are added at the end, so that no tile jumps when another comes or goes; the user's own tile is always last.

mod core;
mod intent;
pub mod layout;
mod show;
mod speaker;
mod view;
mod voice;

use protocol::ParticipantId;

pub use intent::StageIntent;
pub use view::{SpeakingView, StageView, TileKey};
pub use voice::Energy;

pub(crate) use speaker::Speakers;
pub(crate) use voice::OwnVoice;

/// How the user wants to see the call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stage {
    /// Tiles in the order in which they came.
    tiles: Vec<TileKey>,
    /// The user's choice of spotlight (`true`) or grid; `None` shows a spotlight while another participant
    /// shares a screen.
    wish: Option<bool>,
    pinned: Option<TileKey>,
    hide_self: bool,
}

impl Stage {
    /// Whether these are the current tiles, in any order.
    pub(crate) fn shows(&self, present: &[TileKey]) -> bool {
        present.len() == self.tiles.len() && present.iter().all(|tile| self.tiles.contains(tile))
    }

    /// Handles the current tiles; a pin goes with its tile.
    pub(crate) fn follow(&mut self, present: &[TileKey]) {
        self.tiles.retain(|tile| present.contains(tile));
        let new = present.iter().filter(|tile| !self.tiles.contains(tile));
        let new: Vec<_> = new.copied().collect();
        self.tiles.extend(new);
        self.pinned = self.pinned.filter(|pinned| present.contains(pinned));
    }

    /// Pins a tile, which then stays large regardless of who speaks.
    pub(crate) fn pin(&mut self, tile: TileKey) {
        if self.tiles.contains(&tile) {
            self.pinned = Some(tile);
        }
    }

    /// Lets the large tile change again.
    pub(crate) fn unpin(&mut self) {
        self.pinned = None;
    }

    /// Shows one tile large, or the grid, which also unpins.
    pub(crate) fn spotlight(&mut self, wish: bool) {
        self.wish = Some(wish);
        if !wish {
            self.pinned = None;
        }
    }

    /// Hides or shows the self view.
    pub(crate) fn hide_self(&mut self, hide: bool) {
        self.hide_self = hide;
    }

    /// Resets the layout after the call, so that the next one begins with the default.
    pub(crate) fn call_over(&mut self) {
        self.wish = None;
        self.pinned = None;
    }

    /// The stage to show; `speaker` is the last speaker.
    pub(crate) fn view(&self, speaker: Option<ParticipantId>) -> StageView {
        let shown: Vec<TileKey> = self.shown().collect();
        let screen = shown
            .iter()
            .rev()
            .find(|tile| matches!(tile, TileKey::Screen(_)))
            .copied();
        let pinned = self.pinned.filter(|pinned| shown.contains(pinned));
        let large = pinned.is_some() || self.wish.unwrap_or(screen.is_some());
        let main = || {
            let speaking = shown
                .iter()
                .find(|tile| matches!(tile, TileKey::Face(peer) if Some(*peer) == speaker));
            let other = shown.iter().find(|tile| matches!(tile, TileKey::Face(_)));
            pinned
                .or(screen)
                .or_else(|| speaking.or(other).or(shown.first()).copied())
        };
        StageView {
            main: if large { main() } else { None },
            pinned,
            self_hidden: self.hide_self,
            tiles: shown,
        }
    }

    /// The self view is hidden only beside other tiles: an empty stage would look broken.
    fn shown(&self) -> impl Iterator<Item = TileKey> {
        let others = self
            .tiles
            .iter()
            .any(|tile| matches!(tile, TileKey::Face(_) | TileKey::Screen(_)));
        let own = self.tiles.contains(&TileKey::Own) && !(self.hide_self && others);
        let rest = self.tiles.iter().copied().filter(|tile| *tile != TileKey::Own);
        rest.chain(own.then_some(TileKey::Own))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ANN: ParticipantId = ParticipantId(1);
    const BEA: ParticipantId = ParticipantId(2);

    fn stage(tiles: &[TileKey]) -> Stage {
        let mut stage = Stage::default();
        stage.follow(tiles);
        stage
    }

    fn faces() -> Stage {
        stage(&[TileKey::Own, TileKey::Face(ANN), TileKey::Face(BEA)])
    }

    #[test]
    fn grid_until_the_user_wants_a_spotlight() {
        let mut stage = faces();
        assert_eq!(stage.view(Some(BEA)).main, None);
        stage.spotlight(true);
        assert_eq!(stage.view(Some(BEA)).main, Some(TileKey::Face(BEA)));
        assert_eq!(stage.view(None).main, Some(TileKey::Face(ANN)));
        stage.spotlight(false);
        assert_eq!(stage.view(Some(BEA)).main, None);
    }

    #[test]
    fn pinned_tile_is_large_until_it_goes() {
        let mut stage = faces();
        stage.pin(TileKey::Face(ANN));
        assert_eq!(stage.view(Some(BEA)).main, Some(TileKey::Face(ANN)));
        stage.follow(&[TileKey::Own, TileKey::Face(BEA)]);
        assert_eq!(stage.view(Some(BEA)).main, None);
        stage.pin(TileKey::Face(ANN));
        assert_eq!(
            stage.view(None).pinned,
            None,
            "a tile that is gone cannot be pinned"
        );
    }

    #[test]
    fn newest_screen_is_large_unless_the_user_wants_the_grid() {
        let mut stage = faces();
        let mut tiles = stage.tiles.clone();
        tiles.push(TileKey::Screen(BEA));
        stage.follow(&tiles);
        tiles.insert(0, TileKey::Screen(ANN));
        stage.follow(&tiles);
        assert_eq!(stage.view(None).main, Some(TileKey::Screen(ANN)));
        stage.spotlight(false);
        assert_eq!(stage.view(None).main, None);
    }

    #[test]
    fn own_screen_does_not_become_large() {
        let stage = stage(&[TileKey::Own, TileKey::Face(ANN), TileKey::OwnScreen]);
        assert_eq!(stage.view(None).main, None);
    }

    #[test]
    fn self_view_hides_only_beside_other_tiles() {
        let mut stage = faces();
        stage.hide_self(true);
        assert!(!stage.view(None).tiles.contains(&TileKey::Own));
        stage.follow(&[TileKey::Own]);
        assert_eq!(stage.view(None).tiles, [TileKey::Own]);
    }

    #[derive(Clone, Debug)]
    enum Step {
        Follow(Vec<TileKey>),
        Pin(TileKey),
        Unpin,
        Spotlight(bool),
        HideSelf(bool),
    }

    fn any_tile() -> impl Strategy<Value = TileKey> {
        prop_oneof![
            Just(TileKey::Own),
            Just(TileKey::OwnScreen),
            (1_u64..6).prop_map(|id| TileKey::Face(ParticipantId(id))),
            (1_u64..6).prop_map(|id| TileKey::Screen(ParticipantId(id))),
        ]
    }

    fn any_step() -> impl Strategy<Value = Step> {
        prop_oneof![
            3 => proptest::collection::btree_set(any_tile(), 1..9)
                .prop_map(|tiles| Step::Follow(tiles.into_iter().collect())),
            2 => any_tile().prop_map(Step::Pin),
            1 => Just(Step::Unpin),
            1 => any::<bool>().prop_map(Step::Spotlight),
            1 => any::<bool>().prop_map(Step::HideSelf),
        ]
    }

    proptest! {
        #[test]
        fn each_tile_is_shown_once_and_the_large_one_is_among_them(
            steps in proptest::collection::vec(any_step(), 1..30), speaker in 0_u64..6
        ) {
            let mut stage = Stage::default();
            let mut present = Vec::new();
            for step in steps {
                let before: Vec<_> = stage.view(None).tiles;
                match step {
                    Step::Follow(tiles) => { stage.follow(&tiles); present = tiles; }
                    Step::Pin(tile) => stage.pin(tile),
                    Step::Unpin => stage.unpin(),
                    Step::Spotlight(wish) => stage.spotlight(wish),
                    Step::HideSelf(hide) => stage.hide_self(hide),
                }
                let view = stage.view(Some(ParticipantId(speaker)));
                for tile in &present {
                    let times = view.tiles.iter().filter(|shown| *shown == tile).count();
                    let hidden = *tile == TileKey::Own && view.self_hidden;
                    prop_assert!(times == 1 || (times == 0 && hidden), "{tile:?} in {view:?}");
                }
                prop_assert!(view.tiles.iter().all(|tile| present.contains(tile)));
                prop_assert!(view.main.is_none_or(|main| view.tiles.contains(&main)));
                prop_assert!(view.pinned.is_none() || view.pinned == view.main);
                let kept: Vec<_> = before.iter().filter(|tile| view.tiles.contains(tile)).collect();
                let after: Vec<_> = view.tiles.iter().filter(|tile| before.contains(tile)).collect();
                prop_assert_eq!(kept, after, "no tile jumps");
            }
        }
    }
}
