//! The words of SMTP, without any socket: what is answered to each command.
//!
//! ```text
//!  Greeted ──EHLO/HELO──▶ Ready ──MAIL──▶ From ──RCPT──▶ To ──DATA──▶ (text) ──▶ Ready
//!     every state: NOOP, RSET (back to Ready), QUIT; everything else out of turn: 503
//!  behind a gate (submission): Ready ──STARTTLS──▶ Greeted, encrypted ──EHLO──▶ Ready ──AUTH──▶ Ready, known ──MAIL──▶ …
//! ```

use std::time::Duration;

use super::gate::{Gate, Login};

/// How the mailbox behaves, for tests of its clients.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manners {
    /// Every RCPT is answered 550.
    pub(crate) reject_recipients: bool,
    /// Wait before each answer.
    pub(crate) delay: Duration,
}

/// Largest message, in octets.
pub(crate) const LARGEST_MESSAGE: usize = 1024 * 1024;
/// Most recipients of one message.
const MOST_RECIPIENTS: usize = 100;

/// Who a message is from and to, as the envelope says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    /// Who logged in before sending it; nobody on the open port.
    pub(crate) login: Option<String>,
}

/// What to do after a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Say this and wait for the next command.
    Say(String),
    /// Say 354, take the text, and store it in this envelope.
    TakeText(Envelope),
    /// Say this, then go on encrypted and with a fresh dialogue (RFC 3207, 4.2).
    StartTls(String),
    /// Say this and hang up.
    HangUp(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Greeted,
    Ready,
    From(String),
    To(Envelope),
}

/// One connection's conversation.
#[derive(Debug)]
pub(crate) struct Dialogue {
    state: State,
    manners: Manners,
    /// What a client must do before it may send; `None`: nothing.
    gate: Option<Gate>,
    secure: bool,
    login: Login,
}

impl Dialogue {
    pub(crate) fn new(manners: Manners, gate: Option<Gate>) -> Dialogue {
        Dialogue { state: State::Greeted, manners, gate, secure: false, login: Login::default() }
    }

    /// What stands after the handshake: nothing that was said in clear text (RFC 3207, 4.2).
    pub(crate) fn encrypted(manners: Manners, gate: Option<Gate>) -> Dialogue {
        Dialogue { secure: true, ..Dialogue::new(manners, gate) }
    }

    /// Answers one line, given without its CRLF.
    pub(crate) fn command(&mut self, line: &str) -> Answer {
        if self.login.is_asked() {
            return self.login.answer(line, self.gate.as_ref());
        }
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => self.hello(rest, &self.abilities()),
            "HELO" => self.hello(rest, "250 mailbox"),
            "STARTTLS" => self.start_tls(rest),
            "AUTH" => self.authenticate(rest),
            "MAIL" => self.mail(rest),
            "RCPT" => self.recipient(rest),
            "DATA" if rest.is_empty() => self.data(),
            "RSET" => self.reset(),
            "NOOP" => say("250 2.0.0 here"),
            "QUIT" => Answer::HangUp("221 2.0.0 bye".to_owned()),
            "VRFY" => say("252 2.1.5 every address is taken here"),
            _ => say("500 5.5.1 no such command"),
        }
    }

    fn abilities(&self) -> String {
        let more = match (&self.gate, self.secure) {
            (None, _) => "",
            (Some(_), false) => "250-STARTTLS\r\n",
            (Some(_), true) => "250-AUTH PLAIN LOGIN\r\n",
        };
        format!("250-mailbox\r\n{more}250-SIZE {LARGEST_MESSAGE}\r\n250-8BITMIME\r\n250 SMTPUTF8")
    }

    fn start_tls(&mut self, rest: &str) -> Answer {
        match (&self.gate, self.secure) {
            (Some(_), false) if rest.is_empty() => Answer::StartTls("220 2.0.0 go ahead".to_owned()),
            (Some(_), false) => say("501 5.5.4 STARTTLS stands alone"),
            (Some(_), true) => say("503 5.5.1 this is encrypted already"),
            (None, _) => say("502 5.5.1 not here"),
        }
    }

    fn authenticate(&mut self, rest: &str) -> Answer {
        match &self.gate {
            None => say("502 5.5.1 not here"),
            Some(_) if !self.secure => say("538 5.7.11 not in clear text: STARTTLS first"),
            Some(_) if self.state != State::Ready || self.login.is_known() => say("503 5.5.1 once, after EHLO"),
            Some(gate) => self.login.begin(rest, gate),
        }
    }

    /// Why a mail may not be sent yet.
    fn closed(&self) -> Option<Answer> {
        self.gate.as_ref()?;
        match (self.secure, self.login.is_known()) {
            (false, _) => Some(say("530 5.7.0 STARTTLS first")),
            (true, false) => Some(say("530 5.7.0 AUTH first")),
            (true, true) => None,
        }
    }

    fn hello(&mut self, name: &str, answer: &str) -> Answer {
        if name.trim().is_empty() {
            return say("501 5.5.4 say who you are");
        }
        self.state = State::Ready;
        say(answer)
    }

    fn mail(&mut self, rest: &str) -> Answer {
        if let Some(refusal) = self.closed() {
            return refusal;
        }
        if self.state != State::Ready {
            return say("503 5.5.1 EHLO first, one message at a time");
        }
        let Some((from, parameters)) = path(rest, "FROM:") else {
            return say("501 5.5.4 MAIL FROM:<address>");
        };
        let size = parameters
            .split_whitespace()
            .find_map(|word| word.to_ascii_uppercase().strip_prefix("SIZE=")?.parse::<usize>().ok());
        if size.is_some_and(|size| size > LARGEST_MESSAGE) {
            return say("552 5.3.4 the message is too large");
        }
        self.state = State::From(from);
        say("250 2.1.0 go on")
    }

    fn recipient(&mut self, rest: &str) -> Answer {
        let mut envelope = match &self.state {
            State::From(from) => Envelope { from: from.clone(), to: Vec::new(), login: self.login.user() },
            State::To(envelope) => envelope.clone(),
            State::Greeted | State::Ready => return say("503 5.5.1 MAIL first"),
        };
        let Some((to, _)) = path(rest, "TO:").filter(|(to, _)| !to.is_empty()) else {
            return say("501 5.5.4 RCPT TO:<address>");
        };
        if self.manners.reject_recipients {
            return say("550 5.1.1 nobody of that name here");
        }
        if envelope.to.len() >= MOST_RECIPIENTS {
            return say("452 4.5.3 too many recipients");
        }
        envelope.to.push(to);
        self.state = State::To(envelope);
        say("250 2.1.5 go on")
    }

    fn data(&mut self) -> Answer {
        match std::mem::replace(&mut self.state, State::Ready) {
            State::To(envelope) => Answer::TakeText(envelope),
            other @ (State::Greeted | State::Ready | State::From(_)) => {
                self.state = other;
                say("503 5.5.1 RCPT first")
            }
        }
    }

    fn reset(&mut self) -> Answer {
        if self.state != State::Greeted {
            self.state = State::Ready;
        }
        say("250 2.0.0 forgotten")
    }
}

