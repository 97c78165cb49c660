//! Methods at work: started, told, stopped. A worker that dies is an event like any other (R83).

use std::sync::Arc;

use resetkit_config::{Brand, Profile};
use resetkit_core::{
    Counter, Event, FailureKind, MethodId, MethodNews, Now, OnPresence, ProofKind, SessionId, SessionView, Ticket,
};
use resetkit_host::{
    App, ButtonInfo, Connection, HostFailure, Installed, MethodEvent, MethodOutput, PressOutcome, Screen,
    SealedChallenge, StartInfo, Support, Worker, WorkerOptions, convert,
};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::letters;
use crate::challenge::form_for;
use crate::clock::Clock;
use crate::connections::{Connector, Made, Refused};
use crate::daemon::{Cells, Daemon, Return, Running};
use crate::{facts, texts};

/// Orders that may wait for one worker (R47).
const ORDERS_MAX: usize = 16;

/// Starts the worker of a method; everything it says comes back to the loop under this ticket.
pub(super) fn start(daemon: &mut Daemon, id: SessionId, run: Ticket, method: &MethodId) -> Option<Event> {
    let Some(installed) = daemon.ground.method(method).cloned() else {
        return Some(Event::MethodGone(run, FailureKind::MethodNotInstalled));
    };
    let info = start_info(daemon, id)?;
    let (orders, inbox) = mpsc::channel(ORDERS_MAX);
    let live = daemon.lives.get_mut(&id)?;
    live.running = Some(Running { run, orders });
    live.picture = None;
    let (connector, clock) = (daemon.ground.connector.clone(), daemon.ground.clock.clone());
    let at_work = AtWork { id, run, back: daemon.returns.clone(), inbox, connector, clock, connecting: JoinSet::new() };
    tokio::spawn(at_work.work(installed, daemon.ground.workers.clone(), info));
    None
}

/// Stops it; what it still says is not heard.
pub(super) fn stop(daemon: &mut Daemon, id: SessionId, run: Ticket) -> Option<Event> {
    let live = daemon.lives.get_mut(&id)?;
    if live.running.take_if(|running| running.run == run).is_some() {
        live.picture = None;
    }
    None
}

/// Tells it of a change.
pub(super) fn tell(daemon: &mut Daemon, id: SessionId, run: Ticket, news: MethodNews) -> Option<Event> {
    order(daemon, id, run, convert::news_to_event(news))
}

/// Hands it the sealed challenge, which is durable by now.
pub(super) fn deliver(daemon: &mut Daemon, id: SessionId, counter: Counter, run: Ticket) -> Option<Event> {
    let now = daemon.now();
    let live = daemon.lives.get(&id)?;
    let view = live.session.as_ref()?.view(now);
    let sealed = live.carried(counter)?;
    let challenge = SealedChallenge {
        url: sealed.url.as_str().into(),
        request: counter.to_string().into(),
        tries_left: view.tries_left.unwrap_or(0),
        minutes_left: view.minutes_left.unwrap_or(0),
    };
    // What it showed so far is of no challenge, or of an older one: the page waits for the new picture.
    if let Some(live) = daemon.lives.get_mut(&id) {
        live.picture = None;
    }
    order(daemon, id, run, MethodEvent::Sealed(challenge))
}

/// What a method is told of the codes that the owner keeps.
pub(super) struct Awaited {
    pub(super) counter: Counter,
    pub(super) left: u8,
    pub(super) tries_left: u8,
}

/// Tells it that one of them is awaited now.
pub(super) fn await_kept(daemon: &mut Daemon, id: SessionId, run: Ticket, awaited: Awaited) -> Option<Event> {
    let Awaited { counter, left, tries_left } = awaited;
    order(daemon, id, run, MethodEvent::KeptReady { request: counter.to_string().into(), left, tries_left })
}

/// Hands it the code, once, and forgets it. Its challenge is durable by now.
pub(super) fn hand_over(daemon: &mut Daemon, id: SessionId, counter: Counter, run: Ticket) -> Option<Event> {
    let now = daemon.now();
    let live = daemon.lives.get_mut(&id)?;
    let view = live.session.as_ref()?.view(now);
    let code =
        live.carried.iter_mut().find(|carried| carried.counter == counter).and_then(|carried| carried.code.take());
    let (Some(code), Some(recipient)) = (code, live.address.stored.as_deref()) else {
        // Handed over before, or lost with a boot: a new one has to be asked for.
        return Some(Event::MethodGone(run, FailureKind::SealFailed));
    };
    let about = letters::About {
        request: counter,
        purpose: view.purpose,
        recipient,
        locale: &live.locale,
        tries_left: view.tries_left.unwrap_or(0),
        minutes_left: view.minutes_left.unwrap_or(daemon.ground.policy.rules.life_minutes),
    };
    let delivery = letters::compose(&daemon.ground.config, &about, &code);
    order(daemon, id, run, MethodEvent::Deliver(delivery))
}

