//! The disk of a storm: rules of rooms and standings of users.

use protocol::UnixMillis;

use super::{Storm, name};
use crate::{Change, Done, Standing, UserId};

impl Storm {
    /// Completes the first pending order.
    pub(super) fn disk(&mut self) {
        if self.stage.orders.is_empty() {
            return;
        }
        self.stage.orders.rotate_left(1);
        let Some(order) = self.stage.orders.last().cloned() else {
            return;
        };
        let room = order.room.as_str();
        let done = match order.change {
            Change::Settings(settings, password) => {
                if let Some(rules) = self.rules.get_mut(room) {
                    rules.settings = settings.of(rules.settings);
                    rules.password = password.or(rules.password.take());
                }
                let rules = self.rules.get(room).cloned().unwrap_or_default();
                Done::Settings(rules.settings, rules.password)
            }
            Change::Moderator(user, moderator) => {
                self.standing(room, user).moderator = moderator;
                Done::Moderator(user, moderator)
            }
            Change::Silenced(user, silenced) => {
                self.standing(room, user).silenced = silenced;
                Done::Silenced(user, silenced)
            }
            Change::Ban(user, _) => {
                let until = UnixMillis(1 << 40);
                self.standing(room, user).banned_until = Some(until);
                Done::Banned(user, until)
            }
            Change::Block(other) => Done::Blocked(vec![(other, name(other))]),
            Change::Unblock(_) => Done::Blocked(Vec::new()),
            Change::CreatePass(_) => Done::Full,
            Change::LiftBan(_) | Change::RevokePass(_) | Change::Access => {
                Done::Access(Vec::new(), Vec::new())
            }
        };
        self.stage.completed(&done);
    }

    fn standing(&mut self, room: &str, user: UserId) -> &mut Standing {
        self.standings.entry((room.to_owned(), user)).or_default()
    }
}
