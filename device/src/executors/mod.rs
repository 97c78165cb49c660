//! What carries out the engine's effects, one file per family.

mod challenges;
mod charging;
mod deriving;
mod erasing;
pub(crate) mod letters;
mod methods;
pub(crate) mod passwords;
mod telling;

use resetkit_core::{Effect, Event, SessionId};

use crate::daemon::{Daemon, button};

pub(crate) use methods::{order, press};

/// Carries out one effect of a session. `Some`: its answer is there at once; `None`: it has none, or comes back later.
pub(crate) fn carry_out(daemon: &mut Daemon, id: SessionId, effect: Effect) -> Option<Event> {
    match effect {
        Effect::StartMethod { ticket, method } => methods::start(daemon, id, ticket, &method),
        Effect::StopMethod { run, method: _ } => methods::stop(daemon, id, run),
        Effect::TellMethod { run, news } => methods::tell(daemon, id, run, news),
        Effect::DeliverSealed { counter, run } => methods::deliver(daemon, id, counter, run),
        Effect::IssueChallenge { ticket, method: _, purpose, lane, carriage, style } => {
            challenges::issue(daemon, id, challenges::Issue { ticket, purpose, lane, carriage, style })
        }
        Effect::VoidChallenges(counters) => challenges::void(daemon, &counters),
        Effect::Persist { ticket, record } => charging::persist(daemon, id, ticket, &record),
        Effect::Charge { ticket, lane, record } => charging::charge(daemon, id, ticket, lane, &record),
        Effect::Derive { ticket, code, purpose, bound, salt } => {
            deriving::derive(daemon, id, ticket, code, deriving::From { purpose, bound, salt })
        }
        Effect::Prepare { ticket, account, password } => passwords::prepare(daemon, id, ticket, account, password),
        Effect::DropPrepared(transaction) => passwords::drop_prepared(daemon, id, transaction),
        Effect::CommitPassword { ticket, grant } => passwords::commit(daemon, id, ticket, &grant),
        Effect::ConfirmAddress { ticket, grant } => passwords::confirm_address(daemon, id, ticket, &grant),
        Effect::AwaitKept { counter, run, left, tries_left } => {
            methods::await_kept(daemon, id, run, methods::Awaited { counter, left, tries_left })
        }
        Effect::DeliverCode { counter, run } => methods::hand_over(daemon, id, counter, run),
        Effect::RaiseCounter { ticket, lane } => button::raise_counter(daemon, id, ticket, lane),
        Effect::WatchButton { run, counter } => button::watch(daemon, id, run, counter),
        Effect::LeaveButton { run: _ } => {
            daemon.button.leave(id);
            None
        }
        Effect::EraseAll { ticket, grant } => erasing::erase(daemon, id, ticket, &grant),
        Effect::Audit(entry) => telling::audit(daemon, &entry),
        Effect::NotifyOwner(notice) => telling::notify(daemon, id, &notice),
        Effect::Note(note) => telling::note(id, note),
        Effect::Close => telling::close(daemon, id),
    }
}
