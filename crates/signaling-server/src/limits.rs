//! Bounds that only the server knows, each with its reason. What both ends know is in [`protocol::limits`].

use std::time::Duration;

/// Connections at the same time to the port for figures: whoever watches is few.
pub const OPERATION_CONNECTIONS: u32 = 16;
/// Sockets at the same time, unless the settings say otherwise: what the default limit of open files (1024 or more)
/// serves on most systems is less, and then accepting waits; this bounds the memory where the limit is high.
pub const SOCKETS: u32 = 3072;
/// Sockets from one place at the same time: a school behind one router, and a twelfth of all.
pub const SOCKETS_PER_PLACE: u32 = 256;
/// Sessions of one account: each device and browser has one; the oldest gives way.
pub const SESSIONS_PER_USER: u32 = 32;
/// How long a session lasts that is not used, in days: a week, so that who comes each week is still known.
pub const SESSION_IDLE_DAYS: u32 = 7;
/// How long a session lasts at most, in days, so that a token that got away is worth nothing some day.
pub const SESSION_DAYS: u32 = 30;
/// How long a guest's session lasts, in hours: a long day.
pub const GUEST_HOURS: u32 = 12;
/// Guests from one place at the same time: as many as fit into a room.
pub const GUESTS_PER_PLACE: u32 = 64;

/// Guesses of a user at rooms' passwords, from one place, that may come at once: somebody's own mistakes.
pub const ROOM_PASSWORD_GUESSES: u32 = 10;
/// The time in which as many more may come.
pub const ROOM_PASSWORD_GUESSES_WITHIN: Duration = Duration::from_secs(100);
/// Passes to one room that are good at the same time: more cannot be kept track of.
pub const PASSES_PER_ROOM: u32 = 32;
/// Bans from one room that last at the same time.
pub const BANS_PER_ROOM: u32 = 256;
/// People of whom one user takes no invitations: they are all read whenever the user comes in.
pub const BLOCKED_PER_USER: u32 = 256;

/// Lines of chat that are kept of one room: years of a team, and some megabytes at most of usual lines.
pub const HISTORY_LINES: u32 = 10_000;
/// How many lines are written between two looks for those that are not kept any more.
pub const HISTORY_TRIMMED_EVERY: u64 = 64;

/// How much of history goes into one page, in bytes of JSON, unless it is a single message: a page and the rest
/// of the welcome of a usual room together stay below the size of one message.
pub const HISTORY_BYTES: usize = 32 * 1024;

/// The largest body of an HTTP request, in bytes: a name and a password with every character escaped fit.
pub const BODY_BYTES: usize = 4 * 1024;
/// How long a client may take to send a request's head, or an idle connection to send the next one.
pub const HEAD_WITHIN: Duration = Duration::from_secs(15);
/// How long a client may take to send a request's body.
pub const BODY_WITHIN: Duration = Duration::from_secs(10);
/// How long an answer may wait for its reader without any progress.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// The largest head of a request, in bytes: browsers send less than 4 KiB.
pub const HEAD_BYTES: usize = 16 * 1024;

