//! The suite plays the daemon and looks at every answer.
#![allow(clippy::disallowed_methods, reason = "the suite measures how long a method takes")]

use std::fmt;
use std::path::Path;
use std::time::Instant;

use resetkit_contract::abi::{RSome, RVec};
use resetkit_contract::{
    App, ButtonInfo, MethodEvent, MethodOutput, News, Part, PressOutcome, Purpose, Screen, SealForm, SealedChallenge,
    StartInfo, Support, Text, View,
};
use resetkit_host::convert::{purpose_to_contract, purpose_to_core};
use resetkit_host::{Farewell, HostFailure, Installed, TrustedKeys, Worker, WorkerOptions, open_bundle};

use crate::doors::{Doors, Script};
use crate::report::{Check, Report};

/// How the suite runs.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// How workers are started.
    pub worker: WorkerOptions,
}

/// Screens that a method meets: unknown, the least of the reference recorder, and a large one.
const SCREENS: [Screen; 3] = [
    Screen { width_px: 0, height_px: 0, columns: 0, rows: 0 },
    Screen { width_px: 800, height_px: 480, columns: 0, rows: 0 },
    Screen { width_px: 3840, height_px: 2160, columns: 200, rows: 60 },
];

/// More presses than any sensible view needs.
const MOST_PRESSES: usize = 8;

/// Checks the method in this folder. Takes a few seconds; every finding is in the report.
///
/// Must be called on a thread that lives as long as the check.
pub async fn check(bundle: &Path, keys: &TrustedKeys, options: &CheckOptions) -> Report {
    let mut report = Report::default();
    let installed = match open_bundle(bundle, keys) {
        Ok(installed) => installed,
        Err(failure) => {
            report.fail(Check::Bundle, failure.to_string());
            return report;
        }
    };
    check_installed(&installed, options).await
}

/// Checks a method that was opened already, from a folder or linked into the program of `options.worker`.
///
/// Must be called on a thread that lives as long as the check.
pub async fn check_installed(installed: &Installed, options: &CheckOptions) -> Report {
    check_installed_telling(installed, options, &mut |_| {}).await
}

/// The same, and tells of every session before it begins: a check takes seconds, with a silent peer a minute.
///
/// Must be called on a thread that lives as long as the check.
pub async fn check_installed_telling(
    installed: &Installed,
    options: &CheckOptions,
    tell: &mut dyn FnMut(Step),
) -> Report {
    let mut report = Report::default();
    report.pass(Check::Bundle);
    let doors = Doors::of(installed);
    doors.skip_what_is_closed(&mut report);
    let sessions = sessions(installed, &doors);
    for (number, (story, ending)) in sessions.iter().enumerate() {
        tell(Step { number, of: sessions.len(), what: ending.what() });
        play(installed, options, &mut report, *story, *ending).await;
    }
    report
}

/// A session that is about to be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// From 0.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// What happens in it, in a few words.
    pub what: &'static str,
}

/// What is played: every purpose on every screen, then everything that can go wrong.
fn sessions(installed: &Installed, doors: &Doors) -> Vec<(Story, Ending)> {
    let mut sessions = Vec::new();
    for purpose in installed.manifest().purposes.iter().map(|purpose| purpose_to_contract(*purpose)) {
        sessions.extend(SCREENS.map(|screen| (Story { purpose, screen }, Ending::Sealed)));
        let story = Story { purpose, screen: SCREENS[1] };
        sessions.push((story, Ending::Refused));
        sessions.extend(doors.scripts().into_iter().map(|script| (story, Ending::Scripted(script))));
    }
    sessions
}

/// One session that is played.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Story {
    purpose: Purpose,
    screen: Screen,
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Screen { width_px, height_px, columns, rows } = self.screen;
        let purpose = purpose_to_core(self.purpose).as_str();
        match (width_px, columns) {
            (0, 0) => write!(f, "{purpose} on a screen of unknown size"),
            (0, _) => write!(f, "{purpose} on a terminal of {columns} by {rows}"),
            _ => write!(f, "{purpose} on a screen of {width_px} by {height_px}"),
        }
    }
}

/// What the daemon answers when asked to seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Sealed,
    Refused,
    Scripted(Script),
}

impl Ending {
    fn what(self) -> &'static str {
        match self {
            Ending::Sealed => "a session in which everything works",
            Ending::Refused => "the device refuses",
            Ending::Scripted(script) => script.what(),
        }
    }
}

