//! The queue of notices that wait to be mailed (R71): what makes way for what.

use crate::state::{FORMER_MAX, NoticeRow, State};

/// Most notices that wait (R47).
const NOTICES_MAX: usize = 16;
/// Most recipients of a notice that took the place of others (R47); the newest make way.
const RECIPIENTS_MAX: usize = FORMER_MAX + 1;

impl State {
    /// Queues a notice, if it goes to anybody. One that says the same of the same account takes the place of the one that waits, with
    /// whom that one did not reach. Where the queue is full, the oldest makes way of those that tell of no intruder: nobody
    /// pushes the word of a reset out by changing addresses and codes.
    pub fn queue(&mut self, mut notice: NoticeRow) {
        if notice.to.is_empty() {
            return;
        }
        let same = |old: &NoticeRow| old.purpose == notice.purpose && old.account == notice.account;
        if notice.repeats()
            && let Some(at) = self.notices.iter().position(same)
        {
            let mut to = self.notices.remove(at).to;
            to.extend(std::mem::take(&mut notice.to).into_iter().filter(|new| !to.contains(new)).collect::<Vec<_>>());
            to.truncate(RECIPIENTS_MAX);
            notice.to = to;
        }
        self.notices.push(notice);
        if self.notices.len() > NOTICES_MAX {
            let at = self.notices.iter().position(|notice| !notice.is_grave()).unwrap_or(0);
            self.notices.remove(at);
        }
    }
}

impl NoticeRow {
    /// It tells of somebody who may be taking the device over.
    fn is_grave(&self) -> bool {
        ["reset", "unlock", "address-changed-after-reset"].contains(&self.purpose.as_str())
    }

    /// The next one of its kind makes it old news.
    fn repeats(&self) -> bool {
        ["codes-", "address-"].iter().any(|family| self.purpose.starts_with(family))
    }
}

#[cfg(test)]
mod tests {
    use super::{NOTICES_MAX, RECIPIENTS_MAX};
    use crate::state::{LaneRow, NoticeRow, Recipient, State};

    fn notice(purpose: &str, request: u32, to: &[&str]) -> NoticeRow {
        NoticeRow {
            request,
            lane: LaneRow::Network,
            purpose: purpose.to_owned(),
            method: String::new(),
            account: "admin".to_owned(),
            powered_seconds: u64::from(request),
            wall: None,
            sheet: None,
            to: to.iter().map(|to| Recipient((*to).to_owned())).collect(),
        }
    }

    fn purposes(state: &State) -> Vec<&str> {
        state.notices.iter().map(|notice| notice.purpose.as_str()).collect()
    }

    #[test]
    fn r71_a_notice_to_nobody_takes_no_place() {
        let mut state = State::default();
        state.queue(notice("reset", 1, &[]));
        assert!(state.notices.is_empty());
    }

    #[test]
    fn r63_changing_address_and_codes_again_and_again_pushes_no_word_of_a_reset_out() {
        let mut state = State::default();
        state.queue(notice("reset", 1, &["owner"]));
        state.queue(notice("address-changed-after-reset", 0, &["owner", "thief"]));
        for n in 0..100 {
            let purpose = ["codes-made", "codes-renewed", "codes-removed", "address-changed", "confirm-address"][n % 5];
            state.queue(notice(purpose, 0, &["thief"]));
        }
        assert_eq!(state.notices.len(), NOTICES_MAX);
        assert_eq!(purposes(&state)[..2], ["reset", "address-changed-after-reset"]);
        for n in 0..32 {
            state.queue(notice("reset", n, &["owner"]));
        }
        assert!(purposes(&state).iter().filter(|purpose| **purpose == "reset").count() >= NOTICES_MAX - 1);
    }

    #[test]
    fn r63_a_notice_in_the_place_of_another_goes_to_whom_that_one_did_not_reach_before_anybody_new() {
        let mut state = State::default();
        state.queue(notice("address-changed", 0, &["owner", "first"]));
        for n in 0..40 {
            state.queue(notice("address-changed", 0, &["first", &format!("thief-{n}")]));
        }
        let [only] = &state.notices[..] else { panic!("{:?}", purposes(&state)) };
        assert_eq!((only.to.len(), only.to[0].0.as_str()), (RECIPIENTS_MAX, "owner"));
    }
}
