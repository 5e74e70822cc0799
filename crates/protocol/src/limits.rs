//! Bounds that both ends know, each with its reason.

use std::time::Duration;

/// The largest message on the socket, in bytes. A session description with many candidates stays under 20 KiB.
pub const MESSAGE_BYTES: usize = 64 * 1024;
/// The longest text of a session description that an end takes from its peer, in bytes: four media with the candidates
/// of many networks stay under 20 KiB. The server, which reads no signal, bounds the parcel around it alone.
pub const DESCRIPTION_BYTES: usize = 32 * 1024;
/// The longest candidate that an end takes from its peer, in bytes of its texts together: one has some 150, and even
/// with the longest name of a generation (256, RFC 8839) and of a host (253) stays well below.
pub const CANDIDATE_BYTES: usize = 1024;
/// The longest user name, in characters: fits a tile's caption.
pub const USER_NAME_CHARS: usize = 32;
/// The longest room name, in characters: fits an address that people read out.
pub const ROOM_NAME_CHARS: usize = 64;
/// The shortest password, in characters (NIST SP 800-63B asks for 8).
pub const PASSWORD_MIN_CHARS: usize = 8;
/// The longest password, in bytes: hashing more than this costs the server for nothing.
pub const PASSWORD_MAX_BYTES: usize = 256;
/// The longest chat line, in characters: four bytes each still fit a message several times over.
pub const CHAT_CHARS: usize = 4000;
/// Lines of chat that a socket may send at once: what somebody wrote while a server was started again.
pub const CHAT_BURST: u32 = 30;
/// Lines of chat that a socket may send in a second after that: faster than anybody writes, and slow enough that
/// two hundred that waited, of each of some people, pass everybody's screen within half a minute.
pub const CHAT_PER_SECOND: u32 = 10;
/// Messages of history sent at once: a screenful or two, well below the size of one message.
pub const HISTORY_PAGE: usize = 50;
/// Participants whom a room lets in until its moderators decide otherwise, and whom a server lets into any unless it is
/// set up for more: a presence list that one screen and one broadcast can carry.
pub const ROOM_PARTICIPANTS: usize = 64;
/// The most that a server may be set up for: everybody who comes is told to everybody, so a thousand who come at once
/// are a million messages; and a welcome that names them all has 256 KiB.
pub const LARGEST_ROOM: usize = 1024;
/// Newcomers who wait before one room: more than a moderator reads through.
pub const ROOM_NEWCOMERS: usize = 64;
/// The shortest password of a room, in characters: it is read out to people, and guessed at only so often.
pub const ROOM_PASSWORD_MIN_CHARS: usize = 4;
/// The longest time for which a pass or a ban lasts, in minutes: a year.
pub const LONGEST_MINUTES: u32 = 365 * 24 * 60;
/// Participants in a room's conference: every one of them sends to all the others.
pub const CONFERENCE_PARTICIPANTS: usize = 8;
/// Links of one participant: the conference, and as many again by invitation.
pub const PARTICIPANT_LINKS: usize = 16;
/// Invitations of one participant that ring at the same time: more is a nuisance, not a call.
pub const RINGING_INVITATIONS: usize = 16;
/// How long an invitation rings before it times out.
pub const INVITATION_RINGS: Duration = Duration::from_secs(30);
/// How long a seat waits for its page after the socket broke, before the others see the user leave: a server that
/// is started again, a network that is changed, a walk through a dead spot.
pub const SEAT_GRACE: Duration = Duration::from_secs(30);
/// How long it waits when the page said that it is being closed: enough for one that is only loaded anew, on a slow machine.
pub const CLOSED_SEAT_GRACE: Duration = Duration::from_secs(8);
/// How often a client sends `ping`, at most; it takes the socket for dead when no answer comes for as long again.
pub const PING_INTERVAL: Duration = Duration::from_secs(5);
/// The same for a client that has a link: a dead socket is found within twice this, before somebody in a call wonders.
pub const CALL_PING_INTERVAL: Duration = Duration::from_millis(2500);
/// How long the server hears nothing from a socket whose seat has a link before it drops it.
pub const CALL_SILENCE: Duration = Duration::from_secs(5);
/// How long the server hears nothing from a socket, not even the answer to its own ping, before it drops it.
pub const SILENCE: Duration = Duration::from_secs(25);
