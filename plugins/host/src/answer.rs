//! Every answer of a method is held against its manifest and against what it was told, before anybody acts on it (R82).

use resetkit_contract::abi::{RNone, ROption, RString};
use resetkit_contract::{Arg, ArgValue, MethodEvent, MethodOutput, Part, Qr, Text, View};
use resetkit_core::{Manifest, ManifestGrant};

use crate::failure::{HostFailure, HostFailureKind};
use crate::limits::Limits;
use crate::picture;

/// What a method was told, and may therefore repeat.
#[derive(Debug, Clone, Default)]
pub struct SessionFacts {
    address_hint: Option<String>,
    url: Option<String>,
    request: Option<String>,
    actions: Vec<String>,
}

impl SessionFacts {
    /// What of an event the method may hear, remembered; `None` if it may not hear of it at all.
    pub fn may_hear(&mut self, manifest: &Manifest, event: MethodEvent) -> Option<MethodEvent> {
        match event {
            MethodEvent::Start(mut info) => {
                keep_if(manifest.grants.contains(&ManifestGrant::MaskedAddress), &mut info.address_hint);
                keep_if(manifest.grants.contains(&ManifestGrant::BrandWords), &mut info.app);
                if !manifest.grants.contains(&ManifestGrant::BrandWords) {
                    info.locale = RString::new();
                }
                self.address_hint = info.address_hint.as_ref().map(|hint| hint.to_string()).into_option();
                Some(MethodEvent::Start(info))
            }
            MethodEvent::Sealed(sealed) => {
                self.url = Some(sealed.url.to_string());
                self.request = Some(sealed.request.to_string());
                Some(MethodEvent::Sealed(sealed))
            }
            MethodEvent::Action { id } => {
                self.actions.iter().any(|offered| *offered == id).then_some(MethodEvent::Action { id })
            }
            other @ (MethodEvent::SealRefused { .. }
            | MethodEvent::News(_)
            | MethodEvent::Tick { .. }
            | MethodEvent::Deliver(_)
            | MethodEvent::Connected(_)
            | MethodEvent::ConnectRefused { .. }
            | MethodEvent::Readable { .. }
            | MethodEvent::PressWatched { .. }
            | MethodEvent::Edge { .. }
            | MethodEvent::LineLost { .. }
            | MethodEvent::Stop) => Some(other),
        }
    }

    /// Remembers which actions the method offers now.
    pub(crate) fn heard(&mut self, output: &MethodOutput) {
        if let MethodOutput::Show(view) = output {
            self.actions = view.actions().map(|action| action.id.to_string()).collect();
        }
    }
}

fn keep_if<T>(granted: bool, field: &mut ROption<T>) {
    if !granted {
        *field = RNone;
    }
}

/// Checks the whole answer to one event.
///
/// # Errors
/// [`HostFailureKind::GrantViolation`], [`Garbage`](HostFailureKind::Garbage) or [`Flood`](HostFailureKind::Flood).
pub fn check_outputs(manifest: &Manifest, facts: &SessionFacts, outputs: &[MethodOutput]) -> Result<(), HostFailure> {
    if outputs.len() > Limits::OUTPUTS {
        return Err(flood(format!("{} outputs at once", outputs.len())));
    }
    outputs.iter().try_for_each(|output| check(manifest, facts, output))
}

fn check(manifest: &Manifest, facts: &SessionFacts, output: &MethodOutput) -> Result<(), HostFailure> {
    match output {
        MethodOutput::Seal { .. } => granted(manifest, &ManifestGrant::Seal, "asks to seal"),
        MethodOutput::Attest(attestation) => {
            granted(manifest, &ManifestGrant::Attest, "attests")?;
            check_word("attestation", &attestation.seen)
        }
        MethodOutput::Connect { setting } => {
            granted(manifest, &ManifestGrant::Connect(setting.to_string()), "asks for a connection")?;
            Err(violation("asks for a connection, which contract 0.1 does not make yet"))
        }
        MethodOutput::AskDelivery { .. } => granted(manifest, &ManifestGrant::DeliverCode, "asks for a code"),
        MethodOutput::Delivered => granted(manifest, &ManifestGrant::DeliverCode, "tells of a delivery"),
        MethodOutput::AskPress => Err(violation("asks for the button without the grant")),
        MethodOutput::Watch { .. } | MethodOutput::Unwatch { .. } => {
            Err(violation("watches a descriptor, which contract 0.1 does not hand out yet"))
        }
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
    check_text(manifest, &view.title)?;
    view.parts.iter().try_for_each(|part| check_part(manifest, facts, part))
}

fn check_part(manifest: &Manifest, facts: &SessionFacts, part: &Part) -> Result<(), HostFailure> {
    match part {
        Part::Paragraph(text) | Part::Warning(text) => check_text(manifest, text),
        Part::Steps(steps) if steps.len() > Limits::STEPS => Err(flood(format!("{} steps", steps.len()))),
        Part::Steps(steps) => steps.iter().try_for_each(|step| check_text(manifest, step)),
        Part::Action(action) => {
            check_word("action", &action.id)?;
            check_text(manifest, &action.label)
        }
        Part::AddressHint(hint) => repeated("address", hint, facts.address_hint.as_deref()),
        Part::RequestNumber(number) => repeated("request number", number, facts.request.as_deref()),
        Part::Qr(qr) => check_qr(manifest, facts, qr),
        Part::Progress { label, .. } => check_text(manifest, label),
        Part::TriesLeft(_) | Part::MinutesLeft(_) => Ok(()),
    }
}

/// A method may show what it was told, and nothing in its place.
fn repeated(what: &str, shown: &str, told: Option<&str>) -> Result<(), HostFailure> {
    if told == Some(shown) { Ok(()) } else { Err(violation(&format!("shows another {what} than it was told"))) }
}

fn check_qr(manifest: &Manifest, facts: &SessionFacts, qr: &Qr) -> Result<(), HostFailure> {
    repeated("payload", &qr.payload, facts.url.as_deref())?;
    check_text(manifest, &qr.label)?;
    picture::check_svg(&qr.svg).map_err(|why| garbage(&format!("SVG: {why}")))?;
    picture::check_png(&qr.png).map_err(|why| garbage(&format!("PNG: {why}")))?;
    picture::check_half_blocks(&qr.half_blocks).map_err(|why| garbage(&format!("half blocks: {why}")))
}

/// A text id begins with the method's id, so that no method can borrow the device's own words.
fn check_text(manifest: &Manifest, text: &Text) -> Result<(), HostFailure> {
    check_word("text id", &text.id)?;
    let own = text.id.strip_prefix(manifest.id.as_str()).is_some_and(|rest| rest.starts_with('-'));
    if !own {
        return Err(garbage(&format!("text id `{}` does not begin with the method's id", text.id)));
    }
    if text.args.len() > Limits::ARGS {
        return Err(flood(format!("a text with {} arguments", text.args.len())));
    }
    text.args.iter().try_for_each(check_arg)
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
