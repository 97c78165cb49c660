//! Every state against every event: an ordinary outcome each time.

use crate::support::*;
use resetkit_core::*;

/// Name of a state, the step it shows, and how to get there.
type Reached = (&'static str, Step, fn() -> Device);

/// Ways to each state of the engine, with a fresh device each time.
const STATES: [Reached; 32] = [
    ("notice", Step::Notice, || Device::opens(opening(three_ways()))),
    ("choosing", Step::ChooseMethod, || {
        let mut device = Device::opens(opening(three_ways()));
        device.does(Event::TryAnotherWay);
        device
    }),
    ("choosing, a code is out", Step::ChooseMethod, || {
        let mut device = Device::opens(opening(three_ways())).at_code_entry();
        device.does(Event::TryAnotherWay);
        device
    }),
    ("preparing", Step::Preparing, || until(Device::opens(opening(three_ways())), Event::Acknowledged, Until::Start)),
    ("preparing, a code is out", Step::Preparing, || {
        until(Device::opens(opening(three_ways())).at_code_entry(), Event::NewChallengeAsked, Until::SealWish)
    }),
    ("sealing", Step::Preparing, || until(Device::opens(opening(three_ways())), Event::Acknowledged, Until::Issue)),
    ("storing", Step::Preparing, || until(Device::opens(opening(three_ways())), Event::Acknowledged, Until::Persist)),
    ("resuming", Step::Preparing, resuming),
    ("enter code", Step::EnterCode, || Device::opens(opening(three_ways())).at_code_entry()),
    ("charging", Step::Checking, || types(Until::Charge)),
    ("deriving", Step::Checking, || types(Until::Derive)),
    ("choose password", Step::ChoosePassword, || Device::opens(opening(three_ways())).at_choose_password()),
    ("preparing password", Step::Saving, || {
        until(Device::opens(opening(three_ways())).at_choose_password(), password(GOOD), Until::Prepare)
    }),
    ("committing", Step::Saving, || {
        until(Device::opens(opening(three_ways())).at_choose_password(), password(GOOD), Until::Commit)
    }),
    ("enter code, handed and not yet accepted", Step::EnterCode, || every_way_to().at_handed_code()),
    ("enter code, handed and accepted", Step::EnterCode, || {
        let mut device = every_way_to().at_handed_code();
        let run = device.run.unwrap();
        device.does(Event::Delivered(run));
        device
    }),
    ("confirm loss", Step::ConfirmLoss, || {
        let mut device = Device::opens(every_way(OnPresence::FactoryState));
        device.does(Event::MethodChosen(method("button")));
        device
    }),
    ("confirm loss, a code is out", Step::ConfirmLoss, || {
        let mut device = Device::opens(every_way(OnPresence::FactoryState)).at_code_entry();
        device.does(Event::MethodChosen(method("button")));
        device
    }),
    ("raising", Step::Preparing, || until(every_way_to(), Event::MethodChosen(method("button")), Until::Raise)),
    ("hold button, not yet watched", Step::HoldButton, || {
        until(every_way_to(), Event::MethodChosen(method("button")), Until::Watch)
    }),
    ("hold button, nobody holds it", Step::HoldButton, || every_way_to().at_button()),
    ("hold button, held for long enough", Step::HoldButton, || {
        let mut device = every_way_to().at_code_entry();
        device.does(Event::MethodChosen(method("button"))).edge(true).waits(std::time::Duration::from_secs(11));
        device
    }),
    ("erasing", Step::Erasing, || {
        let mut device = Device::opens(every_way(OnPresence::FactoryState)).at_button();
        device.edge(true).waits(std::time::Duration::from_secs(11)).edge(false);
        device.now += std::time::Duration::from_secs(1);
        device.give(Event::DeadlineReached(DeadlineReason::LineSettled));
        device
    }),
    ("closed, factory state", Step::FactoryState, || {
        let mut device = Device::opens(every_way(OnPresence::FactoryState)).at_button();
        device.holds_for(std::time::Duration::from_secs(11));
        device
    }),
    ("enter code, of a sheet", Step::EnterCode, || five().at_entry_by("recovery-codes")),
    ("charging, a code of a sheet", Step::Checking, || types_at(five().at_entry_by("recovery-codes"), Until::Charge)),
    ("deriving, a code of a sheet", Step::Checking, || types_at(five().at_entry_by("recovery-codes"), Until::Derive)),
    ("enter code, of support", Step::EnterCode, || five().at_entry_by("support")),
    ("choosing, one of two proofs given", Step::ChooseMethod, || {
        let mut device = Device::opens(five_ways(OnPresence::NewPassword, ProofRule::two_kinds())).at_code_entry();
        let right = device.mail();
        device.does(typed(&right));
        device
    }),
    ("committing, a code of a sheet", Step::Saving, || {
        let mut device = five().at_entry_by("recovery-codes");
        let right = device.mail();
        device.does(typed(&right));
        until(device, password(GOOD), Until::Commit)
    }),
    ("dead end", Step::DeadEnd, || Device::opens(opening(Selection::default()))),
    ("closed", Step::Done, || {
        let mut device = Device::opens(opening(three_ways())).at_choose_password();
        device.does(password(GOOD));
        device
    }),
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Until {
    Start,
    SealWish,
    Raise,
    Watch,
    Erase,
    Issue,
    Persist,
    Charge,
    Derive,
    Prepare,
    Commit,
}

fn stage(asked: &Asked) -> Until {
    match asked {
        Asked::Start { .. } => Until::Start,
        Asked::SealWish { .. } => Until::SealWish,
        Asked::Raise { .. } => Until::Raise,
        Asked::Watch { .. } => Until::Watch,
        Asked::Erase { .. } => Until::Erase,
        Asked::Issue { .. } => Until::Issue,
        Asked::Persist { .. } => Until::Persist,
        Asked::Charge { .. } => Until::Charge,
        Asked::Derive { .. } => Until::Derive,
        Asked::Prepare { .. } => Until::Prepare,
        Asked::Commit { .. } | Asked::Confirm { .. } => Until::Commit,
    }
}

/// Answers well until the question of this stage is open.
fn until(mut device: Device, event: Event, wanted: Until) -> Device {
    device.give(event);
    while stage(device.asked.first().expect("the stage is reached")) != wanted {
        let asked = device.asked.remove(0);
        device.answer(asked);
    }
    device
}

fn every_way_to() -> Device {
    Device::opens(every_way(OnPresence::NewPassword))
}

fn five() -> Device {
    Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any()))
}

