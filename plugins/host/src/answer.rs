//! Every answer of a method is held against its manifest and against what it was told, before anybody acts on it (R82).

use std::collections::BTreeSet;

use resetkit_contract::{Arg, ArgValue, MethodOutput, Part, Qr, Text, View};
use resetkit_core::{Manifest, ManifestGrant};

use crate::facts::{SessionFacts, may_connect};
use crate::failure::{HostFailure, HostFailureKind};
use crate::limits::Limits;

/// Checks the whole answer to one event.
///
/// # Errors
/// [`HostFailureKind::GrantViolation`], [`Garbage`](HostFailureKind::Garbage) or [`Flood`](HostFailureKind::Flood).
pub fn check_outputs(manifest: &Manifest, facts: &SessionFacts, outputs: &[MethodOutput]) -> Result<(), HostFailure> {
    if outputs.len() > Limits::OUTPUTS {
        return Err(flood(format!("{} outputs at once", outputs.len())));
    }
    outputs.iter().try_for_each(|output| check(manifest, facts, output))?;
    check_descriptors(facts, outputs)?;
    if facts.confidences.are_betrayed_by(outputs) {
        return Err(violation("repeats what it was told in confidence"));
    }
    Ok(())
}

/// Connections and watches have bounds over the whole run (R47).
fn check_descriptors(facts: &SessionFacts, outputs: &[MethodOutput]) -> Result<(), HostFailure> {
    let asked = outputs.iter().filter(|output| matches!(output, MethodOutput::Connect { .. })).count();
    if facts.asked + asked > Limits::CONNECTIONS {
        return Err(flood(format!("asks for more than {} connections", Limits::CONNECTIONS)));
    }
    let mut watched: BTreeSet<u32> = facts.watched.clone();
    for output in outputs {
        if let MethodOutput::Watch { watch } = output {
            watched.insert(*watch);
        } else if let MethodOutput::Unwatch { watch } = output {
            watched.remove(watch);
        }
        if watched.len() > Limits::WATCHES {
            return Err(flood(format!("watches more than {} descriptors", Limits::WATCHES)));
        }
    }
    Ok(())
}

fn check(manifest: &Manifest, facts: &SessionFacts, output: &MethodOutput) -> Result<(), HostFailure> {
    match output {
        MethodOutput::Seal { .. } => granted(manifest, &ManifestGrant::Seal, "asks to seal"),
        // The engine knows no proof of this kind yet; a grant that nothing honours is not honoured here either (R82).
        MethodOutput::Attest(_) => Err(violation("attests, which no host honours yet")),
        MethodOutput::Connect { setting } => {
            granted(manifest, &ManifestGrant::Connect(setting.to_string()), "asks for a connection")
        }
        MethodOutput::AskDelivery { .. } => granted(manifest, &ManifestGrant::DeliverCode, "asks for a code"),
        MethodOutput::Delivered if facts.confidences.is_empty() => Err(violation("delivered what it never got")),
        MethodOutput::Delivered => granted(manifest, &ManifestGrant::DeliverCode, "tells of a delivery"),
        MethodOutput::AskPress => granted(manifest, &ManifestGrant::Button, "asks for the button"),
        MethodOutput::AskKept => granted(manifest, &ManifestGrant::KeptCodes, "asks for kept codes"),
        MethodOutput::Watch { .. } | MethodOutput::Unwatch { .. } if !may_connect(manifest) || facts.handed == 0 => {
            Err(violation("watches a descriptor without having been handed one"))
        }
        MethodOutput::Watch { .. } | MethodOutput::Unwatch { .. } => Ok(()),
        MethodOutput::Show(view) => check_view(manifest, facts, view),
        MethodOutput::Fail { code, .. } => check_word("failure code", code),
        MethodOutput::Log { key, .. } => check_word("log key", key),
        MethodOutput::Ready | MethodOutput::WakeAfter { .. } | MethodOutput::Done => Ok(()),
    }
}

fn granted(manifest: &Manifest, grant: &ManifestGrant, what: &str) -> Result<(), HostFailure> {
    if manifest.grants.contains(grant) { Ok(()) } else { Err(violation(&format!("{what} without the grant"))) }
}

fn check_view(manifest: &Manifest, facts: &SessionFacts, view: &View) -> Result<(), HostFailure> {
    if view.parts.len() > View::MOST_PARTS {
        return Err(flood(format!("a view of {} parts", view.parts.len())));
    }
    check_text(manifest, facts, &view.title)?;
    view.parts.iter().try_for_each(|part| check_part(manifest, facts, part))
}