/// Tells it of a button of its own view. One that the view does not have, the host does not pass on.
pub(crate) fn press(daemon: &mut Daemon, id: SessionId, action: &str) {
    let Some(run) = daemon.lives.get(&id).and_then(|live| live.running.as_ref()).map(|running| running.run) else {
        return;
    };
    if let Some(event) = order(daemon, id, run, MethodEvent::Action { id: action.into() }) {
        daemon.feed(id, event);
    }
}

/// Tells it something. `Some`: it does not listen, and what that means for the session.
pub(crate) fn order(daemon: &Daemon, id: SessionId, run: Ticket, event: MethodEvent) -> Option<Event> {
    let running = daemon.lives.get(&id)?.running.as_ref().filter(|running| running.run == run)?;
    match running.orders.try_send(event) {
        Ok(()) => None,
        // A worker that does not take its orders is as good as hung; one that is gone says so itself.
        Err(mpsc::error::TrySendError::Full(_)) => Some(Event::MethodGone(run, FailureKind::MethodHung)),
        Err(mpsc::error::TrySendError::Closed(_)) => None,
    }
}

/// What the method is told at the start; what its manifest does not grant, the host takes out.
fn start_info(daemon: &Daemon, id: SessionId) -> Option<StartInfo> {
    let now = daemon.now();
    let live = daemon.lives.get(&id)?;
    let view = live.session.as_ref()?.view(now);
    let (brand, profile) = (&daemon.ground.config.brand, &daemon.ground.config.profile);
    Some(StartInfo {
        purpose: convert::purpose_to_contract(view.purpose),
        form: convert::form_to_contract(form_for(live.address.stored.as_deref())),
        locale: live.locale.as_str().into(),
        screen: screen(profile, live.lane, live.cells),
        tries_left: view.tries_left.unwrap_or(daemon.ground.policy.rules.tries),
        minutes_left: view.minutes_left.unwrap_or(daemon.ground.policy.rules.life_minutes),
        new_codes_left: new_codes_left(daemon, &view),
        at_ms: at_ms(now),
        address_hint: live.address.hint.as_deref().map(Into::into).into(),
        app: Some(App {
            name: brand.app_name.as_str().into(),
            menu: brand.app_menu_path.iter().map(|entry| entry.as_str().into()).collect(),
        })
        .into(),
        clock: now.wall.filter(|_| facts::clock_trusted(&daemon.ground.config)).into(),
        button: button_info(daemon).into(),
        support: support(brand).into(),
    })
}

/// What the brand says of its support; nothing where it says nothing.
fn support(brand: &Brand) -> Option<Support> {
    let contact = brand.support_line();
    let hours = texts::support_hours(brand);
    (!contact.is_empty()).then(|| Support { contact: contact.into(), hours: hours.into() })
}

fn screen(profile: &Profile, lane: resetkit_core::Lane, cells: Option<Cells>) -> Screen {
    if let Some(Cells { columns, rows }) = cells {
        return Screen { width_px: 0, height_px: 0, columns, rows };
    }
    let size = facts::screen(profile, lane);
    let text = profile.screen.filter(|_| lane != resetkit_core::Lane::Network);
    Screen {
        width_px: size.width,
        height_px: size.height,
        columns: text.map_or(0, |screen| screen.columns),
        rows: text.map_or(0, |screen| screen.rows),
    }
}

fn button_info(daemon: &Daemon) -> Option<ButtonInfo> {
    let rules = daemon.ground.policy.rules.button.filter(|_| daemon.button.is_there())?;
    let ms = |time: std::time::Duration| u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
    Some(ButtonInfo {
        hold_ms: ms(rules.hold),
        longest_ms: ms(rules.longest),
        window_ms: ms(rules.window),
        pressed: daemon.button.is_pressed(),
        outcome: match rules.on_presence {
            OnPresence::NewPassword => PressOutcome::NewPassword,
            OnPresence::FactoryState => PressOutcome::FactoryState,
        },
    })
}

fn new_codes_left(daemon: &Daemon, view: &SessionView) -> u8 {
    let most = daemon.ground.policy.rules.challenges_per_session.saturating_sub(1);
    if view.request.is_none() { most } else { u8::from(view.can_ask_new).min(most) }
}

