//! Reads what the three processes themselves say (the recorder's audit log, the relay's and the mailbox's output) and tells it in
//! plain words: who saw what, and what he never saw.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::journal::{Line, Party};

/// Most octets that are read at once.
const MOST: u64 = 256 * 1024;

/// A file that grows.
struct Tail {
    path: PathBuf,
    read: u64,
    reads: fn(&str) -> Option<Line>,
}

/// All that is listened to.
pub(super) struct Witness(Vec<Tail>);

impl Witness {
    /// `audits`: the recorders' audit logs; `logs`: the folder of what the processes say.
    pub(super) fn new(audits: &[PathBuf], logs: &Path) -> Witness {
        let audits = audits.iter().map(|path| Tail { path: path.clone(), read: 0, reads: recorder });
        let said = [("relay.log", relay as fn(&str) -> Option<Line>), ("mailbox.log", mailbox)];
        let said = said.map(|(name, reads)| Tail { path: logs.join(name), read: 0, reads });
        Witness(audits.chain(said).collect())
    }

    /// What was said since the last time.
    pub(super) fn news(&mut self) -> Vec<Line> {
        self.0.iter_mut().flat_map(Tail::news).collect()
    }
}

impl Tail {
    fn news(&mut self) -> Vec<Line> {
        let text = self.text().unwrap_or_default();
        // A line that is still being written is read the next time.
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        self.read += whole.len() as u64;
        whole.lines().filter_map(self.reads).collect()
    }

    fn text(&mut self) -> std::io::Result<String> {
        let mut file = File::open(&self.path)?;
        if file.metadata()?.len() < self.read {
            self.read = 0;
        }
        file.seek(SeekFrom::Start(self.read))?;
        let mut text = String::new();
        file.take(MOST).read_to_string(&mut text)?;
        Ok(text)
    }
}

/// One line of the audit log.
fn recorder(line: &str) -> Option<Line> {
    let entry: Value = serde_json::from_str(line).ok()?;
    let text = match entry["what"].as_str()? {
        "opened" => "desk-log-opened",
        "resumed" => "desk-log-resumed",
        "challenge-shown" => "desk-log-challenge",
        "code-handed" => "desk-log-handed",
        "code-delivered" => "desk-log-delivered",
        "press-awaited" => "desk-log-press-awaited",
        "code-wrong" => "desk-log-wrong",
        "proved" => "desk-log-proved",
        "no-mail-came" => "desk-log-no-mail",
        "challenge-void" => "desk-log-void",
        "method-failed" => "desk-log-method-failed",
        "method-quarantined" => "desk-log-quarantined",
        "password-set" => "desk-log-password",
        "dead-end" => "desk-log-dead-end",
        "cancelled" => "desk-log-cancelled",
        _ => return None,
    };
    let word = |key: &str| entry[key].as_str().unwrap_or("–").to_owned();
    Some(Line::new(Party::Recorder, text).with("request", word("request")).with("detail", word("detail")))
}

/// One line of what the relay says.
fn relay(line: &str) -> Option<Line> {
    let (_, said) = line.split_once("resetkit_relay::")?;
    let (_, said) = said.split_once(": ")?;
    let text = [
        ("accepted", "desk-log-relay-accepted"),
        ("to be sent again", "desk-log-relay-resent"),
        ("waiting to be sent", "desk-log-relay-waiting"),
        ("mail sent", "desk-log-relay-mailed"),
        ("mail not taken now", "desk-log-relay-retry"),
        ("refused", "desk-log-relay-refused"),
        ("an owner pressed not me", "desk-log-relay-not-me"),
    ];
    let (_, text) = text.iter().find(|(begins, _)| said.starts_with(begins))?;
    let field = |name: &str| {
        let value = said.split_whitespace().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        value.unwrap_or("–").trim_matches('"').to_owned()
    };
    Some(
        Line::new(Party::Relay, text)
            .with("request", field("request"))
            .with("handle", field("handle"))
            .with("code", field("code")),
    )
}

/// One line of what the mailbox says: `took 3 from ADDRESS`, and `as USER` where somebody logged in.
fn mailbox(line: &str) -> Option<Line> {
    let mut words = line.strip_prefix("took ")?.split(' ').skip(2);
    let from = words.next()?;
    let text = if words.next() == Some("as") { "desk-log-mail-direct" } else { "desk-log-mail-relay" };
    Some(Line::new(Party::Mailbox, text).with("from", from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_processes_really_say_is_understood() {
        let said = "2026-11-24T06:19:30.065748Z  INFO resetkit_relay::relay: accepted handle=3490d4412ca0232a request=\"0001\" lane=\"network\" purpose=\"reset\"";
        let line = relay(said).expect("understood");
        assert_eq!(line.text, "desk-log-relay-accepted");
        assert!(line.arguments.contains(&("request", "0001".to_owned())));
        assert!(line.arguments.contains(&("handle", "3490d4412ca0232a".to_owned())));
        let refused = "2026-11-24T06:19:30Z  INFO resetkit_relay::relay: refused handle=34 request=\"0002\" lane=\"network\" code=\"E-703\"";
        assert!(relay(refused).expect("understood").arguments.contains(&("code", "E-703".to_owned())));
        let sent = "2026-11-24T06:19:30Z  INFO resetkit_relay::mail::send: mail sent handle=34";
        assert_eq!(relay(sent).expect("understood").text, "desk-log-relay-mailed");
        let audit =
            r#"{"n":3,"boot_s":4,"wall":null,"what":"challenge-shown","request":"0042","lane":"network","chain":"00"}"#;
        assert!(recorder(audit).expect("understood").arguments.contains(&("request", "0042".to_owned())));
        assert_eq!(mailbox("took 3 from a@b.example").expect("understood").text, "desk-log-mail-relay");
        assert_eq!(mailbox("took 4 from a@b.example as recorder").expect("understood").text, "desk-log-mail-direct");
        assert_eq!((relay("ready http://127.0.0.1:1"), recorder("x"), mailbox("ready")), (None, None, None));
    }

    #[test]
    fn a_half_written_line_waits_for_its_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mailbox.log");
        let mut witness = Witness::new(&[], folder.path());
        assert!(witness.news().is_empty(), "no file yet");
        std::fs::write(&path, "took 1 from a@b.example\ntook 2 fr").expect("written");
        assert_eq!(witness.news().len(), 1);
        std::fs::write(&path, "took 1 from a@b.example\ntook 2 from a@b.example\n").expect("written");
        assert_eq!(witness.news().len(), 1);
    }
}
