//! What a screen may know of a session: no secrets.

use super::PasswordFlaw;
use super::entry::Entry;
use super::frame::{Frame, Open};
use super::grant::Authority;
use super::life::minutes_up;
use super::states::State;
use super::turn::Carrier;
use crate::{
    AccountName, Carries, CodeStyle, Counter, Failure, FailureKind, Lane, Loss, MethodId, Now, Offer, OnPresence,
    PasswordRules, ProofKind, Purpose, SessionId, Withheld,
};
use alloc::vec::Vec;
use core::time::Duration;

/// The step that a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// What will happen and what leaves the device; *OK* goes on.
    Notice,
    /// The ways that would work here.
    ChooseMethod,
    /// A method starts, a code is made.
    Preparing,
    /// The method's picture; the code is typed.
    EnterCode,
    /// What the chosen way destroys; *OK* goes on.
    ConfirmLoss,
    /// The button has to be held.
    HoldButton,
    /// A code is being checked.
    Checking,
    /// A new password is typed.
    ChoosePassword,
    /// It is being stored.
    Saving,
    /// It holds; log in with it.
    Done,
    /// Everything is being erased.
    Erasing,
    /// The device is as it left the factory: set it up anew.
    FactoryState,
    /// The address works.
    AddressConfirmed,
    /// Nothing on the device is left: the support contact, which is a next step too.
    DeadEnd,
    /// The owner cancelled.
    Cancelled,
    /// The session ended without success: expired, superseded; *start again* is the next step.
    Expired,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 16] = [
        Self::Notice,
        Self::ChooseMethod,
        Self::Preparing,
        Self::EnterCode,
        Self::ConfirmLoss,
        Self::HoldButton,
        Self::Checking,
        Self::ChoosePassword,
        Self::Saving,
        Self::Done,
        Self::Erasing,
        Self::FactoryState,
        Self::AddressConfirmed,
        Self::DeadEnd,
        Self::Cancelled,
        Self::Expired,
    ];

    /// Stable name, as pages and API write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::ChooseMethod => "choose-method",
            Self::Preparing => "preparing",
            Self::EnterCode => "enter-code",
            Self::ConfirmLoss => "confirm-loss",
            Self::HoldButton => "hold-button",
            Self::Checking => "checking",
            Self::ChoosePassword => "choose-new-password",
            Self::Saving => "saving",
            Self::Done => "done",
            Self::Erasing => "erasing",
            Self::FactoryState => "factory-state",
            Self::AddressConfirmed => "address-confirmed",
            Self::DeadEnd => "support",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// What a screen may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// The session.
    pub session: SessionId,
    /// Where the owner is.
    pub step: Step,
    /// The lane.
    pub lane: Lane,
    /// What the session is for.
    pub purpose: Purpose,
    /// The account bound when it opened.
    pub account: AccountName,
    /// The method in use.
    pub method: Option<MethodId>,
    /// Whether its worker runs, so that its picture is there.
    pub method_running: bool,
    /// The request number shown on screen and in the mail.
    pub request: Option<Counter>,
    /// Comparisons left for this code.
    pub tries_left: Option<u8>,
    /// Powered minutes left, of the code or of the proof; rounded up.
    pub minutes_left: Option<u16>,
    /// Whether *More time* would add any.
    pub can_extend: bool,
    /// Whether *Ask for a new code* would make one.
    pub can_ask_new: bool,
    /// Whether *Try another way* leads anywhere.
    pub can_try_another_way: bool,
    /// Whether *Cancel* works: everywhere but while the decision is being written and after the end.
    pub can_cancel: bool,
    /// What the owner must be told: whose fault, what next.
    pub failure: Option<Failure>,
    /// How long until a code can be typed again (R8).
    pub retry_in: Option<Duration>,
    /// What the new password broke.
    pub flaws: Vec<PasswordFlaw>,
    /// What the method in use carries, if one is in use.
    pub carries: Option<Carries>,
    /// What the method in use destroys, while it is to be confirmed or about to happen.
    pub loss: Option<Loss>,
    /// What a hold of the button has to be and does, while that is the step.
    pub hold: Option<HoldView>,
    /// What the case code is made from.
    pub case: CaseFacts,
    /// What would work here, least loss first.
    pub offers: Vec<Offer>,
    /// What would not, each with its reason.
    pub withheld: Vec<Withheld>,
    /// What was proved, and what else would help, while more than one proof is wanted and not all were given.
    pub further: Option<FurtherProof>,
    /// The sheet that a kept code is taken from, while one is awaited.
    pub sheet: Option<SheetView>,
    /// Length of the new password.
    pub password_rules: PasswordRules,
    /// How the code looks.
    pub code_style: CodeStyle,
}

