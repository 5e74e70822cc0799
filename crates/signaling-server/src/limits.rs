//! Limits that only the server knows, each with its reason. Those that clients know too are in
//! [`protocol::limits`].

use std::time::Duration;

/// Connections to the metrics port at the same time: few programs read it.
pub const OPERATION_CONNECTIONS: u32 = 16;
/// Sockets at the same time, by default. The usual limit of open files (1024 or more) allows fewer on most
/// systems, and then accepting waits; this bounds the memory where that limit is high.
pub const SOCKETS: u32 = 3072;
/// Sockets from one address (IPv6: /64) at the same time: a school behind one router, and a twelfth of all.
pub const SOCKETS_PER_ADDRESS: u32 = 256;
/// Sessions of one account: one for each device and browser; the least recently used gives way.
pub const SESSIONS_PER_USER: u32 = 32;
/// Days after which an unused session ends: a user who signs in every week stays signed in.
pub const SESSION_IDLE_DAYS: u32 = 7;
/// Days after which a session ends, used or not: a leaked token becomes worthless.
pub const SESSION_DAYS: u32 = 30;
/// Hours that a guest session lasts: a long day.
pub const GUEST_HOURS: u32 = 12;
/// Guests from one address (IPv6: /64) at the same time: as many as fit into a room.
pub const GUESTS_PER_ADDRESS: u32 = 64;

/// Wrong guesses of a user at room passwords from one address, at once: enough for honest mistakes.
pub const ROOM_PASSWORD_GUESSES: u32 = 10;
/// The time in which as many guesses are allowed again.
pub const ROOM_PASSWORD_GUESSES_WITHIN: Duration = Duration::from_secs(100);
/// Valid passes to one room: more are hard to keep track of.
pub const PASSES_PER_ROOM: u32 = 32;
/// Bans from one room in force at the same time.
pub const BANS_PER_ROOM: u32 = 256;
/// People that one user can block: the list is read each time the user enters a room.
pub const BLOCKED_PER_USER: u32 = 256;

/// Chat messages kept of one room: years for a team, and a few megabytes of usual messages.
pub const HISTORY_LINES: u32 = 10_000;
/// Old messages are deleted with every message whose id is a multiple of this.
pub const HISTORY_TRIMMED_EVERY: u64 = 64;

/// Maximum size of a page of history, in bytes of JSON, unless it is a single message: a page and the rest of
/// the welcome of a usual room together stay below the size of one message.
pub const HISTORY_BYTES: usize = 32 * 1024;

/// The largest body of an HTTP request, in bytes: a name and a password with every character escaped fit.
pub const BODY_BYTES: usize = 4 * 1024;
/// Timeout for the head of a request, and for the next request on an idle connection.
pub const HEAD_WITHIN: Duration = Duration::from_secs(15);
/// Timeout for the body of a request.
pub const BODY_WITHIN: Duration = Duration::from_secs(10);
/// Timeout of a response whose reader makes no progress.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// The largest head of a request, in bytes: browsers send less than 4 KiB.
pub const HEAD_BYTES: usize = 16 * 1024;

