//! The model's methods: fakes that do at once what the real ones do over time, and that say the same to the engine.

use std::time::Duration;

use resetkit_core::{
    Code, Counter, Event, Fact, FailureKind, Lane, Loss, Manifest, ManifestGrant, MethodId, MethodNews, ProofKind,
    Purpose, SealForm, SessionId, Ticket,
};

use super::device::{Handed, ModelDevice, Running};
use crate::world::{Mail, MailServer};

/// What the device's own mail says.
const SUBJECT: &str = "Your security code";

fn manifest(id: &str, requires: Vec<Fact>, grants: Vec<ManifestGrant>, proof: ProofKind) -> Manifest {
    let confirms = proof == ProofKind::Mailbox;
    let requires = [requires, vec![Fact::StorageWritable]].concat();
    Manifest {
        id: MethodId::parse(id).expect("a plain id"),
        version: "1".into(),
        requires,
        grants,
        loses: Loss::PasswordOnly,
        proof,
        purposes: if confirms { vec![Purpose::Reset, Purpose::ConfirmAddress] } else { vec![Purpose::Reset] },
        lanes: vec![Lane::Console, Lane::Network],
        min_screen: None,
        min_cells: None,
        start_seconds: 5,
        block_ms: 100,
        memory_kib: 65_536,
    }
}

/// What is installed, in the order of the reference policy.
pub(super) fn installed() -> Vec<Manifest> {
    let (seal, deliver) = (ManifestGrant::Seal, ManifestGrant::DeliverCode);
    let connect = ManifestGrant::Connect("smtp".into());
    vec![
        manifest("companion", vec![Fact::EmailOnFile, Fact::RelayKey], vec![seal], ProofKind::Mailbox),
        manifest("email", vec![Fact::EmailOnFile, Fact::SmtpSet], vec![deliver, connect], ProofKind::Mailbox),
        manifest("recovery-codes", vec![Fact::RecoveryCodes], vec![ManifestGrant::KeptCodes], ProofKind::KeptCode),
        manifest("support", vec![Fact::SupportKeys], vec![ManifestGrant::Seal], ProofKind::Support),
        manifest("button", vec![Fact::ButtonWired], vec![ManifestGrant::Button], ProofKind::Presence),
    ]
}

impl ModelDevice {
    /// The worker runs, is ready, and asks for what its method carries.
    pub(super) fn start_method(&mut self, id: SessionId, run: Ticket, method: &MethodId) -> Vec<(SessionId, Event)> {
        let running = Running { run, method: method.clone() };
        self.with_seat(id, |seat| seat.running = Some(running));
        let mut events = vec![(id, Event::MethodStarted(run))];
        // The real one connects and logs in before it asks for a code, so that no code is wasted on a dead server.
        if method.as_str() == "email" && self.mail_server == MailServer::Silent {
            events.push((id, Event::MethodFailed(run, FailureKind::SmtpUnreachable)));
            return events;
        }
        events.push((id, Event::MethodReady(run)));
        events.push((id, self.wish(id, run, method)));
        events
    }

    fn wish(&self, id: SessionId, run: Ticket, method: &MethodId) -> Event {
        let purpose = self.view(id).map_or(Purpose::Reset, |(view, _)| view.purpose);
        match method.as_str() {
            "email" => Event::DeliveryAsked { run, purpose },
            "button" => Event::PressAsked { run },
            "recovery-codes" => Event::KeptAsked { run },
            "support" => Event::SealAsked { run, purpose: Purpose::Unlock, form: SealForm::Unlock },
            _ => Event::SealAsked { run, purpose, form: SealForm::AddressSealed },
        }
    }

    pub(super) fn tell_method(&mut self, id: SessionId, run: Ticket, news: MethodNews) -> Vec<(SessionId, Event)> {
        match news {
            MethodNews::AskAgain => {
                let method =
                    self.running(id).filter(|running| running.run == run).map(|running| running.method.clone());
                self.with_seat(id, |seat| seat.payload = None);
                method.map(|method| (id, self.wish(id, run, &method))).into_iter().collect()
            }
            MethodNews::TriesLeft(_)
            | MethodNews::MinutesLeft(_)
            | MethodNews::NoMailCame
            | MethodNews::NoNewCode
            | MethodNews::Proved => Vec::new(),
        }
    }

    /// The mail goes out, or the server says why not.
    pub(super) fn deliver(&mut self, id: SessionId, counter: Counter, run: Ticket) -> Vec<(SessionId, Event)> {
        let Some(Handed { to, code }) = self.handed(counter) else { return Vec::new() };
        let answer = match self.mail_server {
            MailServer::Fine => {
                self.posted.push(mail(to, counter, &code));
                Event::Delivered(run)
            }
            MailServer::MailboxFull => Event::MethodFailed(run, FailureKind::MailboxFull),
            MailServer::Silent => Event::MethodFailed(run, FailureKind::SmtpUnreachable),
        };
        vec![(id, answer)]
    }

    /// Somebody presses the button, and lets go of it after so long.
    pub(super) fn hold_button(&mut self, span: Duration) {
        self.edge(true);
        self.pass(span);
        self.edge(false);
        // The line must be quiet for a moment to be believed.
        self.pass(Duration::from_millis(500));
    }

    fn edge(&mut self, pressed: bool) {
        let at = self.since_boot();
        if let Some(id) = self.button_holder() {
            self.step(id, Event::ButtonEdge { at, pressed });
        }
    }
}

fn mail(to: String, counter: Counter, code: &Code) -> Mail {
    let text = format!("Request number {counter}\n\n{}\n", code.display().expose());
    Mail { to, subject: SUBJECT.to_owned(), text }
}