async fn play(installed: &Installed, options: &CheckOptions, report: &mut Report, story: Story, ending: Ending) {
    let begun = Instant::now();
    let worker = match Worker::start(installed, &options.worker).await {
        Ok(worker) => worker,
        Err(failure) => return report.fail(Check::Starts, failure.to_string()),
    };
    report.slowest_start = report.slowest_start.max(begun.elapsed());
    report.sandbox_gaps = worker.sandbox().gaps();
    report.pass(Check::Starts);
    let mut session = Session { worker, report, view: None };
    match session.run(installed, story, ending).await {
        Ok(()) => {
            session.report.pass(Check::Behaves);
            session.judge_memory(installed);
            let farewell = session.worker.stop().await;
            report
                .judge(Check::EndsCleanly, farewell == Farewell::InGoodOrder, || format!("{story}: had to be killed"));
        }
        Err((event, failure)) => report.fail(Check::Behaves, format!("{story}, after {event}: {failure}")),
    }
}

/// A running session and what it shows.
pub(crate) struct Session<'a> {
    pub(crate) worker: Worker,
    pub(crate) report: &'a mut Report,
    view: Option<View>,
}

/// The event after which the method failed, and how.
pub(crate) type Ended = (&'static str, HostFailure);

impl Session<'_> {
    async fn run(&mut self, installed: &Installed, story: Story, ending: Ending) -> Result<(), Ended> {
        let outputs = self.tell("Start", MethodEvent::Start(start(story))).await?;
        let named_failure = outputs.iter().any(|output| matches!(output, MethodOutput::Fail { .. }));
        let answered = outputs.contains(&MethodOutput::Ready) || named_failure;
        self.report.judge(Check::AnswersStart, answered, || format!("{story}: neither Ready nor Fail"));
        let asks = outputs.iter().any(asks_for_a_challenge);
        if let Ending::Scripted(script) = ending {
            self.scripted(installed, script, &outputs).await?;
        } else if named_failure || !asks {
            self.without_seal();
        } else if ending == Ending::Refused {
            let outputs = self.tell("SealRefused", MethodEvent::SealRefused { code: "E-505".into() }).await?;
            let said = outputs.iter().any(|output| matches!(output, MethodOutput::Fail { .. } | MethodOutput::Show(_)));
            self.report.judge(Check::RefusedSeal, said, || format!("{story}: it says nothing and waits"));
        } else {
            self.sealed(installed, story).await?;
        }
        self.nonsense().await
    }

    /// A method that asks for no sealing has nothing to show of it.
    fn without_seal(&mut self) {
        for check in [Check::ShowsChallenge, Check::RefusedSeal, Check::RedrawsOnNews] {
            self.report.pass(check);
        }
    }

    async fn sealed(&mut self, installed: &Installed, story: Story) -> Result<(), Ended> {
        for number in [7, 8] {
            let outputs = self.answered(installed, number).await?;
            let said = outputs.iter().any(|output| matches!(output, MethodOutput::Fail { .. } | MethodOutput::Show(_)));
            self.report.judge(Check::ShowsChallenge, said, || format!("{story}: it shows nothing"));
        }
        for (tries, minutes) in [(4, 59), (1, 1)] {
            self.tell("TriesLeft", MethodEvent::News(News::TriesLeft(tries))).await?;
            self.tell("MinutesLeft", MethodEvent::News(News::MinutesLeft(minutes))).await?;
            let stale = self.view.iter().flat_map(|view| view.parts.iter()).find(|part| is_stale(part, tries, minutes));
            let stale = stale.cloned();
            self.report.judge(Check::RedrawsOnNews, stale.is_none(), || format!("{story}: still shows {stale:?}"));
        }
        self.tell("NoMailCame", MethodEvent::News(News::NoMailCame)).await?;
        self.press_everything(installed).await
    }

    /// What was asked for: a sealed challenge, or one of the codes that the owner keeps.
    async fn answered(&mut self, installed: &Installed, number: u32) -> Result<Vec<MethodOutput>, Ended> {
        if !installed.asks_for_kept_codes() {
            return self.tell("Sealed", MethodEvent::Sealed(challenge(installed, number))).await;
        }
        // With the numbers go the codes of the sheet: also the last one, and none, are shown.
        let left = u8::try_from(9_u32.saturating_sub(number)).unwrap_or_default();
        let ready = MethodEvent::KeptReady { request: format!("{number:04}").into(), left, tries_left: 5 };
        self.tell("KeptReady", ready).await
    }

    /// Presses what the views offer; a new wish to seal is granted.
    async fn press_everything(&mut self, installed: &Installed) -> Result<(), Ended> {
        for press in 0..MOST_PRESSES {
            let offered: Vec<_> = self.view.iter().flat_map(View::actions).map(|action| action.id.clone()).collect();
            let Some(id) = offered.get(press % offered.len().max(1)).cloned() else { break };
            let outputs = self.tell("Action", MethodEvent::Action { id }).await?;
            if outputs.iter().any(asks_for_a_challenge) {
                let number = 9 + u32::try_from(press).unwrap_or_default();
                self.answered(installed, number).await?;
            }
        }
        Ok(())
    }

    /// Events at the wrong time, and many of them.
    async fn nonsense(&mut self) -> Result<(), Ended> {
        self.tell("a second Start", MethodEvent::Start(start(Story { purpose: Purpose::Reset, screen: SCREENS[0] })))
            .await?;
        self.tell("an unasked Tick", MethodEvent::Tick { at_ms: u64::MAX }).await?;
        self.tell("SealRefused at the wrong time", MethodEvent::SealRefused { code: "".into() }).await?;
        self.tell("AskAgain", MethodEvent::News(News::AskAgain)).await?;
        let gone = Screen { width_px: 1, height_px: 1, columns: 1, rows: 1 };
        self.tell("a screen of one pixel", MethodEvent::News(News::Screen(gone))).await?;
        for minutes in 0..50 {
            self.tell("many MinutesLeft", MethodEvent::News(News::MinutesLeft(minutes))).await?;
        }
        self.tell("Proved", MethodEvent::News(News::Proved)).await?;
        self.tell("news after Proved", MethodEvent::News(News::TriesLeft(0))).await?;
        self.report.pass(Check::SurvivesNonsense);
        Ok(())
    }

    pub(crate) async fn tell(&mut self, name: &'static str, event: MethodEvent) -> Result<Vec<MethodOutput>, Ended> {
        self.worker.send(event).await.map_err(|failure| (name, failure))?;
        let outputs = self.worker.settle().await.map_err(|failure| (name, failure))?;
        self.report.slowest_answer = self.report.slowest_answer.max(self.worker.slowest_answer());
        outputs.iter().for_each(|output| self.look_at(output));
        Ok(outputs)
    }

    /// Remembers what is shown.
    pub(crate) fn look_at(&mut self, output: &MethodOutput) {
        if let MethodOutput::Show(view) = output {
            self.report.texts.extend(texts_of(view).map(|text| text.id.to_string()));
            self.view = Some(view.clone());
        }
    }

    fn judge_memory(&mut self, installed: &Installed) {
        let limit = u64::from(installed.manifest().memory_kib);
        let peak = self.worker.peak_memory_kib().unwrap_or_default();
        self.report.peak_memory_kib = self.report.peak_memory_kib.max(peak);
        self.report.judge(Check::Memory, peak < limit, || format!("{peak} KiB in use where {limit} are allowed"));
    }
}

