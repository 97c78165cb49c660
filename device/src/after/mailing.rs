//! Mail that the device sends of its own accord, by the same method and the same kind of connection as a code (R71). No
//! session waits for it, so the engine has no part in it: what is handed over holds no secret but the address.

use std::time::Duration;

use resetkit_core::{Carries, Event, FailureKind, Purpose, Ticket};
use resetkit_host::{
    Connection, Delivery, HostFailure, Installed, MethodEvent, MethodOutput, Screen, StartInfo, Worker, WorkerOptions,
    convert,
};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::challenge::form_for;
use crate::clock::Clock;
use crate::connections::{Connector, Made, Refused};
use crate::daemon::Ground;
use crate::facts;

/// Longest for one mail: connection, log-in, and a server that looks at it for a minute.
const PATIENCE: Duration = Duration::from_secs(120);

/// What is to be done at the mail server.
pub(crate) enum Errand {
    /// Hand over this letter.
    Letter(Delivery),
    /// Log in and leave: the doctor's question.
    LogIn,
}

/// The method that mails by itself and serves notices.
pub(crate) fn mailer(ground: &Ground) -> Option<&Installed> {
    ground.methods.iter().find(|installed| {
        let manifest = installed.manifest();
        manifest.carries() == Carries::Handed && manifest.purposes.contains(&Purpose::Notice)
    })
}

/// Everything that a mail needs. Cheap to make, sent to a task.
pub(crate) struct Post {
    installed: Installed,
    options: WorkerOptions,
    connector: Connector,
    clock: Clock,
    start: StartInfo,
}

impl Post {
    /// By the first method that mails by itself and serves notices; `None` where there is none.
    pub(crate) fn of(ground: &Ground, language: &str) -> Option<Self> {
        Some(Self {
            installed: mailer(ground)?.clone(),
            options: ground.workers.clone(),
            connector: ground.connector.clone(),
            clock: ground.clock.clone(),
            start: start(ground, language),
        })
    }

    /// Runs the errand to its end, within its time.
    pub(crate) async fn run(self, errand: Errand) -> Result<(), FailureKind> {
        match timeout(PATIENCE, self.serve(errand)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(FailureKind::SmtpUnreachable),
        }
    }

    async fn serve(self, errand: Errand) -> Result<(), FailureKind> {
        let gone = |failure: HostFailure| {
            tracing::warn!(%failure, "the method that mails is gone");
            convert::failure_of(&failure)
        };
        let mut worker = Worker::start(&self.installed, &self.options).await.map_err(gone)?;
        worker.send(MethodEvent::Start(self.start.clone())).await.map_err(gone)?;
        let (mut errand, mut connecting) = (Some(errand), JoinSet::new());
        loop {
            tokio::select! {
                Some(Ok((setting, made))) = connecting.join_next() => {
                    self.hand(&mut worker, setting, made).await.map_err(gone)?;
                }
                output = worker.next() => match output.map_err(gone)? {
                    MethodOutput::Connect { setting } => {
                        let (connector, setting) = (self.connector.clone(), setting.to_string());
                        connecting.spawn(async move {
                            let made = connector.connect(&setting).await;
                            (setting, made)
                        });
                    }
                    MethodOutput::AskDelivery { .. } => match errand.take() {
                        Some(Errand::Letter(letter)) => worker.send(MethodEvent::Deliver(letter)).await.map_err(gone)?,
                        Some(Errand::LogIn) | None => return leave(worker, Ok(())).await,
                    },
                    MethodOutput::Delivered => return leave(worker, Ok(())).await,
                    output @ (MethodOutput::Fail { .. } | MethodOutput::Done) => {
                        let why = failure(&self.installed, &output).unwrap_or(FailureKind::MethodGaveUp);
                        return leave(worker, Err(why)).await;
                    }
                    MethodOutput::Ready
                    | MethodOutput::Seal { .. }
                    | MethodOutput::Show(_)
                    | MethodOutput::Attest(_)
                    | MethodOutput::AskPress
                    | MethodOutput::AskKept
                    | MethodOutput::Watch { .. }
                    | MethodOutput::Unwatch { .. }
                    | MethodOutput::WakeAfter { .. }
                    | MethodOutput::Log { .. } => {}
                },
            }
        }
    }

    async fn hand(&self, worker: &mut Worker, setting: String, made: Result<Made, Refused>) -> Result<(), HostFailure> {
        let at_ms = millis(self.clock.since_boot());
        match made {
            Ok(Made { peer, socket }) => {
                let connection = Connection { setting: setting.into(), watch: 0, peer, at_ms };
                worker.send_with(MethodEvent::Connected(connection), socket).await
            }
            Err(refused) => {
                tracing::info!(setting, %refused, "no connection for a notice");
                let code = refused.code().into();
                worker.send(MethodEvent::ConnectRefused { setting: setting.into(), code, at_ms }).await
            }
        }
    }
}

async fn leave(worker: Worker, outcome: Result<(), FailureKind>) -> Result<(), FailureKind> {
    worker.stop().await;
    outcome
}

/// Why the method gave up, if that is what it says.
fn failure(installed: &Installed, output: &MethodOutput) -> Option<FailureKind> {
    match convert::output_to_event(Ticket::new(0), installed.manifest().proof, output) {
        Some(Event::MethodFailed(_, kind)) => Some(kind),
        Some(_) | None => None,
    }
}

fn start(ground: &Ground, language: &str) -> StartInfo {
    let wall = ground.clock.wall().filter(|_| facts::clock_trusted(&ground.config));
    StartInfo {
        purpose: convert::purpose_to_contract(Purpose::Notice),
        form: convert::form_to_contract(form_for(None)),
        locale: language.into(),
        screen: Screen { width_px: 800, height_px: 480, columns: 0, rows: 0 },
        tries_left: 0,
        minutes_left: 0,
        new_codes_left: 0,
        at_ms: millis(ground.clock.since_boot()),
        address_hint: None.into(),
        app: None.into(),
        clock: wall.into(),
        button: None.into(),
        support: None.into(),
    }
}

fn millis(at: Duration) -> u64 {
    u64::try_from(at.as_millis()).unwrap_or(u64::MAX)
}

/// When a queue that could not be emptied is tried again: a minute, then twice as long each time, at most six hours.
pub(crate) fn again_after(tries: u32) -> Duration {
    const LONGEST: Duration = Duration::from_secs(6 * 60 * 60);
    Duration::from_secs(60).saturating_mul(1_u32 << tries.min(9)).min(LONGEST)
}

/// Whether the trouble is of this one letter, so that others may still go out now.
pub(crate) fn is_of_the_letter(kind: FailureKind) -> bool {
    kind == FailureKind::MailAddressRefused || kind == FailureKind::MailboxFull || kind == FailureKind::SmtpRefused
}

#[cfg(test)]
mod tests {
    use super::again_after;

    #[test]
    fn r71_a_notice_that_cannot_leave_is_tried_again_ever_more_seldom_and_never_given_up() {
        let minutes = |tries| again_after(tries).as_secs() / 60;
        assert_eq!([0, 1, 2, 8, 9, 40, u32::MAX].map(minutes), [1, 2, 4, 256, 360, 360, 360]);
    }
}