fn types(wanted: Until) -> Device {
    types_at(Device::opens(opening(three_ways())).at_code_entry(), wanted)
}

fn types_at(device: Device, wanted: Until) -> Device {
    let right = device.mail();
    until(device, typed(&right), wanted)
}

fn resuming() -> Device {
    let mut device = Device::opens(opening(three_ways())).at_code_entry();
    device.reboots_unsettled().unwrap();
    device
}

/// One of each event with this ticket, and a few with other contents.
pub(crate) fn events(ticket: Ticket) -> Vec<Event> {
    let challenge = |purpose, counter| Challenge {
        counter: Counter::new(counter),
        purpose,
        style: CodeStyle::Letters,
        expected: Expected::Drawn(Verifier::from_octets([1; 32])),
        salt: Salt([2; 16]),
    };
    let seal = |purpose| Event::SealAsked { run: ticket, purpose, form: SealForm::AddressSealed };
    let mut events = vec![
        Event::Acknowledged,
        Event::MethodChosen(method("companion")),
        Event::MethodChosen(method("email")),
        Event::MethodChosen(method("recovery-codes")),
        Event::MethodChosen(method("support")),
        Event::MethodChosen(method("nobody")),
        Event::TryAnotherWay,
        Event::NoMailCame,
        Event::SupportSaidNo,
        Event::NewChallengeAsked,
        typed("000-000-000"),
        typed(""),
        typed(&"☺".repeat(1_000)),
        Event::MoreTimeAsked,
        password(GOOD),
        password(""),
        Event::Cancelled,
        Event::ButtonPressed,
        Event::MethodStarted(ticket),
        Event::MethodReady(ticket),
        seal(Purpose::Reset),
        seal(Purpose::Unlock),
        Event::SealAsked { run: ticket, purpose: Purpose::Unlock, form: SealForm::Unlock },
        Event::DeliveryAsked { run: ticket, purpose: Purpose::Reset },
        Event::DeliveryAsked { run: ticket, purpose: Purpose::ConfirmAddress },
        Event::KeptAsked { run: ticket },
        Event::Delivered(ticket),
        Event::PressAsked { run: ticket },
        Event::ButtonWatched { run: ticket, at: std::time::Duration::ZERO, pressed: false },
        Event::ButtonWatched { run: ticket, at: std::time::Duration::MAX, pressed: true },
        Event::ButtonEdge { at: std::time::Duration::ZERO, pressed: false },
        Event::ButtonEdge { at: std::time::Duration::MAX, pressed: true },
        Event::ButtonEdge { at: std::time::Duration::MAX, pressed: false },
        Event::ButtonLost,
        Event::ButtonTaken,
        Event::CounterRaised(ticket, Counter::new(1_000)),
        Event::CounterRaised(ticket, Counter::new(0)),
        Event::CounterRefused(ticket, FailureKind::ButtonBusy.into()),
        Event::Erased(ticket),
        Event::EraseFailed(ticket, FailureKind::EraseFailed),
        Event::MethodFailed(ticket, FailureKind::RelayUnreachable),
        Event::MethodFailed(ticket, FailureKind::MailboxFull),
        Event::MethodGone(ticket, FailureKind::MethodCrashed),
        Event::ChallengeIssued(ticket, challenge(Purpose::Reset, 1_000)),
        Event::ChallengeIssued(ticket, challenge(Purpose::Reset, 0)),
        Event::ChallengeIssued(ticket, challenge(Purpose::Notice, 1_000)),
        Event::ChallengeIssued(ticket, kept()),
        Event::ChallengeRefused(ticket, FailureKind::NoRandomness.into()),
        Event::Persisted(ticket),
        Event::StoreFailed(ticket),
        Event::Charged(ticket),
        Event::ChargeRefused(ticket, Refusal::Wait(minutes(6))),
        Event::ChargeRefused(ticket, Refusal::Wait(std::time::Duration::MAX)),
        Event::ChargeRefused(ticket, Refusal::LaneClosed),
        Event::Derived(ticket, Derived::from_octets([0; 32])),
        Event::DeriveFailed(ticket),
        Event::PasswordRefused(ticket, vec![PasswordFlaw::Common; 1_000]),
        Event::PasswordRefused(ticket, Vec::new()),
        Event::Prepared(ticket, TransactionId::new(99)),
        Event::PrepareFailed(ticket, FailureKind::PrepareFailed),
        Event::Committed(ticket),
        Event::CommitFailed(ticket, FailureKind::CommitFailed),
        Event::AddressConfirmed(ticket),
        Event::Superseded,
    ];
    events.extend(DeadlineReason::ALL.map(Event::DeadlineReached));
    events
}

