//! An answer of the machine: what it is now, and what it says.

use resetkit_contract::{FailKind, LogLevel, MethodOutput};

use crate::machine::State;

/// The next state with all that is said on the way to it.
pub(crate) type Answer = (State, Vec<MethodOutput>);

pub(crate) fn after(mut before: Vec<MethodOutput>, (state, outputs): Answer) -> Answer {
    before.extend(outputs);
    (state, before)
}

pub(crate) fn fail(kind: FailKind, code: &str, mut outputs: Vec<MethodOutput>) -> Answer {
    outputs.push(MethodOutput::Fail { kind, code: code.into() });
    (State::Over, outputs)
}

pub(crate) fn over() -> Answer {
    (State::Over, vec![MethodOutput::Done])
}

pub(crate) fn log(level: LogLevel, key: &str) -> MethodOutput {
    MethodOutput::Log { level, key: key.into() }
}

/// An event that means nothing now: an ordinary outcome, told to the log.
pub(crate) fn ignored() -> Vec<MethodOutput> {
    vec![log(LogLevel::Debug, "event-ignored")]
}