/// Timeout for hello, in seconds: clients have it ready.
pub const HELLO_WITHIN_SECONDS: u32 = 5;
/// The largest message, in bytes; clients rely on it.
#[allow(clippy::cast_possible_truncation, reason = "64 KiB")]
pub const MESSAGE_BYTES: u32 = protocol::limits::MESSAGE_BYTES as u32;
/// Signals that a socket may send at once: in a group call of eight, some 30 candidates and a description to
/// each of seven, and as many again when all restart ICE.
pub const SIGNAL_BURST: u32 = 600;
/// Signals per second after that.
pub const SIGNALS_PER_SECOND: u32 = 100;
/// Bytes of signals per second: less than an outbox holds, so that no one can flood a peer out of the room.
pub const SIGNAL_BYTES_PER_SECOND: u32 = 128 * 1024;
/// Invitations of a socket per minute, each of which also writes a chat message: more than anyone wants to get.
pub const INVITATIONS_PER_MINUTE: u32 = 60;
/// Other messages that a socket may send at once: more than a person clicks.
pub const MESSAGE_BURST: u32 = 120;
/// Other messages per second after that.
pub const MESSAGES_PER_SECOND: u32 = 30;
/// The largest signal, in bytes: a session description of four media with many candidates has 20 KiB.
pub const SIGNAL_BYTES: u32 = 32 * 1024;
/// Ping interval of a socket whose seat has a link: twice within [`protocol::limits::CALL_SILENCE`].
pub const CALL_PING_EVERY: Duration = Duration::from_secs(2);
/// Time after which a client may retry when the server was busy.
pub const BUSY_FOR: Duration = Duration::from_secs(1);
/// Ping interval: twice within [`protocol::limits::SILENCE`], so that one lost answer does not end the socket.
pub const PING_EVERY: Duration = Duration::from_secs(10);
/// Time without progress after which a client that does not read is too slow.
pub const WRITE_WITHIN: Duration = Duration::from_secs(10);
/// Timeout for the goodbye, and for the closing handshake after it.
pub const CLOSE_WITHIN: Duration = Duration::from_secs(3);
/// Read buffer of a socket, in bytes: it is allocated for each socket that is not idle, and signals are small.
pub const READ_BUFFER: usize = 4 * 1024;
/// Write buffer of a socket, in bytes: gathers a burst of candidates into one packet train.
pub const WRITE_BUFFER: usize = 16 * 1024;
/// Messages that may be queued for one socket: at the start of a group call of eight, there are 210 candidates.
pub const OUTBOX_MESSAGES: u32 = 256;
/// Bytes that may be queued for one socket: several times the largest burst of descriptions from seven peers.
pub const OUTBOX_BYTES: u32 = 1024 * 1024;

/// Jobs that may wait for the store: at a fraction of a millisecond each, less than a second of work.
pub const STORE_QUEUE: usize = 1024;
/// Jobs that share one commit, and so one sync of the disk.
pub const STORE_BATCH: usize = 64;
/// Period in which failed sign-ins are counted, in seconds.
pub const ATTEMPTS_WITHIN: u32 = 15 * 60;
/// Failed sign-ins to one account in that period: more than honest mistakes.
pub const FAILURES_PER_ACCOUNT: u32 = 10;
/// Failed sign-ins from one address in that period: a class behind one router.
pub const FAILURES_PER_ADDRESS: u32 = 30;
/// New accounts from one address in that period: a school on its first day.
pub const ACCOUNTS_PER_ADDRESS: u32 = 100;
/// Requests to join as a guest from one address in that period, admitted or not: a class that joins, and joins
/// again.
pub const NEW_GUESTS_PER_ADDRESS: u32 = 100;
/// Memory for one password hash, in KiB. With the passes and lanes below, it is the least that OWASP
/// recommends.
pub const PASSWORD_MEMORY: u32 = 19 * 1024;
/// Argon2id passes over the memory; see [`PASSWORD_MEMORY`].
pub const PASSWORD_PASSES: u32 = 2;
/// Argon2id lanes; see [`PASSWORD_MEMORY`].
pub const PASSWORD_LANES: u32 = 1;
/// Seconds for which TURN credentials are valid: ten minutes, so that leaked ones soon become worthless.
/// Browsers get new ones in time, and a relay in use is not cut off.
pub const TURN_TTL_SECONDS: u32 = 10 * 60;
/// Password hashes computed at the same time: each takes a core and 19 MiB.
pub const PASSWORDS_AT_ONCE: u32 = 2;
/// Password hashes that may wait: about half a second of work.
pub const PASSWORD_QUEUE: u32 = 20;
/// Interval of the search for sessions that ended in another process or by age.
pub const SESSIONS_SWEPT_EVERY: Duration = Duration::from_millis(500);

/// How long a stopping server waits for sockets and requests to end.
pub const STOP_WITHIN: Duration = Duration::from_secs(8);