fn at_ms(now: Now) -> u64 {
    u64::try_from(now.since_boot.as_millis()).unwrap_or(u64::MAX)
}

/// One worker's task.
struct AtWork {
    id: SessionId,
    run: Ticket,
    back: mpsc::Sender<Return>,
    inbox: mpsc::Receiver<MethodEvent>,
    connector: Connector,
    clock: Clock,
    /// The connection that is being made, if one is.
    connecting: JoinSet<(String, Result<Made, Refused>)>,
}

impl AtWork {
    async fn work(mut self, installed: Installed, options: WorkerOptions, info: StartInfo) {
        if let Err(failure) = self.serve(&installed, &options, info).await {
            tracing::warn!(method = %installed.id(), %failure, "the method is gone");
            let gone = Event::MethodGone(self.run, convert::failure_of(&failure));
            self.say(Return::Method(self.id, self.run, gone)).await;
        }
    }

    /// Until the loop lets go of it (`Ok`) or the worker is gone (`Err`).
    async fn serve(
        &mut self,
        installed: &Installed,
        options: &WorkerOptions,
        info: StartInfo,
    ) -> Result<(), HostFailure> {
        let mut worker = Worker::start(installed, options).await?;
        self.say(Return::Method(self.id, self.run, Event::MethodStarted(self.run))).await;
        worker.send(MethodEvent::Start(info)).await?;
        loop {
            tokio::select! {
                order = self.inbox.recv() => match order {
                    Some(event) => worker.send(event).await?,
                    None => {
                        worker.stop().await;
                        return Ok(());
                    }
                },
                Some(Ok((setting, made))) = self.connecting.join_next() => {
                    self.hand_connection(&mut worker, setting, made).await?;
                }
                output = worker.next() => self.hear(installed.manifest().proof, output?).await,
            }
        }
    }

    /// The socket goes to the worker; nobody else holds it then.
    async fn hand_connection(
        &self,
        worker: &mut Worker,
        setting: String,
        made: Result<Made, Refused>,
    ) -> Result<(), HostFailure> {
        let at_ms = u64::try_from(self.clock.since_boot().as_millis()).unwrap_or(u64::MAX);
        match made {
            Ok(Made { peer, socket }) => {
                let connection = Connection { setting: setting.into(), watch: 0, peer, at_ms };
                worker.send_with(MethodEvent::Connected(connection), socket).await
            }
            Err(refused) => {
                tracing::warn!(session = %self.id, setting, %refused, "no connection for the method");
                let code = refused.code().into();
                worker.send(MethodEvent::ConnectRefused { setting: setting.into(), code, at_ms }).await
            }
        }
    }

    async fn hear(&mut self, proof: ProofKind, output: MethodOutput) {
        if let Some(event) = convert::output_to_event(self.run, proof, &output) {
            self.say(Return::Method(self.id, self.run, event)).await;
        } else if let MethodOutput::Show(view) = output {
            self.say(Return::Picture(self.id, self.run, Arc::new(view))).await;
        } else if let MethodOutput::Connect { setting } = output {
            // One at a time: a newer wish takes the older one's place.
            self.connecting.abort_all();
            self.connecting.detach_all();
            let (connector, setting) = (self.connector.clone(), setting.to_string());
            self.connecting.spawn(async move {
                let made = connector.connect(&setting).await;
                (setting, made)
            });
        } else if let MethodOutput::Log { level, key } = output {
            tracing::info!(session = %self.id, ?level, %key, "the method says");
        }
    }

    async fn say(&self, back: Return) {
        // The loop is gone only when the daemon stops.
        let _ = self.back.send(back).await;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by it")]

    use super::*;

    #[test]
    fn r89_a_method_is_told_the_desks_line_and_hours_and_the_brands_contact_where_there_is_no_desk() {
        let mut brand = Brand::plain();
        let desk = brand.support.as_mut().unwrap();
        desk.contact = Some("+49 30 1234".to_owned());
        desk.hours = Some("Mon-Sat 7-22".to_owned());
        let told = support(&brand).unwrap();
        assert_eq!((told.contact.as_str(), told.hours.as_str()), ("+49 30 1234", "Mon-Sat 7-22"));
        assert_eq!(texts::support_line(&brand), "+49 30 1234 (Mon-Sat 7-22)");
        brand.support = None;
        let told = support(&brand).unwrap();
        assert_eq!((told.contact.as_str(), told.hours.as_str()), (brand.support_contact.as_str(), ""));
        assert_eq!(texts::support_line(&brand), brand.support_contact);
    }
}
