//! Moderation: permissions, and the requests of moderators about participants and the room.
//!
//! Moderators act on participants only, the owner on anyone. Changes that must outlive the room go to disk
//! first (`order`).

use std::time::Duration;

use protocol::password::{self, NoPassword};
use protocol::{Access, ErrorCode, ParticipantId, Role, RoomChanges, ServerMessage, limits};

use super::ids::{SocketId, UserId};
use super::order::{Change, Order};
use super::output::Output;
use super::refused::Refused;
use super::request::{ModerationRequest, ParticipantRequest, RulesRequest};
use super::room::Room;
use super::turn::Turn;

impl Room {
    /// Handles a request that only moderators may make; fails if it is refused.
    pub fn moderate(
        &mut self,
        me: ParticipantId,
        socket: SocketId,
        request: ModerationRequest,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        let change = match request {
            ModerationRequest::Participant(participant, request) => {
                let user = self.check_acts_on(me, participant)?;
                match request {
                    ParticipantRequest::Mute => {
                        self.mute(me, participant, turn);
                        return Ok(());
                    }
                    ParticipantRequest::Remove => {
                        self.put_out(me, participant, turn);
                        return Ok(());
                    }
                    ParticipantRequest::Silence(silenced) => Change::Silenced(user, silenced),
                    ParticipantRequest::Ban { minutes } => Change::Ban(user, lasting(minutes)?),
                    ParticipantRequest::SetModerator(moderator) => {
                        self.check_appoints(me, participant)?;
                        Change::Moderator(user, moderator)
                    }
                }
            }
            ModerationRequest::Decide { newcomer, admit } => {
                self.check_moderates(me)?;
                return self.decide(newcomer, admit, turn);
            }
            ModerationRequest::Rules(request) => {
                self.check_moderates(me)?;
                match request {
                    RulesRequest::Change { settings, password } => {
                        self.check_change(settings, password, turn)?
                    }
                    RulesRequest::FetchAccess => Change::Access,
                    RulesRequest::CreatePass { minutes } => Change::CreatePass(lasting(minutes)?),
                    RulesRequest::RevokePass(pass) => Change::RevokePass(pass),
                    RulesRequest::LiftBan(name) => Change::LiftBan(name),
                }
            }
        };
        self.order(me, socket, change, turn);
        Ok(())
    }

    /// Notifies all participants that one is to be muted; a page that is away is notified when it is back.
    fn mute(&mut self, me: ParticipantId, participant: ParticipantId, turn: &mut Turn<'_>) {
        turn.send(
            self.sockets(),
            ServerMessage::ParticipantMuted { participant, by: me },
        );
        if self.sockets_of(&[participant]).is_empty() {
            self.muted.insert(participant, me);
            turn.persist();
        }
    }

    /// Notifies a page that is back if it was muted meanwhile.
    pub fn tell_muted(&mut self, me: ParticipantId, turn: &mut Turn<'_>) {
        if let Some(by) = self.muted.remove(&me) {
            let muted = ServerMessage::ParticipantMuted { participant: me, by };
            turn.send(self.sockets_of(&[me]), muted);
        }
    }

    /// Requests a change on disk.
    pub fn order(&self, me: ParticipantId, socket: SocketId, change: Change, turn: &mut Turn<'_>) {
        if let Some(seat) = self.seats.get(&me) {
            turn.out.push(Output::Order(Box::new(Order {
                change,
                socket,
                room: turn.room.clone(),
                by: me,
                user: seat.user,
            })));
        }
    }

    /// Checks that a participant is a moderator.
    pub fn check_moderates(&self, me: ParticipantId) -> Result<(), Refused> {
        if self.role(me).moderates() {
            Ok(())
        } else {
            Err(ErrorCode::NotAllowed.into())
        }
    }

    /// Checks that `me` may act on another participant, and returns that participant's user.
    pub fn check_acts_on(&self, me: ParticipantId, other: ParticipantId) -> Result<UserId, Refused> {
        self.check_other(me, other)?;
        match self.seats.get(&other) {
            Some(seat) if self.role(me).may_act_on(self.role(other)) => Ok(seat.user),
            _ => Err(Refused::participant(ErrorCode::NotAllowed, other)),
        }
    }

    /// Checks that `me` may appoint a moderator: only the owner may, and only users with an account.
    fn check_appoints(&self, me: ParticipantId, participant: ParticipantId) -> Result<(), Refused> {
        let guest = self.seats.get(&participant).is_some_and(|seat| seat.guest);
        if self.role(me) == Role::Owner && !guest {
            Ok(())
        } else {
            Err(Refused::participant(ErrorCode::NotAllowed, participant))
        }
    }

    fn check_change(
        &self,
        settings: RoomChanges,
        password: Option<String>,
        turn: &Turn<'_>,
    ) -> Result<Change, Refused> {
        let possible = 1..=turn.bounds.room_participants;
        if settings.size.is_some_and(|size| !possible.contains(&size)) {
            return Err(ErrorCode::OutOfBounds.into());
        }
        let refused = Err(ErrorCode::InvalidRoomPassword.into());
        let access = settings.of(self.rules.settings).access;
        match password.filter(|_| access == Access::Password) {
            Some(typed) => match password::of_room(&typed) {
                Ok(password) => Ok(Change::Settings(settings, Some(password))),
                Err(NoPassword) => refused,
            },
            None if access != Access::Password || self.rules.password.is_some() => {
                Ok(Change::Settings(settings, None))
            }
            None => refused,
        }
    }
}

fn lasting(minutes: u32) -> Result<Duration, Refused> {
    if (1..=limits::LONGEST_MINUTES).contains(&minutes) {
        Ok(Duration::from_secs(u64::from(minutes) * 60))
    } else {
        Err(ErrorCode::OutOfBounds.into())
    }
}
