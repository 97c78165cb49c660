//! One owner, one device, one path: plays methods and daemon, and keeps the books.

use std::collections::VecDeque;
use std::hash::Hash as _;
use std::time::Duration;

use resetkit_core::{
    AuditKind, Bound, Carriage, Carries, Code, CodeStyle, Counter, DeadlineReason, Event, FailureKind, MethodId,
    OnPresence, ProofKind, Purpose, Record, Secret, SessionView, Step, Ticket,
};

use crate::books::Books;
use crate::checks::Check;
use crate::machine::{Act, Engine, Machine, now};
use crate::mark::Mark;
use crate::moves::{Move, Question};
use crate::setting::{Setting, account};

/// An open question of the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    Start { run: Ticket, method: MethodId },
    Wish { run: Ticket, method: MethodId },
    Code { ticket: Ticket, method: MethodId, style: CodeStyle, purpose: Purpose, carriage: Carriage },
    Write { ticket: Ticket },
    Charge { ticket: Ticket, counter: Counter },
    Hash { ticket: Ticket, bound: Bound },
    Stage { ticket: Ticket },
    Decide { ticket: Ticket, spent: Vec<Counter> },
    Erase { ticket: Ticket, spent: Vec<Counter> },
    Mark { ticket: Ticket },
    Number { ticket: Ticket },
    Watch { run: Ticket },
    Mail { run: Ticket },
}

impl Asked {
    pub(crate) const fn question(&self) -> Question {
        match self {
            Self::Start { .. } => Question::Start,
            Self::Wish { .. } => Question::Wish,
            Self::Code { .. } => Question::Code,
            Self::Write { .. } => Question::Write,
            Self::Charge { .. } => Question::Charge,
            Self::Hash { .. } => Question::Hash,
            Self::Stage { .. } => Question::Stage,
            Self::Decide { .. } => Question::Decide,
            Self::Erase { .. } => Question::Erase,
            Self::Mark { .. } => Question::Mark,
            Self::Number { .. } => Question::Number,
            Self::Watch { .. } => Question::Watch,
            Self::Mail { .. } => Question::Mail,
        }
    }

    /// Whether it is a question to this run of a method, which dies with it.
    fn is_of(&self, stopped: Ticket) -> bool {
        match self {
            Self::Start { run, .. } | Self::Wish { run, .. } | Self::Watch { run } | Self::Mail { run } => {
                *run == stopped
            }
            Self::Code { .. }
            | Self::Write { .. }
            | Self::Charge { .. }
            | Self::Hash { .. }
            | Self::Stage { .. }
            | Self::Decide { .. }
            | Self::Erase { .. }
            | Self::Mark { .. }
            | Self::Number { .. } => false,
        }
    }
}

/// What the owner typed last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Typed {
    Nothing,
    Right,
    Wrong,
    Used,
}

/// One path in the making.
pub(crate) struct Walker<'a> {
    pub(crate) engine: &'a dyn Engine,
    pub(crate) setting: &'a Setting,
    pub(crate) machine: Option<Box<dyn Machine>>,
    pub(crate) asked: VecDeque<Asked>,
    pub(crate) books: Books,
    /// The method that runs, and its run.
    pub(crate) running: Option<(Ticket, MethodId)>,
    /// Which method each request is of.
    pub(crate) requests: Vec<(Counter, MethodId)>,
    pub(crate) at: Duration,
    pub(crate) typed: Typed,
    pub(crate) transactions: u64,
    /// The proof that came with the move under way.
    pub(crate) fresh: bool,
}

/// What a typed code is made from; which code it is decides what the hash gives.
const OCTETS: [u8; 16] = [9; 16];
/// Longer than any wait for a token.
pub(crate) const TOKEN_WAIT: Duration = Duration::from_secs(360);

impl<'a> Walker<'a> {
    pub(crate) fn new(engine: &'a dyn Engine, setting: &'a Setting) -> Self {
        let at = Duration::from_secs(30);
        let (machine, acts) = engine.open(setting.opening(), now(at));
        let mut walker = Self {
            engine,
            setting,
            machine: Some(machine),
            asked: VecDeque::new(),
            books: Books::default(),
            running: None,
            requests: Vec::new(),
            at,
            typed: Typed::Nothing,
            transactions: 0,
            fresh: false,
        };
        walker.take(acts);
        walker
    }

    fn machine(&self) -> &dyn Machine {
        self.machine.as_deref().expect("a machine is always put back")
    }

