//! The pauses between attempts to reconnect. Each has some chance in it, so that the clients of a restarted server spread
//! out.

use std::time::Duration;

/// In a call, number of attempts after the first, and the shortest pause before each: 0.3 to 0.5 s, so about ten
/// seconds in all. A server that restarts is back in that time, and the call's chat waits half a second for it.
const CALL_ATTEMPTS: u32 = 24;
const CALL_PAUSE: Duration = Duration::from_millis(300);
/// Longest addition to [`CALL_PAUSE`], in milliseconds.
const CALL_CHANCE: u64 = 200;

/// Otherwise, the pauses before the first attempts, for a server that is back at once: attempts follow 0, 0.3, 1.2 and
/// 2.7 s after the break.
const FIRST_PAUSES: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_millis(300),
    Duration::from_millis(900),
    Duration::from_millis(1500),
];

/// Pause between the attempts that follow, while the server holds the seat ([`protocol::limits::SEAT_GRACE`]):
/// a client is back within two seconds of the server, and its call goes on.
const SEAT_PAUSE: Duration = Duration::from_millis(1500);

/// Number of attempts in that time. In a call: 1 + 24 take at least 7.2 s, and 16 pauses more make it 31.2 s. Otherwise:
/// the first four take 2.7 s, and 19 pauses more make it 31.2 s.
const SEAT_ATTEMPTS_IN_CALL: u32 = 41;
const SEAT_ATTEMPTS: u32 = 23;

/// Pause after that (chosen): a server that is down for long is not flooded.
const LONG_PAUSE: Duration = Duration::from_secs(7);

/// Pause before the next attempt, after this number of failures; `random` is any number.
pub(super) fn pause(failures: u32, in_call: bool, random: u64) -> Duration {
    if in_call && (1..=CALL_ATTEMPTS).contains(&failures) {
        return CALL_PAUSE + Duration::from_millis(random % (CALL_CHANCE + 1));
    }
    let first = usize::try_from(failures)
        .ok()
        .filter(|_| !in_call || failures == 0);
    let first = first.and_then(|failures| FIRST_PAUSES.get(failures).copied());
    let attempts = if in_call {
        SEAT_ATTEMPTS_IN_CALL
    } else {
        SEAT_ATTEMPTS
    };
    let pause = first.unwrap_or(if failures < attempts {
        SEAT_PAUSE
    } else {
        LONG_PAUSE
    });
    // Jitter of up to 10 %.
    let permille = 1000 + u32::try_from(random % 101).unwrap_or(0);
    pause * permille / 1000
}

#[cfg(test)]
mod tests {
    use protocol::limits::SEAT_GRACE;

    use super::*;

    /// When attempts are made after a break, in milliseconds.
    fn attempts(in_call: bool, random: u64, number: u32) -> Vec<u128> {
        let mut since = Duration::ZERO;
        let moments = (0..number).map(|failures| {
            since += pause(failures, in_call, random);
            since.as_millis()
        });
        moments.collect()
    }

    #[test]
    fn attempts_follow_at_once_and_then_ever_more_seldom() {
        let early = attempts(false, 0, 26);
        assert_eq!(early[..7], [0, 300, 1200, 2700, 4200, 5700, 7200]);
        assert_eq!(early[22..], [31_200, 38_200, 45_200, 52_200]);
        let late: Vec<_> = early.iter().map(|moment| moment * 11 / 10).collect();
        assert_eq!(attempts(false, 100, 26), late);
    }

    #[test]
    fn server_is_found_within_half_a_second_in_a_call() {
        for random in [0, 99, 200] {
            let moments = attempts(true, random, 42);
            let ten_seconds = moments.windows(2).filter(|pair| pair[1] <= 7_200);
            for pair in ten_seconds {
                assert!((300..=500).contains(&(pair[1] - pair[0])), "{pair:?}");
            }
            let (first, last) = (moments[1], moments[24]);
            assert!(first >= 300 && (7_200..=12_000).contains(&last), "{moments:?}");
        }
    }

    #[test]
    fn server_is_found_within_two_seconds_as_long_as_a_seat_waits() {
        for in_call in [false, true] {
            for random in [0, 99, 100, 200] {
                let mut since = Duration::ZERO;
                for failures in 0.. {
                    let pause = pause(failures, in_call, random);
                    if since >= SEAT_GRACE {
                        break;
                    }
                    assert!(pause < Duration::from_secs(2), "{pause:?} at {since:?}");
                    since += pause;
                }
            }
        }
    }
}
