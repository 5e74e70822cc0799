//! One input's turn: the moment at which it is taken, and what follows from it, in the order in which it was decided.
//!
//! A machine gets `&mut Turn`, orders there what is to be done, and returns decisions only. When the turn ends, messages go
//! through the socket's queue and notices to the user; an effect is complete when it is ordered, and is not changed after.

use std::time::Duration;

use protocol::{ClientMessage, Epoch, ParticipantId, UnixMillis};

use crate::ice::ways::Ways;
use crate::{ApiCall, Effect, Moment, NoticeBody, PeerOrder, RequestId, Timer};

/// What one input leads to.
#[derive(Debug, Default)]
pub(crate) struct Turn {
    /// When the input came.
    pub(crate) moment: Moment,
    /// By what connections are made.
    pub(crate) ways: Ways,
    last_request: RequestId,
    outputs: Vec<Output>,
}

/// One thing that follows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Output {
    /// For the shell.
    Effect(Effect),
    /// For the server, now or when it hears again.
    Message(ClientMessage),
    /// For the user.
    Notice(NoticeBody),
}

impl Turn {
    /// A turn in which nothing is decided yet; requests are numbered after the last one.
    pub(crate) fn begin(moment: Moment, last_request: RequestId, ways: Ways) -> Self {
        Self {
            moment,
            ways,
            last_request,
            outputs: Vec::new(),
        }
    }

    /// A turn at the same moment, whose outputs are looked at before they count.
    pub(crate) fn aside(&self) -> Self {
        Self::begin(self.moment, self.last_request, self.ways.clone())
    }

    /// What was decided, and the number of the last request.
    pub(crate) fn end(self) -> (Vec<Output>, RequestId) {
        (self.outputs, self.last_request)
    }

    /// The time of the input.
    pub(crate) fn now(&self) -> UnixMillis {
        self.moment.now
    }

    /// A name for a request to the shell that no other has.
    pub(crate) fn request(&mut self) -> RequestId {
        self.last_request = RequestId(self.last_request.0 + 1);
        self.last_request
    }

    /// Orders something of the shell.
    pub(crate) fn order(&mut self, order: impl Into<Effect>) {
        self.outputs.push(Output::Effect(order.into()));
    }

    /// Orders something of the connection with a peer.
    pub(crate) fn order_peer(&mut self, peer: ParticipantId, epoch: Epoch, order: PeerOrder) {
        self.order(Effect::Peer { peer, epoch, order });
    }

    /// Calls the server over HTTP; the answer carries the number that this returns.
    pub(crate) fn call(&mut self, call: ApiCall) -> RequestId {
        let request = self.request();
        self.order(Effect::CallApi { request, call });
        request
    }

    /// Sends a message to the server.
    pub(crate) fn send(&mut self, message: ClientMessage) {
        self.outputs.push(Output::Message(message));
    }

    /// Shows a notice to the user.
    pub(crate) fn notify(&mut self, notice: NoticeBody) {
        self.outputs.push(Output::Notice(notice));
    }

    /// Starts a timer, or restarts it.
    pub(crate) fn start(&mut self, timer: Timer, after: Duration) {
        self.order(Effect::StartTimer { timer, after });
    }

    /// Stops a timer.
    pub(crate) fn stop(&mut self, timer: Timer) {
        self.order(Effect::StopTimer(timer));
    }
}

#[cfg(test)]
pub(crate) mod tests {
    //! What the tests of single machines share.

    use crate::SocketOrder;
    use std::ops::{Deref, DerefMut};

    use super::*;

    /// What is ordered in a turn: messages as they would be sent, and no notices.
    pub(crate) fn ordered(mut turn: Turn, act: impl FnOnce(&mut Turn)) -> Vec<Effect> {
        act(&mut turn);
        let effect = |output| match output {
            Output::Effect(effect) => Some(effect),
            Output::Message(message) => Some(Effect::Socket(SocketOrder::Send(message))),
            Output::Notice(_) => None,
        };
        turn.outputs.into_iter().filter_map(effect).collect()
    }

    /// A machine whose orders are returned, as a list of effects.
    #[derive(Clone, Debug, Default)]
    pub(crate) struct Driven<M>(pub(crate) M);

    impl<M> Driven<M> {
        /// Lets it take a turn; gives its answer, and what it orders.
        pub(crate) fn take<T>(
            &mut self,
            turn: Turn,
            act: impl FnOnce(&mut M, &mut Turn) -> T,
        ) -> (T, Vec<Effect>) {
            let mut answer = None;
            let effects = ordered(turn, |turn| answer = Some(act(&mut self.0, turn)));
            (answer.expect("the machine was asked"), effects)
        }

        /// The same at the beginning of time, of a machine that has nothing to answer.
        pub(crate) fn act(&mut self, act: impl FnOnce(&mut M, &mut Turn)) -> Vec<Effect> {
            self.take(Turn::default(), act).1
        }
    }

    impl<M> Deref for Driven<M> {
        type Target = M;

        fn deref(&self) -> &M {
            &self.0
        }
    }

    impl<M> DerefMut for Driven<M> {
        fn deref_mut(&mut self) -> &mut M {
            &mut self.0
        }
    }

    impl Turn {
        /// A turn at a moment.
        pub(crate) fn at(now: UnixMillis) -> Self {
            let mut turn = Self::default();
            turn.moment.now = now;
            turn
        }

        /// A turn whose next request has this number.
        pub(crate) fn numbered(request: RequestId) -> Self {
            Self {
                last_request: RequestId(request.0 - 1),
                ..Self::default()
            }
        }
    }
}
