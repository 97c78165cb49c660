//! The queue of notices (R71): one letter at a time, the next at once, the whole queue again later and ever more seldom. It lies in
//! the journal, so a boot, or weeks without a network, take nothing out of it.

use std::time::Duration;

use resetkit_core::{Counter, FailureKind};

use super::super::Daemon;
use super::super::live::Return;
use super::Back;
use super::plan::forget_old_password;
use crate::after::mailing::{Errand, Post, again_after, is_of_the_letter, mailer};
use crate::after::{MailRow, letter};
use crate::audit::Entry as Line;
use crate::daemon::Ground;
use crate::state::{NoticeRow, Recipient};

/// The queue of notices at work.
#[derive(Default)]
pub(super) struct Mail {
    at_work: bool,
    /// Not before this moment.
    pub(super) next: Duration,
    tries: u32,
    /// Letters of this round that the server did not take.
    passed_over: Vec<Letter>,
}

/// One letter of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    notice: (String, u32, u64),
    to: Recipient,
}

impl Mail {
    /// When the next letter goes out; nothing while one is on its way.
    pub(super) fn due(&self, daemon: &Daemon) -> Option<Duration> {
        let letters = !self.at_work && daemon.store.state().notices.iter().any(|notice| !notice.to.is_empty());
        (letters && mails(&daemon.ground)).then_some(self.next)
    }
}

fn mails(ground: &Ground) -> bool {
    ground.config.site.connections.smtp.is_some() && mailer(ground).is_some()
}

/// Sends the next letter of the queue, if there is one and it is time.
pub(crate) fn tend(daemon: &mut Daemon) {
    forget_old_password(daemon);
    let now = daemon.now();
    let early = now.since_boot < daemon.care.mail.next;
    if early || daemon.care.mail.at_work || !mails(&daemon.ground) {
        return;
    }
    let post = Post::of(&daemon.ground, &daemon.ground.config.site.language);
    let (Some((notice, letter)), Some(post)) = (next_letter(daemon), post) else { return idle(daemon, now.since_boot) };
    let config = &daemon.ground.config;
    let texts = resetkit_config::Texts::load(&config.brand, &config.site.language);
    let powered = daemon.store.powered_seconds(now);
    let delivery = letter::compose(config, &texts, &notice, &letter.to.0, powered);
    daemon.care.mail.at_work = true;
    let (returns, owner) = (daemon.returns.clone(), daemon.care.owner());
    tokio::spawn(async move {
        let outcome = post.run(Errand::Letter(delivery)).await;
        // The loop is gone only when the daemon stops.
        let _ = returns.send(Return::Care(Back::Mailed(owner, letter, outcome))).await;
    });
}

/// Nothing can go out now. A moment that has passed must not stay what the loop waits for: it would wake for ever.
fn idle(daemon: &mut Daemon, now: Duration) {
    let mail = &mut daemon.care.mail;
    mail.passed_over.clear();
    mail.next = now + again_after(mail.tries);
}

fn next_letter(daemon: &Daemon) -> Option<(NoticeRow, Letter)> {
    let all =
        daemon.store.state().notices.iter().flat_map(|notice| {
            notice.to.iter().map(move |to| (notice, Letter { notice: key(notice), to: to.clone() }))
        });
    let mut open = all.filter(|(_, letter)| !daemon.care.mail.passed_over.contains(letter));
    open.next().map(|(notice, letter)| (notice.clone(), letter))
}

fn key(notice: &NoticeRow) -> (String, u32, u64) {
    (notice.purpose.clone(), notice.request, notice.powered_seconds)
}

/// A letter was taken, or not.
pub(super) fn mailed(daemon: &mut Daemon, letter: &Letter, outcome: Result<(), FailureKind>) {
    daemon.care.mail.at_work = false;
    let now = daemon.now();
    let powered_seconds = daemon.store.powered_seconds(now);
    // A mailbox that does not exist is not asked again.
    let gone = outcome.err().is_none_or(|kind| kind == FailureKind::MailAddressRefused);
    let failure = outcome.err().map(|kind| kind.code().to_owned());
    // A failure that is known already is not written again and again.
    let news = daemon.store.state().care.mail.as_ref().is_none_or(|mail| mail.failure != failure);
    let mut kept = true;
    if gone || news {
        kept = daemon.change(|state, _| {
            state.care.mail = Some(MailRow { failure, powered_seconds });
            if gone {
                for notice in state.notices.iter_mut().filter(|notice| key(notice) == letter.notice) {
                    notice.to.retain(|to| *to != letter.to);
                }
                state.notices.retain(|notice| !notice.to.is_empty());
            }
        });
        log(daemon, letter, outcome);
    }
    // What cannot be crossed off would go out again at once: then the queue waits too.
    go_on(daemon, letter, if kept { outcome } else { Err(FailureKind::StoreFailed) }, now.since_boot);
}

fn log(daemon: &mut Daemon, letter: &Letter, outcome: Result<(), FailureKind>) {
    let (purpose, request, _) = &letter.notice;
    let (what, detail) = match outcome {
        Ok(()) => ("notice_mailed", purpose.clone()),
        Err(kind) => ("notice_not_mailed", format!("{purpose} {}", kind.code())),
    };
    let request = (*request > 0).then(|| Counter::new(*request).to_string());
    daemon.log(&Line { what, request, lane: None, detail: Some(detail) });
}

/// After a letter: the next one at once, or the whole queue later.
fn go_on(daemon: &mut Daemon, letter: &Letter, outcome: Result<(), FailureKind>, now: Duration) {
    let more = match outcome {
        Ok(()) => {
            daemon.care.mail.tries = 0;
            true
        }
        Err(kind) => {
            daemon.care.mail.passed_over.push(letter.clone());
            is_of_the_letter(kind)
        }
    };
    let passed_over = !daemon.care.mail.passed_over.is_empty();
    if !more || (passed_over && next_letter(daemon).is_none()) {
        daemon.care.mail.passed_over.clear();
        daemon.care.mail.next = now + again_after(daemon.care.mail.tries);
        daemon.care.mail.tries = daemon.care.mail.tries.saturating_add(1);
    }
    tend(daemon);
}
