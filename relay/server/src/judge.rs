//! Whether a mail is sent: a pure decision over what the store knows, taken inside the store's one transaction (R75).

use crate::clock::UnixTime;
use crate::window::{Standing, Window};
use resetkit_protocol::{DeviceStatus, Lane, ProblemCode};

const HOUR: i64 = 3600;
/// Quotas by the day look back this far, in seconds.
pub const DAY: i64 = 24 * HOUR;

/// How many mails may be sent (R74, 5.9).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Per device and lane within an hour.
    pub lane_hour: usize,
    /// Per device within a day, over all lanes.
    pub device_day: usize,
    /// How many of a day's are kept for the console and the button, so that nobody on the network can use them up.
    pub console_share: usize,
    /// Per address within an hour.
    pub address_hour: usize,
    /// How often the same mail may be sent again.
    pub resends: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { lane_hour: 3, device_day: 8, console_share: 3, address_hour: 5, resends: 2 }
    }
}

/// One mail that was sent or will be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sending {
    /// From which door.
    pub lane: Lane,
    /// When it was accepted.
    pub at: UnixTime,
}

/// The same request, taken before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Earlier {
    /// Whether it was these very octets.
    pub identical: bool,
    /// How often it was sent again already.
    pub resends: u32,
    /// Whether its mail is still waiting to be sent.
    pub waiting: bool,
}

/// All that the decision hangs on.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Whether the device may ask at all.
    pub status: DeviceStatus,
    /// Somebody pressed *not me*: no mail until then.
    pub suppressed_until: Option<UnixTime>,
    /// Mail to this address came back: none until then.
    pub bounced_until: Option<UnixTime>,
    /// Counters taken.
    pub window: Window,
    /// This counter's earlier request.
    pub earlier: Option<Earlier>,
    /// Mails of this device within a day.
    pub device: Vec<Sending>,
    /// Mails to this address within an hour.
    pub address: Vec<UnixTime>,
}

/// What is decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// A new mail.
    Send,
    /// The mail that was sent before, once more.
    SendAgain,
    /// The mail is still waiting to be sent, and is on its way with the first request's.
    AlreadyWaiting,
    /// No mail.
    Refuse(Refusal),
}

/// Why not, and when it is worth while to try again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// The reason.
    pub code: ProblemCode,
    /// Seconds until the reason is gone, if waiting helps.
    pub retry_after: Option<i64>,
}

impl From<ProblemCode> for Refusal {
    fn from(code: ProblemCode) -> Self {
        Self { code, retry_after: None }
    }
}

/// Decides on a request with this counter from this lane.
#[must_use]
pub fn judge(situation: &Situation, lane: Lane, counter: u32, limits: &Limits, now: UnixTime) -> Verdict {
    match situation.status {
        DeviceStatus::Active => {}
        DeviceStatus::Revoked => return Verdict::Refuse(ProblemCode::Revoked.into()),
    }
    let held = [(ProblemCode::Suppressed, situation.suppressed_until), (ProblemCode::Bounced, situation.bounced_until)];
    for (code, until) in held {
        if let Some(wait) = until.map(|until| until.since(now)).filter(|wait| *wait > 0) {
            return Verdict::Refuse(Refusal { code, retry_after: Some(wait) });
        }
    }
    let verdict = match (situation.earlier, situation.window.standing(counter)) {
        (Some(earlier), _) if earlier.identical && earlier.waiting => return Verdict::AlreadyWaiting,
        (Some(earlier), _) if earlier.identical && earlier.resends >= limits.resends => {
            return Verdict::Refuse(ProblemCode::ResendLimit.into());
        }
        (Some(earlier), _) if earlier.identical => Verdict::SendAgain,
        (Some(_), _) | (None, Standing::Taken) => return Verdict::Refuse(ProblemCode::CounterUsed.into()),
        (None, Standing::TooOld) => return Verdict::Refuse(ProblemCode::EnrolAgain.into()),
        (None, Standing::Free) => Verdict::Send,
    };
    match over_quota(situation, lane, limits, now) {
        Some(refusal) => Verdict::Refuse(refusal),
        None => verdict,
    }
}

fn over_quota(situation: &Situation, lane: Lane, limits: &Limits, now: UnixTime) -> Option<Refusal> {
    let of_lane = situation.device.iter().filter(|sending| sending.lane == lane).map(|sending| sending.at);
    let today = situation.device.iter().map(|sending| sending.at);
    let others_today = situation.device.iter().filter(|sending| !has_share(sending.lane)).map(|sending| sending.at);
    let others_limit = limits.device_day.saturating_sub(limits.console_share);
    let waits = [
        (ProblemCode::TooManyThisHour, wait_for_room(of_lane, HOUR, limits.lane_hour, now)),
        (
            ProblemCode::TooManyToAddress,
            wait_for_room(situation.address.iter().copied(), HOUR, limits.address_hour, now),
        ),
        (ProblemCode::TooManyToday, wait_for_room(today, DAY, limits.device_day, now)),
        (
            ProblemCode::TooManyToday,
            if has_share(lane) { None } else { wait_for_room(others_today, DAY, others_limit, now) },
        ),
    ];
    // The longest wait is the one that helps.
    let longest = waits.into_iter().filter_map(|(code, wait)| Some((code, wait?))).max_by_key(|(_, wait)| *wait);
    longest.map(|(code, wait)| Refusal { code, retry_after: Some(wait) })
}

/// Lanes that only somebody at the device can use.
const fn has_share(lane: Lane) -> bool {
    match lane {
        Lane::Console | Lane::Button => true,
        Lane::Network => false,
    }
}

/// Seconds until fewer than `limit` of `times` lie within `span`; `None` if that is so now.
pub(crate) fn wait_for_room(
    times: impl Iterator<Item = UnixTime>,
    span: i64,
    limit: usize,
    now: UnixTime,
) -> Option<i64> {
    let mut within: Vec<UnixTime> = times.filter(|at| now.since(*at) < span).collect();
    if within.len() < limit {
        return None;
    }
    within.sort_unstable();
    // The one whose leaving makes room; with a limit of none there never is room, so the whole span is named.
    let leaves = within.len().checked_sub(limit).and_then(|place| within.get(place));
    Some(leaves.map_or(span, |at| at.plus(span).since(now)).max(1))
}
