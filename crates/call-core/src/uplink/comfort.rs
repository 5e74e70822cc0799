//! For how many people a call is comfortable here, once it is not for those who are in it.

use super::encoding::Video;
use super::plan::{Receiver, Step};

/// The step from which a camera's picture is good, in a tile that is not smaller (chosen): expressions can be read.
const GOOD: usize = 2;

/// Cuts from which the device is what makes the call uncomfortable (chosen): one is hardly seen.
const DEEP: usize = 2;

/// The number of people for whom a call is comfortable, the user among them; `None` while everyone gets a good picture.
pub(super) fn comfortable(
    receivers: &[Receiver],
    planned: &[Vec<(Video, Step)>],
    cut: usize,
) -> Option<usize> {
    let lacks = receivers.iter().zip(planned).any(|(receiver, steps)| {
        let mut videos = receiver.shown.iter().zip(steps);
        videos.any(|((video, lines), (_, step))| {
            *video == Video::Camera && *lines > 0 && *step < Some(video.step_for(*lines).min(GOOD))
        })
    });
    let limits: Option<Vec<_>> = receivers.iter().map(|receiver| receiver.limit).collect();
    let carried = limits.filter(|_| lacks).map(|limits| {
        let budget: u32 = limits.iter().map(|limit| limit.0).sum();
        usize::try_from(budget / Video::Camera.steps()[GOOD].rate.0).unwrap_or(usize::MAX)
    });
    // Each cut halves what encoding costs, and was not enough before.
    let encoded = (cut >= DEEP).then(|| receivers.len() >> cut);
    let pictures = carried.into_iter().chain(encoded).min()?;
    let people = pictures.max(1) + 1;
    (people < receivers.len() + 1).then_some(people)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kbps;
    use crate::uplink::plan::plan;

    fn of(people: usize, limit: Option<u32>, cut: usize) -> Option<usize> {
        let receiver = Receiver {
            shown: vec![(Video::Camera, 240)],
            limit: limit.map(Kbps),
        };
        let receivers = vec![receiver; people - 1];
        comfortable(&receivers, &plan(&receivers, cut), cut)
    }

    #[test]
    fn nothing_is_said_while_pictures_are_good() {
        assert_eq!(of(8, None, 0), None);
        assert_eq!(of(8, None, 1), None);
        assert_eq!(of(4, Some(300), 0), None);
    }

    #[test]
    fn narrow_uplink_is_comfortable_for_as_many_as_it_carries() {
        assert_eq!(of(4, Some(150), 0), Some(3));
        assert_eq!(of(8, Some(60), 0), Some(3));
        assert_eq!(of(3, Some(20), 0), Some(2));
    }

    #[test]
    fn weak_device_is_comfortable_for_as_many_as_it_encodes() {
        assert_eq!(of(8, None, 2), Some(2));
        assert_eq!(of(2, None, 4), None, "a call has two people");
    }
}