    /// The same owner at the same device once more, to take another way on from here.
    pub(crate) fn branch(&self) -> Self {
        Self {
            machine: Some(self.machine().branch()),
            asked: self.asked.clone(),
            books: self.books.clone(),
            running: self.running.clone(),
            requests: self.requests.clone(),
            ..*self
        }
    }

    pub(crate) fn view(&self) -> SessionView {
        self.machine().view(now(self.at))
    }

    pub(crate) fn step_shown(&self) -> Step {
        self.machine().step_shown(now(self.at))
    }

    /// What the owner is told went wrong.
    pub(crate) fn failure(&self) -> Option<FailureKind> {
        self.machine().failure(now(self.at))
    }

    /// Why ways are withheld.
    pub(crate) fn reasons(&self, see: &mut dyn FnMut(FailureKind)) {
        self.machine().reasons(now(self.at), see);
    }

    pub(crate) fn is_over(&self) -> bool {
        self.machine().is_over()
    }

    /// Whether the session will be woken by itself.
    pub(crate) fn is_woken(&self) -> bool {
        self.machine().deadline().is_some()
    }

    pub(crate) fn has_record(&self) -> bool {
        self.machine().record(now(self.at)).is_some()
    }

    /// States with the same mark are one.
    pub(crate) fn mark(&self) -> u128 {
        let mut mark = Mark::default();
        if self.is_over() {
            // What is over differs by nothing but how it ended.
            let view = self.view();
            (view.step, view.method).hash(&mut mark);
            return mark.value();
        }
        self.machine().mark().hash(&mut mark);
        self.typed.hash(&mut mark);
        self.running.as_ref().map(|(_, method)| method).hash(&mut mark);
        self.asked.len().hash(&mut mark);
        self.asked.iter().for_each(|asked| asked.question().hash(&mut mark));
        self.books.mark(&mut mark);
        mark.value()
    }

    /// Plays a move of a path that was looked at before.
    pub(crate) fn replay(&mut self, step: &Move) {
        self.fresh = false;
        let stale = if leaves(step) { self.asked.clone() } else { VecDeque::new() };
        self.act_on(step);
        if !stale.is_empty() {
            self.answers_late(&stale);
        }
    }

    pub(crate) fn give(&mut self, event: Event) {
        let was_over = self.is_over();
        let machine = self.machine.take().expect("a machine is always put back");
        let (machine, acts) = machine.step(now(self.at), event);
        self.machine = Some(machine);
        if was_over && acts.iter().any(|act| !matches!(act, Act::Other)) {
            self.books.breach(Check::OverIsOver, format!("{acts:?}").chars().take(80).collect::<String>());
        }
        self.take(acts);
    }

    // ---- what the engine wants ----

    fn take(&mut self, acts: Vec<Act>) {
        for act in acts {
            self.take_one(act);
        }
    }

    fn take_one(&mut self, act: Act) {
        match act {
            Act::Start { run, method } => {
                if self.setting.selection.offer(&method).is_none() {
                    self.books.breach(Check::OfferedOnly, method.as_str());
                }
                self.running = Some((run, method.clone()));
                self.asked.push_back(Asked::Start { run, method });
            }
            Act::Stop { run } => {
                self.asked.retain(|asked| !asked.is_of(run));
                self.running.take_if(|(running, _)| *running == run);
            }
            Act::Issue { ticket, method, purpose, carriage, style } => {
                self.asked.push_back(Asked::Code { ticket, method, style, purpose, carriage });
            }
            Act::Persist { ticket } => self.asked.push_back(Asked::Write { ticket }),
            Act::Handed { run, .. } => self.asked.push_back(Asked::Mail { run }),
            Act::Raise { ticket } => self.asked.push_back(Asked::Number { ticket }),
            Act::Watch { run, .. } => self.asked.push_back(Asked::Watch { run }),
            Act::Charge { ticket, counter } => self.asked.push_back(Asked::Charge { ticket, counter }),
            Act::Derive { ticket, bound } => self.asked.push_back(Asked::Hash { ticket, bound }),
            Act::Prepare { ticket, account: whose } => {
                if whose != account() {
                    self.books.breach(Check::SpentOnce, whose.as_str());
                }
                self.asked.push_back(Asked::Stage { ticket });
            }
            Act::Commit { ticket, account: whose, spent, .. } => {
                self.judge_commit();
                self.books.commits(Some((&account(), &whose)), &spent);
                self.asked.push_back(Asked::Decide { ticket, spent });
            }
            Act::Erase { ticket, spent } => {
                self.judge_erase();
                self.books.commits(None, &spent);
                self.asked.push_back(Asked::Erase { ticket, spent });
            }
            Act::Confirm { ticket } => self.asked.push_back(Asked::Mark { ticket }),
            Act::Audit(AuditKind::LossConfirmed(method, _)) => drop(self.books.confirmed.insert(method)),
            Act::Audit(AuditKind::Proved(_, method)) => self.audited_proof(&method),
            Act::AskAgain { run } => {
                if let Some((_, method)) = self.running.clone().filter(|(running, _)| *running == run) {
                    self.asked.push_back(Asked::Wish { run, method });
                }
            }
            Act::Shown { .. } | Act::Audit(_) | Act::Close | Act::Other => {}
        }
    }

