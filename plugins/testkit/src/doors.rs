//! Connections and the button: the suite plays the other end, and the hand on the button.

use std::os::unix::net::UnixStream;
use std::time::Duration;

use resetkit_contract::abi::{RSome, RVec};
use resetkit_contract::{Connection, Login, Mechanism, MethodEvent, MethodOutput, Peer, Security};
use resetkit_host::{HostFailure, HostFailureKind, Installed};

use crate::play::{Ended, Session};
use crate::report::{Check, Report};

/// How long a method may take to notice that the other end hung up. Real time.
const PATIENCE: Duration = Duration::from_secs(10);

/// Time that passes for a method at a silent end, told by this many ticks.
const TICK_MS: u64 = 5_000;
const TICKS: u64 = 60;

/// Which doors a manifest opens.
#[derive(Debug, Clone)]
pub(crate) struct Doors {
    setting: Option<String>,
    button: bool,
}

/// What is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// No connection comes about.
    Unreachable,
    /// The other end says nothing for ever.
    Silent,
    /// The other end hangs up at once.
    Closed,
    /// Held long enough, too short and too long; with a bounce, and pressed at the start.
    Held,
    /// The line is lost in the middle of a hold.
    LineLost,
}

impl Script {
    pub(crate) fn what(self) -> &'static str {
        match self {
            Script::Unreachable => "nobody can be reached",
            Script::Silent => "the other end says nothing",
            Script::Closed => "the other end hangs up",
            Script::Held => "the button is held, too short, too long and right",
            Script::LineLost => "the line of the button is lost",
        }
    }

    fn check(self) -> Check {
        match self {
            Script::Unreachable => Check::UnreachablePeer,
            Script::Silent => Check::SilentPeer,
            Script::Closed => Check::ClosedPeer,
            Script::Held => Check::ShowsHold,
            Script::LineLost => Check::LostLine,
        }
    }
}

const PEERS: [Script; 3] = [Script::Unreachable, Script::Silent, Script::Closed];
const PRESSES: [Script; 2] = [Script::Held, Script::LineLost];

impl Doors {
    pub(crate) fn of(installed: &Installed) -> Doors {
        Doors { setting: installed.settings().next().map(str::to_owned), button: installed.hears_button() }
    }

    pub(crate) fn scripts(&self) -> Vec<Script> {
        let peers = PEERS.into_iter().filter(|_| self.setting.is_some());
        peers.chain(PRESSES.into_iter().filter(|_| self.button)).collect()
    }

    /// A door that is closed has nothing to be checked.
    pub(crate) fn skip_what_is_closed(&self, report: &mut Report) {
        let open = self.scripts();
        PEERS.into_iter().chain(PRESSES).filter(|script| !open.contains(script)).for_each(|script| {
            report.skip(script.check());
        });
    }
}

impl Session<'_> {
    /// Plays one script to a method that has heard `Start` and answered this.
    pub(crate) async fn scripted(
        &mut self,
        installed: &Installed,
        script: Script,
        begun: &[MethodOutput],
    ) -> Result<(), Ended> {
        if begun.iter().any(|output| matches!(output, MethodOutput::Fail { .. })) {
            self.report.pass(script.check());
            return Ok(());
        }
        let said = match script {
            Script::Unreachable | Script::Silent | Script::Closed => {
                let asked = begun.iter().find_map(|output| {
                    if let MethodOutput::Connect { setting } = output { Some(setting.to_string()) } else { None }
                });
                // One that connects later is connected to all the same: its first setting.
                let setting = asked.or_else(|| Doors::of(installed).setting).unwrap_or_default();
                self.peer(script, &setting).await?
            }
            Script::Held => self.held().await?,
            Script::LineLost => self.line_lost().await?,
        };
        self.report.judge(script.check(), said, || "it says nothing and waits".into());
        Ok(())
    }

    async fn peer(&mut self, script: Script, setting: &str) -> Result<bool, Ended> {
        if script == Script::Unreachable {
            let refused =
                MethodEvent::ConnectRefused { setting: setting.into(), code: "smtp-unreachable".into(), at_ms: 2 };
            let outputs = self.tell("ConnectRefused", refused).await?;
            return Ok(outputs.iter().any(|output| says(output) || matches!(output, MethodOutput::Connect { .. })));
        }
        let failed = |why: String| ("Connected", HostFailure::new(HostFailureKind::Overrun, why));
        let (ours, theirs) = UnixStream::pair().map_err(|error| failed(error.to_string()))?;
        self.worker.send_with(connected(setting), theirs.into()).await.map_err(|failure| ("Connected", failure))?;
        if script == Script::Closed {
            drop(ours);
            return self.says_before_long().await;
        }
        let mut said = false;
        for tick in 1..=TICKS {
            let outputs = self.tell("a Tick at a silent end", MethodEvent::Tick { at_ms: tick * TICK_MS }).await?;
            said |= outputs.iter().any(|output| matches!(output, MethodOutput::Fail { .. }));
            if said {
                break;
            }
        }
        drop(ours);
        Ok(said)
    }

    /// What a descriptor brings comes when it comes.
    async fn says_before_long(&mut self) -> Result<bool, Ended> {
        let heard = tokio::time::timeout(PATIENCE, async {
            loop {
                let output = self.worker.next().await.map_err(|failure| ("a closed connection", failure))?;
                self.look_at(&output);
                if matches!(output, MethodOutput::Fail { .. } | MethodOutput::Connect { .. }) {
                    return Ok(true);
                }
            }
        });
        heard.await.unwrap_or(Ok(false))
    }

    async fn held(&mut self) -> Result<bool, Ended> {
        let watched = MethodEvent::PressWatched { request: "0042".into(), at_ms: 1_000, pressed: true };
        let mut shown = self.tell("PressWatched", watched).await?.iter().any(says);
        // Let go first; a bounce; too short; long enough to be too long; and as it should be.
        let edges = [(1_500, false), (2_000, true), (2_004, false), (2_008, true), (5_000, false)].into_iter().chain([
            (6_000, true),
            (30_000, false),
            (40_000, true),
            (52_000, false),
        ]);
        for (at_ms, pressed) in edges {
            let outputs = self.tell("Edge", MethodEvent::Edge { pressed, at_ms }).await?;
            let ticks = self.tell("a Tick in a hold", MethodEvent::Tick { at_ms: at_ms + 400 }).await?;
            shown |= outputs.iter().chain(&ticks).any(says);
        }
        Ok(shown)
    }

    async fn line_lost(&mut self) -> Result<bool, Ended> {
        let watched = MethodEvent::PressWatched { request: "0042".into(), at_ms: 1_000, pressed: false };
        self.tell("PressWatched", watched).await?;
        self.tell("Edge", MethodEvent::Edge { pressed: true, at_ms: 2_000 }).await?;
        Ok(self.tell("LineLost", MethodEvent::LineLost { at_ms: 3_000 }).await?.iter().any(says))
    }
}

fn says(output: &MethodOutput) -> bool {
    matches!(output, MethodOutput::Fail { .. } | MethodOutput::Show(_))
}

fn connected(setting: &str) -> MethodEvent {
    let login = Login { mechanism: Mechanism::Plain, user: "recorder".into(), secret: "no-such-password".into() };
    MethodEvent::Connected(Connection {
        setting: setting.into(),
        watch: 0,
        peer: Peer {
            host: "mail.example".into(),
            port: 465,
            security: Security::Implicit,
            login: RSome(login),
            from: "recorder@example.net".into(),
            roots: RVec::new(),
            helo: "recorder.local".into(),
        },
        at_ms: 2,
    })
}