/// More than one proof is wanted (F11): where one stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FurtherProof {
    /// Kinds that were given; they are kept.
    pub given: Vec<ProofKind>,
    /// Kinds that would help and can be had here.
    pub helps: Vec<ProofKind>,
}

/// A sheet of recovery codes, as the owner has it in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetView {
    /// Its number.
    pub number: u32,
    /// Codes that are not used up.
    pub left: u8,
}

/// What a hold of the button has to be and does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldView {
    /// What it does.
    pub outcome: OnPresence,
    /// How long it must be held.
    pub hold: Duration,
    /// Longer than this cancels the hold.
    pub longest: Duration,
}

/// What the session gives to the case code; the rest is the device's ([`crate::CaseCode`]).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseFacts {
    /// The failure that the owner is told of.
    pub failure: Option<FailureKind>,
    /// The method that was used last.
    pub method: Option<MethodId>,
    /// Codes that were compared in this session.
    pub tries_used: u8,
}

/// What the screen may know of a session in this state.
pub(super) fn of(frame: &Frame, state: &State, now: Now) -> SessionView {
    let shown = Shown::of(frame, state);
    let open = state.open();
    let left = |until: Duration| minutes_up(until.saturating_sub(now.since_boot));
    SessionView {
        session: frame.id,
        step: state.step(),
        lane: frame.lane,
        purpose: frame.purpose,
        account: frame.account.clone(),
        method: shown.method.clone(),
        method_running: shown.running,
        request: shown.request,
        tries_left: shown.entering.then(|| open.map(|open| open.tries_left)).flatten(),
        minutes_left: shown.until.map(left),
        can_extend: shown.can_extend,
        can_ask_new: shown.can_ask_new,
        can_try_another_way: shown.can_try_another_way,
        can_cancel: shown.can_cancel,
        failure: frame.trouble.clone(),
        retry_in: shown.retry_at.map(|at| at.saturating_sub(now.since_boot)),
        flaws: shown.flaws,
        carries: shown.method.as_ref().and_then(|method| frame.carries(method)),
        loss: shown.loss,
        hold: shown.hold,
        case: CaseFacts {
            failure: frame.trouble.as_ref().map(|failure| failure.kind),
            method: frame.last_method.clone(),
            tries_used: frame.rules.session_tries.saturating_sub(frame.tries_left),
        },
        offers: frame.ways(open).cloned().collect(),
        withheld: frame.withheld(open),
        further: frame.further(open),
        sheet: shown.entering.then(|| open.and_then(sheet_of)).flatten(),
        password_rules: frame.rules.password,
        code_style: open.map_or(frame.rules.code_style, |open| open.challenge.style),
    }
}

fn sheet_of(open: &Open) -> Option<SheetView> {
    open.challenge.sheet().map(|sheet| SheetView { number: sheet.number, left: sheet.left() })
}

/// What differs from state to state.
#[derive(Default)]
struct Shown {
    method: Option<MethodId>,
    running: bool,
    request: Option<Counter>,
    entering: bool,
    until: Option<Duration>,
    can_extend: bool,
    can_ask_new: bool,
    can_try_another_way: bool,
    can_cancel: bool,
    retry_at: Option<Duration>,
    flaws: Vec<PasswordFlaw>,
    loss: Option<Loss>,
    hold: Option<HoldView>,
}

