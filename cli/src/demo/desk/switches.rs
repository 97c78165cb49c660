//! The switches below the three screens: each takes something away from the real processes, or gives it back.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::sync::watch;

use super::super::device::Recorder;
use super::super::household::{Household, Who};
use super::super::situation::Situation;
use super::super::story;
use super::super::world::FRONT_SOCKET;
use super::button::Finger;
use super::crash;
use super::journal::{Journal, Line, Party};
use super::wire::Flow;
use crate::failure::Failure;

/// How everything stands.
struct Standing {
    household: Household,
    situation: Situation,
    finger: Finger,
    network_pulled: bool,
    mail_silent: bool,
    relay_down: bool,
}

/// The room behind the desk.
pub(super) struct Room {
    standing: Mutex<Standing>,
    recorder_wire: watch::Sender<Flow>,
    relay_wire: watch::Sender<Flow>,
    front: PathBuf,
    pub(super) relay_url: String,
    pub(super) mailbox_url: String,
}

impl Room {
    pub(super) fn new(household: Household) -> Room {
        Room {
            front: household.world.root.join(FRONT_SOCKET),
            relay_url: household.relay_url.clone(),
            mailbox_url: household.mailbox_url.clone(),
            recorder_wire: watch::Sender::new(Flow::Open),
            relay_wire: watch::Sender::new(Flow::Open),
            standing: Mutex::new(Standing {
                finger: Finger::on(household.world.button_socket(Situation::default())),
                household,
                situation: Situation::default(),
                network_pulled: false,
                mail_silent: false,
                relay_down: false,
            }),
        }
    }

    /// Both wires: port to listen at, port to carry to, and how it flows. First the recorder's.
    pub(super) fn wires(&self) -> [(u16, u16, watch::Receiver<Flow>); 2] {
        let ports = self.standing().household.world.ports;
        [
            (ports.recorder_wire, ports.submission, self.recorder_wire.subscribe()),
            (ports.relay_wire, ports.smtp, self.relay_wire.subscribe()),
        ]
    }

    /// The recorder's socket for the web server in front of it.
    pub(super) fn front(&self) -> PathBuf {
        self.front.clone()
    }

    /// A process that ended without being told to.
    pub(super) fn lost(&self) -> Option<Failure> {
        self.standing().household.lost()
    }

    /// The switches as the page shows them.
    pub(super) fn told(&self) -> Value {
        let at = self.standing();
        json!({
            "no-email": at.situation.no_email, "clock": at.situation.clock_1970,
            "network": at.network_pulled, "mail-silent": at.mail_silent, "relay-down": at.relay_down,
        })
    }

    /// Throws a switch. `None`: there is no such switch.
    pub(super) fn throw(&self, name: &str, on: bool, journal: &Journal) -> Option<Result<(), Failure>> {
        let mut at = self.standing();
        let (text_on, text_off, done) = match name {
            "no-email" => {
                let situation = Situation { no_email: on, ..at.situation };
                ("desk-did-no-email", "desk-undid-no-email", at.place(situation))
            }
            "clock" => {
                let situation = Situation { clock_1970: on, ..at.situation };
                ("desk-did-clock", "desk-undid-clock", at.place(situation))
            }
            "network" => {
                at.network_pulled = on;
                ("desk-did-network", "desk-undid-network", Ok(()))
            }
            "mail-silent" => {
                at.mail_silent = on;
                ("desk-did-mail-silent", "desk-undid-mail-silent", Ok(()))
            }
            "relay-down" => ("desk-did-relay-down", "desk-undid-relay-down", at.relay(on)),
            _ => return None,
        };
        self.recorder_wire.send_replace(match (at.network_pulled, at.mail_silent) {
            (true, _) => Flow::Cut,
            (false, true) => Flow::Silent,
            (false, false) => Flow::Open,
        });
        self.relay_wire.send_replace(if at.mail_silent { Flow::Silent } else { Flow::Open });
        drop(at);
        journal.add(Line::new(Party::You, if on { text_on } else { text_off }));
        Some(done)
    }

    /// Kills the process of the method at work; says how many there were.
    pub(super) fn crash_method(&self) -> usize {
        self.standing().household.pid(Who::Recorder).map_or(0, crash::crash_methods)
    }

    /// Cuts the power and gives it back.
    pub(super) fn cut_power(&self) -> Result<(), Failure> {
        let mut at = self.standing();
        at.household.kill(Who::Recorder);
        at.start()
    }

    /// The finger on the button.
    pub(super) fn press(&self, pressed: bool) -> bool {
        self.standing().finger.press(pressed)
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Standing {
    /// Puts another recorder there, or the same with another clock.
    fn place(&mut self, situation: Situation) -> Result<(), Failure> {
        self.household.stop(Who::Recorder);
        self.situation = situation;
        self.household.world.place_recorder(situation)?;
        self.start()
    }

    fn start(&mut self) -> Result<(), Failure> {
        self.household.recorder_url = self.household.start_recorder()?;
        self.finger = Finger::on(self.household.world.button_socket(self.situation));
        let recorder = Recorder::at(&self.household.recorder_url);
        if self.situation.no_email && !recorder.is_initialised()? {
            recorder.initialise(story::OLD, None)
        } else {
            Ok(())
        }
    }

    fn relay(&mut self, down: bool) -> Result<(), Failure> {
        if down == self.relay_down {
            return Ok(());
        }
        self.relay_down = down;
        if down {
            self.household.stop(Who::Relay);
            return Ok(());
        }
        self.household.start_relay().map(drop)
    }
}