/// How long a socket may take to say hello, in seconds: a client has it ready.
pub const HELLO_WITHIN_SECONDS: u32 = 5;
/// The largest message, in bytes, which clients count on.
#[allow(clippy::cast_possible_truncation, reason = "some kilobytes")]
pub const MESSAGE_BYTES: u32 = protocol::limits::MESSAGE_BYTES as u32;
/// Signals of a socket that may come at once: a mesh of eight sends some 30 candidates and a description to each of seven, and
/// an ICE restart of all does so again.
pub const SIGNAL_BURST: u32 = 600;
/// And how many in a second after that.
pub const SIGNALS_PER_SECOND: u32 = 100;
/// Bytes of signals in a second: below what an outbox holds, so that no one floods a peer out of the room.
pub const SIGNAL_BYTES_PER_SECOND: u32 = 128 * 1024;
/// Invitations of a socket in a minute, each of which is a line of chat as well: more than anyone wants to be asked.
pub const INVITATIONS_PER_MINUTE: u32 = 60;
/// Other messages that may come at once: more than a person clicks.
pub const MESSAGE_BURST: u32 = 120;
/// And how many in a second after that.
pub const MESSAGES_PER_SECOND: u32 = 30;
/// The largest signal, in bytes: a session description of four media with many candidates is 20 KiB.
pub const SIGNAL_BYTES: u32 = 32 * 1024;
/// How often the server pings a socket whose seat has a link: twice within [`protocol::limits::CALL_SILENCE`].
pub const CALL_PING_EVERY: Duration = Duration::from_secs(2);
/// When a client that was refused because there is too much to do may come back.
pub const BUSY_FOR: Duration = Duration::from_secs(1);
/// How often the server pings: twice within [`protocol::limits::SILENCE`], so that one lost answer is no end.
pub const PING_EVERY: Duration = Duration::from_secs(10);
/// How long writing to a socket may make no progress before the client counts as too slow.
pub const WRITE_WITHIN: Duration = Duration::from_secs(10);
/// How long the last word and the closing handshake may take.
pub const CLOSE_WITHIN: Duration = Duration::from_secs(3);
/// What a socket's read buffer takes, in bytes: it is really allocated for each, and signals are small.
pub const READ_BUFFER: usize = 4 * 1024;
/// What a socket gathers before it writes, in bytes: a burst of candidates in one packet train.
pub const WRITE_BUFFER: usize = 16 * 1024;
/// Messages that may wait for one socket: everybody's candidates when a conference of eight begins are 210.
pub const OUTBOX_MESSAGES: u32 = 256;
/// Bytes that may wait for one socket: the largest burst of seven peers' descriptions, several times over.
pub const OUTBOX_BYTES: u32 = 1024 * 1024;

/// Jobs that may wait for the store: at a fraction of a millisecond each, less than a second's work.
pub const STORE_QUEUE: usize = 1024;
/// Jobs that share one commit, and so one wait for the disk.
pub const STORE_BATCH: usize = 64;
/// The time within which failures to sign in are counted, in seconds.
pub const ATTEMPTS_WITHIN: u32 = 15 * 60;
/// Failures to sign in to one account within it: more than somebody's own mistakes.
pub const FAILURES_PER_ACCOUNT: u32 = 10;
/// Failures to sign in from one address within it: a class behind one router.
pub const FAILURES_PER_ADDRESS: u32 = 30;
/// New accounts from one address within it: a school on its first day.
pub const ACCOUNTS_PER_ADDRESS: u32 = 100;
/// New guests from one address within it, and what is asked for and refused: a class that comes, and comes again.
pub const NEW_GUESTS_PER_ADDRESS: u32 = 100;
/// Memory for one password hash, in KiB, its passes and lanes: what OWASP asks for at least.
pub const PASSWORD_MEMORY: u32 = 19 * 1024;
/// See [`PASSWORD_MEMORY`].
pub const PASSWORD_PASSES: u32 = 2;
/// See [`PASSWORD_MEMORY`].
pub const PASSWORD_LANES: u32 = 1;
/// For how long TURN credentials are good, in seconds: ten minutes, so that those that get away are soon worth nothing. Browsers
/// ask for others in time, and a relay that is in use is not cut off.
pub const TURN_TTL_SECONDS: u32 = 10 * 60;
/// Password hashes that are made at the same time: each takes a core and 19 MiB.
pub const PASSWORDS_AT_ONCE: u32 = 2;
/// Password hashes that may wait for their turn: about half a second's worth.
pub const PASSWORD_QUEUE: u32 = 20;
/// How often sessions that ended elsewhere, in another program or by their age, are looked for.
pub const SESSIONS_SWEPT_EVERY: Duration = Duration::from_millis(500);

/// How long stopping waits for sockets and requests to end.
pub const STOP_WITHIN: Duration = Duration::from_secs(8);