    /// The engine says that a hold was seen. It is believed only while the button is really held.
    fn audited_proof(&mut self, method: &MethodId) {
        let held = self.setting.proof(method).filter(|kind| self.fresh && *kind == ProofKind::Presence);
        if let Some(kind) = held {
            self.books.proves(method.clone(), kind, self.at);
        }
    }

    /// A password is about to be set: was enough proved?
    fn judge_commit(&mut self) {
        let kinds = self.books.kinds();
        if !self.setting.is_enough(&kinds) {
            let given: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
            self.books.breach(Check::ProofFirst, format!("[{}]", given.join(", ")));
        }
        let lasts = Duration::from_secs(u64::from(self.setting.rules.proof_minutes) * 60);
        let valid = |method: &MethodId| self.books.given_at.get(method).is_some_and(|at| self.at < *at + lasts);
        let presence = self.books.proved.iter().any(|(method, kind)| *kind == ProofKind::Presence && valid(method));
        let erases = self.setting.rules.button.map(|button| button.on_presence) == Some(OnPresence::FactoryState);
        if presence && erases {
            self.books.breach(Check::LossFirst, "a password was set by a hold that leads to the factory state");
        }
    }

    fn judge_erase(&mut self) {
        let held = self.books.proved.iter().find(|(_, kind)| **kind == ProofKind::Presence);
        match held.map(|(method, _)| method.clone()) {
            None => self.books.breach(Check::ProofFirst, "factory state"),
            Some(method) if !self.books.confirmed.contains(&method) => {
                self.books.breach(Check::LossFirst, method.as_str());
            }
            Some(_) => {}
        }
    }

    // ---- one move ----

    /// Plays one move, and looks at where it led.
    pub(crate) fn play(&mut self, step: &Move) {
        let before = self.step_shown();
        let could_cancel = *step == Move::Cancel && self.view().can_cancel;
        self.replay(step);
        let after = self.step_shown();
        let entered = after == Step::ChoosePassword && !matches!(before, Step::ChoosePassword | Step::Saving);
        if entered && !self.may_enter(step) {
            self.books.breach(Check::NoSkip, before.as_str());
        }
        if could_cancel && !self.is_over() {
            self.books.breach(Check::CancelEnds, before.as_str());
        }
    }

    /// What was asked before the owner went elsewhere is answered all the same, and must change nothing.
    fn answers_late(&mut self, stale: &VecDeque<Asked>) {
        let late: Vec<Asked> = self.asked.iter().filter(|asked| stale.contains(asked)).cloned().collect();
        self.asked.retain(|asked| !stale.contains(asked));
        let waiting = core::mem::take(&mut self.asked);
        for asked in late {
            self.asked.push_front(asked);
            self.well();
        }
        self.asked.extend(waiting);
    }

    /// The new-password screen opens by a proof just given, or by going back to the way that gave one.
    fn may_enter(&self, step: &Move) -> bool {
        if let Move::Choose(method) = step { self.books.proved.contains_key(method) } else { self.fresh }
    }

