//! What was handed to a method in confidence: the code, its recipient, a password. Nothing that it says may repeat it.
//!
//! This catches mistakes and plain lies: the words as they are, in other letters, with other separators, or cut into the
//! arguments of one answer. Whoever wants to can still hide a code in what looks innocent; a method with the grant
//! `deliver-code` holds the code, and that is its stated residual.

use resetkit_contract::{ArgValue, Delivery, Hidden, Login, MethodOutput, Part, Text, View};

/// Shorter remains would be found in ordinary words.
const SHORTEST: usize = 6;

/// What may not be repeated, without case and separators.
#[derive(Debug, Clone, Default)]
pub(crate) struct Confidences {
    bare: Vec<Hidden>,
}

impl Confidences {
    pub(crate) fn remember_delivery(&mut self, delivery: &Delivery) {
        self.remember(delivery.code.expose());
        self.remember(delivery.recipient.expose());
    }

    pub(crate) fn remember_login(&mut self, login: &Login) {
        self.remember(login.secret.expose());
    }

    /// Whether there is anything to keep.
    pub(crate) fn is_empty(&self) -> bool {
        self.bare.is_empty()
    }

    fn remember(&mut self, words: &str) {
        let bare = Hidden::from(bare(words));
        if bare.expose().len() >= SHORTEST && !self.bare.contains(&bare) {
            self.bare.push(bare);
        }
    }

    /// Whether one whole answer gives something of it away.
    pub(crate) fn are_betrayed_by(&self, outputs: &[MethodOutput]) -> bool {
        if self.is_empty() {
            return false;
        }
        let mut said = Said::default();
        outputs.iter().for_each(|output| said.hear(output));
        self.bare
            .iter()
            .any(|secret| said.everything.contains(secret.expose()) || said.values.contains(secret.expose()))
    }
}

fn bare(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// All words of an answer in their order, and the arguments alone, which a screen may show side by side.
#[derive(Default)]
struct Said {
    everything: String,
    values: String,
}

impl Said {
    fn hear(&mut self, output: &MethodOutput) {
        match output {
            MethodOutput::Show(view) => self.view(view),
            MethodOutput::Fail { code: word, .. } | MethodOutput::Log { key: word, .. } => self.word(word),
            MethodOutput::Attest(attestation) => self.word(&attestation.seen),
            MethodOutput::Connect { setting } => self.word(setting),
            MethodOutput::Ready
            | MethodOutput::Seal { .. }
            | MethodOutput::AskDelivery { .. }
            | MethodOutput::Delivered
            | MethodOutput::AskPress
            | MethodOutput::AskKept
            | MethodOutput::Watch { .. }
            | MethodOutput::Unwatch { .. }
            | MethodOutput::WakeAfter { .. }
            | MethodOutput::Done => {}
        }
    }

    fn view(&mut self, view: &View) {
        self.text(&view.title);
        for part in &view.parts {
            match part {
                Part::Paragraph(text) | Part::Warning(text) | Part::Progress { label: text, .. } => self.text(text),
                Part::Steps(steps) => steps.iter().for_each(|step| self.text(step)),
                Part::Action(action) => {
                    self.word(&action.id);
                    self.text(&action.label);
                }
                Part::Qr(qr) => self.text(&qr.label),
                Part::AddressHint(_) | Part::RequestNumber(_) | Part::TriesLeft(_) | Part::MinutesLeft(_) => {}
            }
        }
    }

    fn text(&mut self, text: &Text) {
        self.word(&text.id);
        for arg in &text.args {
            self.word(&arg.name);
            let value = match &arg.value {
                ArgValue::Words(words) => bare(words),
                ArgValue::Number(number) => number.to_string(),
            };
            self.everything.push_str(&value);
            self.values.push_str(&value);
        }
    }

    fn word(&mut self, word: &str) {
        self.everything.push_str(&bare(word));
    }
}
