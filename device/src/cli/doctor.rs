//! `resetd doctor`: the same looks as on the page, for a service manager or somebody at a shell. Needs no running daemon and
//! stops none; the button can only be tried here where no daemon holds its line.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use resetkit_config::{Brand, DeviceConfig, Texts};
use resetkit_core::{Lane, Now};
use resetkit_host::Linked;

use super::{At, Outcome, load, say};
use crate::daemon::{Embedding, Ground};
use crate::doctor::{ButtonSeen, Patient, ReportOf, examine, report};
use crate::facts::{self, Owner, Surroundings};
use crate::identity::Identity;
use crate::lines::{Line, Signal};
use crate::probes::Probes;
use crate::serve::{self, StartError};
use crate::state::State;

const EXAMPLES: &str = "Examples:
  resetd doctor --config /etc/resetkit/site.toml
      Plain words, each trouble with its next step, and a case code for support.
  resetd doctor --config /etc/resetkit/site.toml --json | jq '.checks[] | select(.light == \"red\")'
      For programs: the same as GET /api/v0/doctor.
  resetd doctor --config /etc/resetkit/site.toml --press 20
      Waits 20 seconds for somebody to press the reset button. Stop the service first: only one program can read the line.

Exit code: 0 where all is well or worth a look only, 1 where something does not work, 2 where the configuration cannot be read.
No address, host, user name or password is ever printed.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    at: At,
    /// One JSON document.
    #[arg(long)]
    json: bool,
    /// Language of the words; the site's if absent.
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// Wait so long for the button to be pressed.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u16).range(1..=120))]
    press: Option<u16>,
}

/// Runs it.
pub(super) fn main(arguments: &Arguments, linked: &'static [Linked]) -> ExitCode {
    match look(arguments, linked) {
        Ok((report, _)) if arguments.json => told(&serde_json::to_string_pretty(&report).unwrap_or_default(), &report),
        Ok((report, words)) => told(words.page(&report).trim_end(), &report),
        Err(error) => unfit(&*error),
    }
}

fn told(answer: &str, report: &ReportOf) -> ExitCode {
    match say(answer) {
        Ok(()) => code(report),
        Err(error) => unfit(&*error),
    }
}

fn unfit(error: &dyn std::error::Error) -> ExitCode {
    // Nobody to tell if even that fails.
    let _ = writeln!(std::io::stderr(), "resetd: {error}");
    ExitCode::from(2)
}

fn code(report: &ReportOf) -> ExitCode {
    if report.light == "red" { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn look(arguments: &Arguments, linked: &'static [Linked]) -> Outcome<(ReportOf, Words)> {
    let config = load(&arguments.at)?;
    let texts = match &arguments.lang {
        Some(asked) => texts(&config.brand, asked)?,
        None => Texts::load(&config.brand, &config.site.language),
    };
    let words = Words { texts, config: config.clone() };
    let identity = Identity::load(serve::state_folder(&config)?.as_ref())?;
    let ground = std::sync::Arc::new(Ground::lay(config, identity, Embedding { linked, ..Embedding::default() })?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(StartError::Runtime)?;
    let report = runtime.block_on(async {
        let button = button(&ground, arguments.press).await;
        let patient = patient(ground, button);
        // Nobody else examines on the ground that was just laid.
        let findings = examine(&patient).await.unwrap_or_default();
        report(&patient, &findings, &words.texts)
    });
    Ok((report, words))
}

/// A language that somebody asked for is there, or he is told which are.
fn texts(brand: &Brand, asked: &str) -> Outcome<Texts> {
    let texts = Texts::load(brand, asked);
    let wanted = asked.split(['-', '_', '.']).next().unwrap_or_default();
    if texts.language().as_str().eq_ignore_ascii_case(wanted) {
        return Ok(texts);
    }
    let known = brand.languages.join(", ");
    Err(format!("the brand `{}` has no texts in `{asked}`. Use one of its languages with `--lang`: {known}.", brand.id)
        .into())
}

fn patient(ground: std::sync::Arc<Ground>, button: ButtonSeen) -> Patient {
    let found = Probes::new(ground.connector.clone()).look();
    let around = Surroundings {
        relay: ground.relay.is_some(),
        storage: true,
        smtp: found.smtp,
        button: button != ButtonSeen::Lost,
        network: found.network,
        support: ground.support.is_some(),
    };
    let owner = Owner { account: &ground.admin, lane: Lane::Console, cells: None };
    // Nobody's state is read: what an owner has set up is for him to see, on the page.
    let facts = facts::probe(&ground.config, &State::default(), owner, around);
    let now = Now { since_boot: ground.clock.since_boot(), wall: ground.clock.wall() };
    Patient { ground, facts, clock_set: now.wall.is_some(), button, storage: true }
}

/// Looks at the line only where it is asked to: a running daemon holds it.
async fn button(ground: &Ground, press: Option<u16>) -> ButtonSeen {
    let Some(button) = &ground.config.profile.button else { return ButtonSeen::None };
    let Some(seconds) = press else { return ButtonSeen::NotLooked };
    let mut line = Line::start(&button.line, &ground.config.site.state_dir, ground.clock.clone());
    let mut seen = ButtonSeen::Waiting;
    let pressed = async {
        let mut down = false;
        while let Some(signal) = line.next().await {
            match signal {
                Signal::Level { pressed: true, .. } => down = true,
                Signal::Level { pressed: false, .. } if down => return ButtonSeen::Pressed,
                Signal::Level { pressed: false, .. } => seen = ButtonSeen::Waiting,
                Signal::Lost { .. } => seen = ButtonSeen::Lost,
            }
        }
        ButtonSeen::Lost
    };
    match tokio::time::timeout(Duration::from_secs(seconds.into()), pressed).await {
        Ok(outcome) => outcome,
        Err(_) => seen,
    }
}

/// The words around the report.
struct Words {
    texts: Texts,
    config: DeviceConfig,
}

impl Words {
    fn page(&self, report: &ReportOf) -> String {
        let say = |id: &str| self.texts.get(id, &[]);
        let (brand, model) = (self.config.brand.name.as_str(), self.config.profile.display_name.as_str());
        let heading = self.texts.get("doctor-cli-heading", &[("brand", brand.into()), ("model", model.into())]);
        let mut page = format!("{heading}\n{}\n\n", report.title);
        let width = report.checks.iter().map(|check| check.name.chars().count()).max().unwrap_or(0);
        for check in &report.checks {
            let mark = match check.light {
                Some("green") => "✓",
                Some("amber") => "!",
                Some(_) => "✕",
                None => "–",
            };
            let code = check.code.map(|code| format!(" ({code})")).unwrap_or_default();
            page += &format!("{mark} {:width$}  {}{code}\n", check.name, check.text);
            if let Some(next) = check.next_step.as_ref().filter(|next| **next != check.text) {
                page += &format!("  {:width$}  {}: {next}\n", "", say("doctor-cli-next"));
            }
        }
        page + &format!("\n{}: {}\n", say("doctor-cli-case"), report.case_code)
    }
}