impl Shown {
    fn of(frame: &Frame, state: &State) -> Self {
        let cancellable = Self { can_cancel: true, ..Self::default() };
        match state {
            State::Notice(_) | State::DeadEnd(_) => cancellable,
            State::Choosing(state) => Self {
                // The pending request stays visible, with the time it has left (R21).
                request: state.shelf.as_ref().map(|open| open.challenge.counter),
                until: state.shelf.as_ref().map(|open| open.life.ends()),
                ..cancellable
            },
            State::Preparing(state) => Self::preparing(&state.run.method, true, cancellable),
            State::ConfirmLoss(state) => Self {
                method: Some(state.method.clone()),
                request: state.shelf.as_ref().map(|open| open.challenge.counter),
                until: state.shelf.as_ref().map(|open| open.life.ends()),
                can_try_another_way: true,
                loss: Some(state.loss),
                hold: frame.hold_view(&state.method),
                ..cancellable
            },
            State::Raising(state) => Self::preparing(&state.run.method, true, cancellable),
            State::HoldButton(state) => Self {
                running: true,
                request: Some(state.counter),
                until: state.line.as_ref().map(super::hold::Line::ends),
                loss: frame.selection.offer(&state.run.method).map(|offer| offer.loss),
                hold: frame.hold_view(&state.run.method),
                ..Self::preparing(&state.run.method, true, cancellable)
            },
            State::Erasing(state) => {
                Self { method: Some(state.method.clone()), request: Some(state.counter), ..Self::default() }
            }
            State::Sealing(state) => Self::preparing(&state.run.method, true, cancellable),
            State::Storing(state) => Self::preparing(&state.run.method, true, cancellable),
            State::Resuming(state) => Self::preparing(&state.open.method, false, cancellable),
            State::EnterCode(state) => Self {
                can_extend: state.entry.open.life.can_extend(),
                can_ask_new: frame.can_make_code(&state.entry.open.method) && frame.may_start(&state.entry.open.method),
                can_try_another_way: frame.ways(None).any(|offer| offer.method != state.entry.open.method),
                retry_at: state.retry_at,
                ..Self::entering(&state.entry, cancellable)
            },
            State::Charging(state) => Self::entering(&state.entry, cancellable),
            State::Deriving(state) => Self::entering(&state.entry, cancellable),
            State::ChoosePassword(state) => Self {
                can_extend: state.authority.can_extend(),
                can_try_another_way: true,
                flaws: state.flaws.clone(),
                ..Self::proved(&state.authority, cancellable)
            },
            State::PreparingPassword(state) => Self::proved(&state.authority, cancellable),
            State::Committing(state) => Self { can_cancel: false, ..Self::proved(&state.authority, cancellable) },
            State::ConfirmingAddress(state) => {
                Self { method: Some(state.method.clone()), request: Some(state.counter), ..Self::default() }
            }
            State::Closed(state) => Self { method: state.method.clone(), request: state.request, ..Self::default() },
        }
    }

    fn preparing(method: &MethodId, can_try_another_way: bool, rest: Self) -> Self {
        Self { method: Some(method.clone()), can_try_another_way, ..rest }
    }

    fn entering(entry: &Entry, rest: Self) -> Self {
        Self {
            method: Some(entry.open.method.clone()),
            running: matches!(entry.carrier, Carrier::Running(_)),
            request: Some(entry.open.challenge.counter),
            entering: true,
            until: Some(entry.open.life.ends()),
            ..rest
        }
    }

    fn proved(authority: &Authority, rest: Self) -> Self {
        let latest = authority.latest();
        Self {
            request: latest.as_ref().map(|(_, counter)| *counter),
            method: latest.map(|(method, _)| method),
            until: Some(authority.until()),
            ..rest
        }
    }
}