fn asks_for_a_challenge(output: &MethodOutput) -> bool {
    matches!(output, MethodOutput::Seal { .. } | MethodOutput::AskKept)
}

fn is_stale(part: &Part, tries: u8, minutes: u16) -> bool {
    match part {
        Part::TriesLeft(shown) => *shown != tries,
        Part::MinutesLeft(shown) => *shown != minutes,
        Part::Paragraph(_)
        | Part::Steps(_)
        | Part::Qr(_)
        | Part::AddressHint(_)
        | Part::RequestNumber(_)
        | Part::Warning(_)
        | Part::Progress { .. }
        | Part::Action(_) => false,
    }
}

fn texts_of(view: &View) -> impl Iterator<Item = &Text> {
    std::iter::once(&view.title).chain(view.parts.iter().flat_map(|part| match part {
        Part::Paragraph(text) | Part::Warning(text) | Part::Progress { label: text, .. } => vec![text],
        Part::Steps(steps) => steps.iter().collect(),
        Part::Qr(qr) => vec![&qr.label],
        Part::Action(action) => vec![&action.label],
        Part::AddressHint(_) | Part::RequestNumber(_) | Part::TriesLeft(_) | Part::MinutesLeft(_) => Vec::new(),
    }))
}

fn start(story: Story) -> StartInfo {
    let menu: RVec<_> = ["Me", "Test Tool", "Password Resetting"].map(Into::into).to_vec().into();
    StartInfo {
        purpose: story.purpose,
        form: SealForm::AddressSealed,
        locale: "en".into(),
        screen: story.screen,
        tries_left: 5,
        minutes_left: 60,
        new_codes_left: 2,
        at_ms: 1,
        address_hint: RSome("o•••••••r@•••.example".into()),
        app: RSome(App { name: "Plain".into(), menu }),
        clock: RSome(1_800_000_000),
        button: RSome(ButtonInfo {
            hold_ms: 10_000,
            longest_ms: 20_000,
            window_ms: 120_000,
            pressed: false,
            outcome: PressOutcome::NewPassword,
        }),
        support: RSome(Support { contact: "+00 800 555 0123".into(), hours: "Mo-Fr 8-18".into() }),
    }
}

/// A challenge of the default form; its octets mean nothing, its shape is the real one.
fn challenge(installed: &Installed, number: u32) -> SealedChallenge {
    let filling = format!("{}{number:X}", installed.id().as_str().len());
    let payload: String = filling.chars().chain("7ZX".chars()).cycle().take(197).collect();
    SealedChallenge {
        url: format!("HTTPS://RESET.EXAMPLE.X/{payload}").into(),
        request: format!("{number:04}").into(),
        tries_left: 5,
        minutes_left: 60,
    }
}