pub(super) fn say(line: &str) -> Answer {
    Answer::Say(line.to_owned())
}

/// Takes `FROM:<address> PARAMETERS` apart. The address keeps its octets (R65).
fn path(rest: &str, keyword: &str) -> Option<(String, String)> {
    let head = rest.get(..keyword.len()).filter(|head| head.eq_ignore_ascii_case(keyword))?;
    let inner = rest[head.len()..].trim_start().strip_prefix('<')?;
    let (address, parameters) = inner.split_once('>')?;
    let clean = !address.chars().any(|c| c.is_control() || c.is_whitespace() || c == '<');
    clean.then(|| (address.to_owned(), parameters.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANNERS: Manners = Manners { reject_recipients: false, delay: Duration::ZERO };

    fn fresh() -> Dialogue {
        Dialogue::new(MANNERS, None)
    }

    #[test]
    fn commands_out_of_turn_are_refused_and_change_nothing() {
        let mut dialogue = fresh();
        for early in ["MAIL FROM:<a@b.example>", "RCPT TO:<a@b.example>", "DATA"] {
            assert!(matches!(dialogue.command(early), Answer::Say(line) if line.starts_with("503")), "{early}");
        }
        dialogue.command("EHLO here");
        dialogue.command("MAIL FROM:<relay@plain.example> SIZE=900 BODY=8BITMIME");
        assert!(
            matches!(dialogue.command("MAIL FROM:<second@plain.example>"), Answer::Say(line) if line.starts_with("503"))
        );
        dialogue.command("rcpt to:<Owner+x@Example.ORG>");
        let envelope = Envelope {
            from: "relay@plain.example".to_owned(),
            to: vec!["Owner+x@Example.ORG".to_owned()],
            login: None,
        };
        assert_eq!(dialogue.command("DATA"), Answer::TakeText(envelope));
    }

    #[test]
    fn r66_an_address_cannot_bring_a_second_command_along() {
        for hostile in ["TO:<a@b\r\nRCPT TO:<c@d>", "TO:<a b@c>", "TO:a@b", "TO:<a@b<c>", "TO:<>"] {
            let mut dialogue = fresh();
            dialogue.command("HELO here");
            dialogue.command("MAIL FROM:<>");
            assert!(
                matches!(dialogue.command(&format!("RCPT {hostile}")), Answer::Say(line) if line.starts_with("501")),
                "{hostile}"
            );
        }
    }
}