/// A sheet that nobody asked for.
fn kept() -> Challenge {
    let code = KeptCode { verifier: Verifier::from_octets([1; 32]), used: false };
    let expected = Expected::Kept(KeptSheet { number: 9, codes: vec![code; 8] });
    let style = CodeStyle::KeptDigits;
    Challenge { counter: Counter::new(1_000), purpose: Purpose::Reset, style, expected, salt: Salt([2; 16]) }
}

#[test]
fn every_event_is_tried() {
    let named: std::collections::BTreeSet<_> = events(Ticket::new(1)).iter().map(Event::name).collect();
    assert_eq!(named.len(), EventName::ALL.len());
}

#[test]
fn every_state_answers_every_event_and_none_of_them_sets_a_password_by_itself() {
    let mut pairs = 0;
    for (name, step, reach) in STATES {
        for late in [0, 2_000] {
            // Every ticket that was ever given in this session, and two that were not.
            for ticket in (0..14).chain([u32::MAX]).map(Ticket::new) {
                let count = events(ticket).len();
                for index in 0..count {
                    let mut device = reach();
                    assert_eq!(device.step(), step, "{name}");
                    let (commits, erased) = (device.commits.len(), device.erased.len());
                    device.now += minutes(late);
                    let event = events(ticket).swap_remove(index);
                    let what = format!("{name} × {:?} ticket {}", event.name(), ticket.value());
                    device.give(event);
                    check(&device, &what);
                    assert_eq!((device.commits.len(), device.erased.len()), (commits, erased), "{what}");
                    let erases = device.asked.iter().any(|asked| matches!(asked, Asked::Erase { .. }));
                    assert!(!erases || name == "erasing", "{what}");
                    pairs += 1;
                }
            }
        }
    }
    assert!(pairs > 20_000);
}

/// What holds whatever happened.
fn check(device: &Device, what: &str) {
    let view = device.view();
    let waits = device.session().deadline().is_some() || !device.asked.is_empty();
    assert!(device.session().is_over() || waits, "{what}: nobody would ever come back to it");
    assert!(device.most_effects <= 12, "{what}: {} effects", device.most_effects);
    if view.step == Step::DeadEnd || view.step == Step::Expired {
        assert!(view.failure.is_some(), "{what}: the owner is told why");
    }
    if view.step == Step::ChooseMethod {
        assert!(!view.offers.is_empty(), "{what}: a chooser without a choice");
    }
    if view.step == Step::EnterCode {
        assert!(view.tries_left >= Some(1) && view.request.is_some(), "{what}");
    }
}

#[test]
fn what_comes_too_late_is_cleaned_up_in_every_state() {
    for (name, _, reach) in STATES {
        let mut device = reach();
        let (dropped, ticket) = (device.dropped.len(), Ticket::new(u32::MAX));
        let challenge = device.challenge(Counter::new(4_242), Purpose::Reset, CodeStyle::Letters);
        device.give(Event::ChallengeIssued(ticket, challenge));
        assert!(device.voided.contains(&Counter::new(4_242)), "{name}");
        device.give(Event::Prepared(ticket, TransactionId::new(4_242)));
        assert_eq!(device.dropped.len(), dropped + 1, "{name}");
    }
}

#[test]
fn views_name_every_step() {
    let named: std::collections::BTreeSet<_> = Step::ALL.iter().map(|step| step.as_str()).collect();
    assert_eq!(named.len(), Step::ALL.len());
    for wanted in ["notice", "enter-code", "choose-new-password", "support", "hold-button", "factory-state"] {
        assert!(named.contains(wanted));
    }
}