fn check_part(manifest: &Manifest, facts: &SessionFacts, part: &Part) -> Result<(), HostFailure> {
    match part {
        Part::Paragraph(text) | Part::Warning(text) => check_text(manifest, facts, text),
        Part::Steps(steps) if steps.len() > Limits::STEPS => Err(flood(format!("{} steps", steps.len()))),
        Part::Steps(steps) => steps.iter().try_for_each(|step| check_text(manifest, facts, step)),
        Part::Action(action) => {
            check_word("action", &action.id)?;
            check_text(manifest, facts, &action.label)
        }
        Part::AddressHint(hint) => repeated("address", hint, facts.address_hint.as_deref()),
        Part::RequestNumber(number) => repeated("request number", number, facts.request.as_deref()),
        Part::Qr(qr) => check_qr(manifest, facts, qr),
        Part::Progress { done, of, .. } if *of == 0 || done > of => Err(garbage("a progress beyond its end")),
        Part::Progress { label, .. } => check_text(manifest, facts, label),
        Part::TriesLeft(_) | Part::MinutesLeft(_) => Ok(()),
    }
}

/// A method may show what it was told, and nothing in its place.
fn repeated(what: &str, shown: &str, told: Option<&str>) -> Result<(), HostFailure> {
    if told == Some(shown) { Ok(()) } else { Err(violation(&format!("shows another {what} than it was told"))) }
}

fn check_qr(manifest: &Manifest, facts: &SessionFacts, qr: &Qr) -> Result<(), HostFailure> {
    repeated("payload", &qr.payload, facts.url.as_deref())?;
    check_text(manifest, facts, &qr.label)
}

/// A text id begins with the method's id, so that no method can borrow the device's own words.
fn check_text(manifest: &Manifest, facts: &SessionFacts, text: &Text) -> Result<(), HostFailure> {
    check_word("text id", &text.id)?;
    let own = text.id.strip_prefix(manifest.id.as_str()).is_some_and(|rest| rest.starts_with('-'));
    if !own {
        return Err(garbage(&format!("text id `{}` does not begin with the method's id", text.id)));
    }
    if text.args.len() > Limits::ARGS {
        return Err(flood(format!("a text with {} arguments", text.args.len())));
    }
    text.args.iter().try_for_each(check_arg)?;
    if manifest.grants.contains(&ManifestGrant::DeliverCode) {
        return text.args.iter().try_for_each(|arg| check_told(facts, arg));
    }
    Ok(())
}

fn check_arg(arg: &Arg) -> Result<(), HostFailure> {
    check_word("argument", &arg.name)?;
    match &arg.value {
        ArgValue::Number(_) => Ok(()),
        ArgValue::Words(words) if words.len() > Limits::WORDS => Err(flood("an argument too long".into())),
        ArgValue::Words(words) if words.chars().any(char::is_control) => {
            Err(garbage("an argument with control characters"))
        }
        ArgValue::Words(_) => Ok(()),
    }
}

/// A method that is handed codes puts only words into its sentences that it was told to be shown, or a time of day.
fn check_told(facts: &SessionFacts, arg: &Arg) -> Result<(), HostFailure> {
    let ArgValue::Words(words) = &arg.value else { return Ok(()) };
    let told = [&facts.request, &facts.address_hint].into_iter().flatten().any(|told| told.as_str() == words.as_str());
    let time = words.len() <= 5 && words.bytes().all(|b| b.is_ascii_digit() || b == b':');
    if told || time || facts.words.contains(words.as_str()) {
        return Ok(());
    }
    Err(violation(&format!("argument `{}` is nothing that it was told to be shown", arg.name)))
}

fn check_word(what: &str, word: &str) -> Result<(), HostFailure> {
    let kebab = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let good = !word.is_empty() && word.len() <= Text::LONGEST_ID && word.bytes().all(kebab);
    if good {
        Ok(())
    } else {
        Err(garbage(&format!("{what} is no kebab-case word of at most {} letters", Text::LONGEST_ID)))
    }
}

fn violation(detail: &str) -> HostFailure {
    HostFailure::new(HostFailureKind::GrantViolation, detail)
}

fn garbage(detail: &str) -> HostFailure {
    HostFailure::new(HostFailureKind::Garbage, detail)
}

fn flood(detail: String) -> HostFailure {
    HostFailure::new(HostFailureKind::Flood, detail)
}
