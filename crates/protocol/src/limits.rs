//! Limits that both ends know, each with its reason.

use std::time::Duration;

/// The largest message that a client may send over the socket, or a peer over the data channel, in bytes. A
/// session description with many candidates stays under 20 KiB.
pub const MESSAGE_BYTES: usize = 64 * 1024;
/// The longest SDP that an end accepts from its peer, in bytes: four media sections with the candidates of
/// many networks stay under 20 KiB. The server does not parse signals and limits only the whole message.
pub const DESCRIPTION_BYTES: usize = 32 * 1024;
/// The longest ICE candidate that an end accepts from its peer, in bytes of all its strings: a typical one
/// has about 150, and even the longest username fragment (256, RFC 8839) and host name (253) stay well below.
pub const CANDIDATE_BYTES: usize = 1024;
/// The longest user name, in characters: fits a tile's caption.
pub const USER_NAME_CHARS: usize = 32;
/// The longest room name, in characters: fits a URL that people read out.
pub const ROOM_NAME_CHARS: usize = 64;
/// The shortest password, in characters (NIST SP 800-63B requires 8).
pub const PASSWORD_MIN_CHARS: usize = 8;
/// The longest password, in bytes: hashing more costs the server and gains nothing.
pub const PASSWORD_MAX_BYTES: usize = 256;
/// The longest chat message, in characters: at four bytes each it still fits a socket message several times over.
pub const CHAT_CHARS: usize = 4000;
/// Burst of chat messages on one socket: what a user wrote while the server restarted.
pub const CHAT_BURST: u32 = 30;
/// Sustained rate of chat messages on one socket, per second: faster than anyone types, and slow enough that
/// other users can follow while several users each send a backlog of 200, within half a minute.
pub const CHAT_PER_SECOND: u32 = 10;
/// Chat messages in one page of history: a screenful or two, well below the largest message.
pub const HISTORY_PAGE: usize = 50;
/// Default size of a room, in participants, and the default maximum that a server allows: a participant list
/// that one screen can show and one broadcast can carry.
pub const ROOM_PARTICIPANTS: usize = 64;
/// The greatest maximum size of a room that a server can be configured for: each join is broadcast to every
/// participant, so 1024 joins at once are a million messages, and a `welcome` that lists all takes 256 KiB.
pub const LARGEST_ROOM: usize = 1024;
/// Users in a room's waiting room: more than a moderator reads through.
pub const ROOM_NEWCOMERS: usize = 64;
/// The shortest room password, in characters: it is read out to people, and guesses are rate limited.
pub const ROOM_PASSWORD_MIN_CHARS: usize = 4;
/// The longest validity of a pass or a ban, in minutes: one year.
pub const LONGEST_MINUTES: u32 = 365 * 24 * 60;
/// Participants in a room's group call: each sends to all the others.
pub const CONFERENCE_PARTICIPANTS: usize = 8;
/// Links of one participant: a full group call, and as many again by invitation.
pub const PARTICIPANT_LINKS: usize = 16;
/// Invitations of one participant that may ring at the same time: more are a nuisance.
pub const RINGING_INVITATIONS: usize = 16;
/// How long an invitation rings before it times out.
pub const INVITATION_RINGS: Duration = Duration::from_secs(30);
/// How long a seat is held after its socket broke, before the others see the user leave: covers a server
/// restart, a change of network, a walk through a dead spot.
pub const SEAT_GRACE: Duration = Duration::from_secs(30);
/// How long a seat is held if the page announced that it is being closed: enough to reload it on a slow machine.
pub const CLOSED_SEAT_GRACE: Duration = Duration::from_secs(8);
/// Interval of a client's `ping`; if no `pong` arrives within the same time, the client considers the socket dead.
pub const PING_INTERVAL: Duration = Duration::from_secs(5);
/// The same for a client that has a link: a dead socket is detected within twice this, before a user in a call notices.
pub const CALL_PING_INTERVAL: Duration = Duration::from_millis(2500);
/// How long the server receives nothing from a socket whose seat has a link before it closes the socket.
pub const CALL_SILENCE: Duration = Duration::from_secs(5);
/// How long the server receives nothing from any other socket, not even a pong frame, before it closes the socket.
pub const SILENCE: Duration = Duration::from_secs(25);
