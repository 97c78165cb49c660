//! The words on the screen. They come from the device, in the owner's language and with the brand's names in them.
//!
//! Only where a device has never answered are there words of our own: that it does not answer.

use crate::wire::Texts;

/// Words in one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words(Texts);

impl Words {
    /// What the device said.
    pub(crate) fn of(texts: Texts) -> Self {
        Self(texts)
    }

    /// Whether the device ever said anything.
    pub(crate) fn are_known(&self) -> bool {
        !self.0.texts.is_empty()
    }

    /// The language after this one.
    pub(crate) fn next_language(&self) -> Option<String> {
        let languages = &self.0.languages;
        let here = languages.iter().position(|language| *language == self.0.language)?;
        languages.get((here + 1) % languages.len()).filter(|next| **next != self.0.language).cloned()
    }

    /// The text of an id. An unknown one is shown as its id, so that a gap is seen and not a crash.
    pub(crate) fn get(&self, id: &str) -> String {
        let text = self.0.texts.get(id).map(String::as_str).or_else(|| last_resort(id));
        text.map_or_else(|| format!("[{id}]"), str::to_owned)
    }

    /// The text of an id with what belongs into it.
    pub(crate) fn fill(&self, id: &str, with: &[(&str, &str)]) -> String {
        with.iter().fold(self.get(id), |text, (name, value)| text.replace(&format!("{{${name}}}"), value))
    }
}

/// For a device that never answered since this program began.
fn last_resort(id: &str) -> Option<&'static str> {
    LAST_RESORT.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}

/// English, since no language is known yet.
const LAST_RESORT: &[(&str, &str)] = &[
    ("screen-down-title", "The device does not answer yet"),
    (
        "screen-down-text",
        "It is starting, or its service is stopped. This screen goes on by itself as soon as it answers.",
    ),
    ("screen-down-help", "If this stays so for more than two minutes, switch the device off and on."),
    ("screen-help-keys", "Tab next   Enter choose   Esc back"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_from_the_device_and_gaps_are_seen() {
        let texts = r#"{"language":"de","languages":["en","de"],"texts":{"screen-a":"{$min} bis {$max}"}}"#;
        let words = Words::of(serde_json::from_str(texts).expect("it is JSON"));
        assert_eq!(words.fill("screen-a", &[("min", "15"), ("max", "128")]), "15 bis 128");
        assert_eq!(words.get("screen-b"), "[screen-b]");
        assert_eq!(words.next_language().as_deref(), Some("en"));
        assert!(Words::default().get("screen-down-title").starts_with("The device"));
    }
}