    fn act_on(&mut self, step: &Move) {
        let text = |text: &str| Secret::new(text.to_owned());
        match step {
            Move::Acknowledge => self.give(Event::Acknowledged),
            Move::Choose(method) | Move::StrayChoice(method) => self.give(Event::MethodChosen(method.clone())),
            Move::AnotherWay | Move::LayDown => self.give(Event::TryAnotherWay),
            Move::NoMail => self.give(Event::NoMailCame),
            Move::NewCode => self.give(Event::NewChallengeAsked),
            Move::TypeRight => self.type_code(Typed::Right),
            Move::TypeWrong => self.type_code(Typed::Wrong),
            Move::TypeUsed => self.type_code(Typed::Used),
            Move::SupportNo => self.give(Event::SupportSaidNo),
            Move::TypeSlip => self.give(Event::CodeTyped(text("?"))),
            Move::MoreTime => self.give(Event::MoreTimeAsked),
            Move::Press => self.give(Event::ButtonPressed),
            Move::Hold => self.hold(),
            Move::TypePassword | Move::StrayPassword => self.give(Event::PasswordTyped(Secret::new(self.password()))),
            Move::TypeBadPassword(_) => self.give(Event::PasswordTyped(text(""))),
            Move::Cancel => self.give(Event::Cancelled),
            Move::Silence | Move::NoAnswer => self.silence(),
            Move::Well(_) => self.well(),
            Move::Badly(_, kind) => self.badly(*kind),
            Move::MethodFails(kind) => self.with_run(|run| Event::MethodFailed(run, *kind)),
            Move::MethodDies(kind) => self.with_run(|run| Event::MethodGone(run, *kind)),
            Move::MethodOversteps => self.oversteps(),
            Move::ButtonLost => self.give(Event::ButtonLost),
            Move::ButtonTaken => self.give(Event::ButtonTaken),
            Move::Superseded => self.give(Event::Superseded),
            Move::PowerCut => self.power_cut(),
        }
    }

    fn with_run(&mut self, event: impl FnOnce(Ticket) -> Event) {
        if let Some((run, _)) = self.running.take() {
            self.asked.retain(|asked| !asked.is_of(run));
            self.give(event(run));
        }
    }

    /// Asks for what its manifest does not let it carry.
    fn oversteps(&mut self) {
        let Some((run, method)) = self.running.clone() else { return };
        let purpose = Purpose::Reset;
        let event = match self.setting.selection.offer(&method).map(|offer| offer.carries) {
            Some(Carries::Presence) => Event::DeliveryAsked { run, purpose },
            _ => Event::PressAsked { run },
        };
        self.asked.retain(|asked| !matches!(asked, Asked::Wish { run: wish, .. } if *wish == run));
        self.give(event);
    }

    fn password(&self) -> String {
        "a long fresh one, ".chars().cycle().take(usize::from(self.setting.rules.password.min_chars).max(8)).collect()
    }

    fn type_code(&mut self, typed: Typed) {
        let style = self.view().code_style;
        let code = Code::from_random(style, OCTETS).display().expose().clone();
        self.typed = typed;
        self.give(Event::CodeTyped(Secret::new(code)));
    }

    fn hold(&mut self) {
        let Some(rules) = self.setting.rules.button else { return };
        self.at += Duration::from_secs(1);
        self.give(Event::ButtonEdge { at: self.at, pressed: true });
        self.at += rules.hold + Duration::from_secs(1);
        self.fresh = true;
        self.give(Event::ButtonEdge { at: self.at, pressed: false });
        self.at += Duration::from_secs(1);
        self.give(Event::DeadlineReached(DeadlineReason::LineSettled));
    }

    /// Nobody says anything until the session is woken and something comes of it. Checkpoints are written on the way.
    fn silence(&mut self) {
        for _ in 0..1_000 {
            let Some(deadline) = self.machine().deadline() else { return };
            self.at = self.at.max(deadline.at);
            let open = self.asked.len();
            self.give(Event::DeadlineReached(deadline.why));
            if deadline.why != DeadlineReason::Checkpoint {
                return;
            }
            while self.asked.len() > open {
                if let Some(Asked::Write { ticket }) = self.asked.pop_back() {
                    self.give(if self.setting.writes { Event::Persisted(ticket) } else { Event::StoreFailed(ticket) });
                }
            }
        }
    }

    /// The power is cut: what was proved is gone, a code that was out goes on.
    fn power_cut(&mut self) {
        let Some(record) = self.machine().record(now(self.at)) else { return };
        let Ok(resumable) = Record::charge_boot(record, &self.setting.rules) else { return };
        self.at = Duration::from_secs(30);
        let (machine, acts) =
            self.engine.resume(resumable, self.setting.rules, self.setting.selection.clone(), now(self.at));
        self.machine = Some(machine);
        (self.running, self.typed) = (None, Typed::Nothing);
        self.asked.clear();
        self.books.proved.clear();
        self.books.confirmed.clear();
        self.take(acts);
    }

    /// The method of the code that is typed now, if the owner has it in hand.
    pub(crate) fn code_in_hand(&self, view: &SessionView) -> bool {
        view.method.as_ref().is_some_and(|method| self.setting.reaches(method))
            && !self.asked.iter().any(|asked| matches!(asked, Asked::Mail { .. }))
    }
}

/// Whether a move leaves what is being waited for behind.
const fn leaves(step: &Move) -> bool {
    matches!(step, Move::AnotherWay | Move::Choose(_) | Move::Cancel | Move::NoAnswer | Move::Superseded)
}
