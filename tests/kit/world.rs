//! What a world must be able to do. The model does it in memory, the real one with processes and sockets; a story
//! never knows in which it plays.

use std::time::Duration;

/// What an owner can do on the reset pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// OK under the notice.
    Acknowledge,
    /// Chooses a way back in by its id.
    Choose(String),
    /// *Try another way*.
    AnotherWay,
    /// *No mail came?*, or *Support does not answer*.
    NoMailCame,
    /// *Support said no*.
    SupportSaidNo,
    /// Asks for a new code.
    NewCode,
    /// Asks for more time.
    MoreTime,
    /// Types a code.
    TypeCode(String),
    /// Chooses the new password.
    SetPassword(String),
    /// *Cancel*.
    Cancel,
}

/// One browser's hold on one reset: where it is and the secret that lets it act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The session's id, as in the page's address.
    pub id: String,
    /// What only this browser holds.
    pub token: String,
}

/// Somebody who is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket(pub String);

/// What stands on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// The step, by its stable name.
    pub step: String,
    /// The request number.
    pub request: Option<String>,
    /// Tries left.
    pub tries_left: Option<u8>,
    /// Powered minutes left.
    pub minutes_left: Option<u16>,
    /// What the QR says.
    pub payload: Option<String>,
    /// The address on file, partly hidden.
    pub address_hint: Option<String>,
    /// The trouble that the screen tells of, by its stable code.
    pub trouble: Option<Trouble>,
    /// Ways that are offered, best first, by method id.
    pub offers: Vec<String>,
    /// Ways that are not, with the code of the reason.
    pub withheld: Vec<(String, String)>,
}

/// A failure as its reader sees it: never without a next step (R93).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// Stable code, `E-101`.
    pub code: String,
    /// What happened, in words (real world) or as text id (model).
    pub happened: String,
    /// What to do next, likewise.
    pub next_step: String,
}

/// What the companion or the relay's page answers to a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// The request number, to be compared with the screen.
    pub request: String,
    /// True when the same challenge had been served before.
    pub resent: bool,
}

/// One mail in the owner's mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The envelope's one recipient.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text part.
    pub text: String,
}

impl Mail {
    /// The security code: the last word of the form 3-3-3 in Crockford's letters, or 4-4-5 in digits.
    pub fn code(&self) -> Option<String> {
        let mut words =
            self.text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
        words.rfind(|word| is_code(word)).map(str::to_owned)
    }
}

fn is_code(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let sizes: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let letters =
        |part: &&str| part.chars().all(|c| c.is_ascii_digit() || (c.is_ascii_uppercase() && !"ILOU".contains(c)));
    let digits = |part: &&str| part.chars().all(|c| c.is_ascii_digit());
    (sizes == [3, 3, 3] && parts.iter().all(letters)) || (sizes == [4, 4, 5] && parts.iter().all(digits))
}

/// What a support agent's tool makes of the case code that the owner reads out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Code of the failure, `E-101`, if there was one.
    pub failure: Option<String>,
    /// Ways that would work, as far as a case code tells, by method id.
    pub open: Vec<String>,
    /// What the agent does now, in words (real world) or as text ids (model).
    pub now: Vec<String>,
}

/// What the mail server does that the device itself is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailServer {
    /// It takes mails.
    Fine,
    /// It says that the owner's mailbox is full.
    MailboxFull,
    /// It says nothing at all.
    Silent,
}

/// A recorder, a relay, a mailbox and the people around them.
pub trait World {
    /// How long the answer to something done may take to appear; nothing in the model.
    fn patience(&self) -> Duration;
    /// First boot: the administrator's password, and an e-mail address or *skip*.
    fn sets_up(&mut self, password: &str, email: Option<&str>);
    /// A program logs in; nothing if it is refused.
    fn logs_in(&mut self, password: &str) -> Option<Ticket>;
    /// A person logs in at a screen of the device; nothing if it is refused.
    fn logs_in_at_the_screen(&mut self, password: &str) -> Option<Ticket>;
    /// Is this log-in still good?
    fn still_in(&mut self, ticket: &Ticket) -> bool;
    /// *Forgot password*.
    ///
    /// # Errors
    /// The trouble shown instead of a reset.
    fn asks_to_reset(&mut self) -> Result<Visit, Trouble>;
    /// *Test the address* on the settings page of somebody who is logged in.
    ///
    /// # Errors
    /// The trouble shown instead.
    fn asks_to_confirm(&mut self, ticket: &Ticket) -> Result<Visit, Trouble>;
    /// Does something on the reset pages.
    ///
    /// # Errors
    /// The trouble shown when the act itself is refused (not: an act with an ordinary bad outcome).
    fn acts(&mut self, visit: &Visit, act: &Act) -> Result<(), Trouble>;
    /// Looks at the screen.
    ///
    /// # Errors
    /// The trouble shown to somebody who may not look.
    fn looks(&mut self, visit: &Visit) -> Result<Screen, Trouble>;
    /// The phone scans the QR and its owner confirms.
    ///
    /// # Errors
    /// What the relay or the app says instead.
    fn scans(&mut self, payload: &str) -> Result<Confirmation, Trouble>;
    /// Something follows the QR's address without a press of the button: a link preview, a mail scanner.
    fn follows_link(&mut self, payload: &str);
    /// All mails in the mailbox, oldest first.
    fn mails(&mut self) -> Vec<Mail>;
    /// Somebody with this password prints a new sheet of recovery codes and types one back; what stands on it.
    fn prints_sheet(&mut self, password: &str) -> Vec<String>;
    /// The agent opens a ticket for what the screen shows, both approvers agree, and the agent reads out.
    ///
    /// # Errors
    /// What the desk says instead.
    fn support_unlocks(&mut self, payload: &str) -> Result<String, Trouble>;
    /// The owner reads out the case code of this visit.
    fn agent_hears(&mut self, visit: &Visit) -> Case;
    /// The device loses power at this instant and boots again.
    fn power_cut(&mut self);
    /// The relay goes away, or comes back.
    fn relay_up(&mut self, up: bool);
    /// The worker of the method that runs for this visit dies at this instant.
    fn method_dies(&mut self, visit: &Visit);
    /// Somebody presses the device's button and holds it for so long.
    fn holds_button(&mut self, span: Duration);
    /// What the mail server of the device does from now on.
    fn mail_server(&mut self, does: MailServer);
    /// The maker's update has this method no more: the device boots without it.
    fn withdraws(&mut self, method: &str);
    /// The device boots with a clock that was never set: it says 1970.
    fn clock_says_1970(&mut self);
    /// All octets that the device has written anywhere: state, audit log, log of the daemon; by name.
    fn traces(&mut self) -> Vec<(String, Vec<u8>)>;
    /// The audit log, oldest first, as words.
    fn audit(&mut self) -> Vec<String>;
}
