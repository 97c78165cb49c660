//! Who is not at the device: the owner's telephone and mailbox, the support desk, the relay.

use super::Stage;
use crate::process::until;
use crate::world::{Case, Confirmation, Mail, MailServer, Trouble, World};

/// See [`Stage::phone`].
pub struct Phone<'s, W: World>(pub(super) &'s Stage<W>);

impl<W: World> Phone<'_, W> {
    /// Scans what the screen shows, and its owner confirms; the request number is the one on the screen.
    ///
    /// # Panics
    /// When the relay refuses or the numbers differ.
    pub fn scans(&self) -> Confirmation {
        let payload = self.0.screen().payload();
        let confirmation = self.scans_text(&payload).unwrap_or_else(|trouble| panic!("the relay refuses: {trouble:?}"));
        let shown = self.0.screen().now().request;
        assert_eq!(Some(&confirmation.request), shown.as_ref(), "phone and screen must show one request number");
        confirmation
    }

    /// Scans this text.
    ///
    /// # Errors
    /// What the relay or the app says instead.
    pub fn scans_text(&self, payload: &str) -> Result<Confirmation, Trouble> {
        self.0.with(|world| world.scans(payload))
    }

    /// Scans what the screen shows while the relay is away, and is told what to do next.
    ///
    /// # Panics
    /// When the relay takes it all the same, or no next step is told.
    pub fn scans_in_vain(&self) {
        let payload = self.0.screen().payload();
        let trouble = self.scans_text(&payload).expect_err("nobody is there");
        assert!(!trouble.next_step.is_empty(), "{trouble:?} leads nowhere");
    }

    /// Something opens the QR's address without pressing the button.
    pub fn previews_the_link(&self) {
        let payload = self.0.screen().payload();
        self.0.with(|world| world.follows_link(&payload));
    }
}

/// See [`Stage::mailbox`].
pub struct Mailbox<'s, W: World>(pub(super) &'s Stage<W>);

impl<W: World> Mailbox<'_, W> {
    /// Waits for a mail that was not read yet, and reads it.
    ///
    /// # Panics
    /// When none comes.
    pub fn next(&self) -> Mail {
        let seen = self.0.read.get();
        let mail = until(self.0.patience(), || self.0.with(World::mails).get(seen).cloned());
        let mail = mail.unwrap_or_else(|| panic!("no mail came; {seen} were read before"));
        self.0.read.set(seen + 1);
        mail
    }

    /// The code in the next unread mail that has one.
    ///
    /// # Panics
    /// When no mail comes.
    pub fn code(&self) -> String {
        loop {
            if let Some(code) = self.next().code() {
                return code;
            }
        }
    }

    /// From now on the mail server of the device does this.
    pub fn server(&self, does: MailServer) {
        self.0.with(|world| world.mail_server(does));
    }

    /// How many mails have come so far.
    pub fn size(&self) -> usize {
        self.0.with(World::mails).len()
    }
}

/// See [`Stage::relay`].
pub struct Relay<'s, W: World>(pub(super) &'s Stage<W>);

impl<W: World> Relay<'_, W> {
    /// Goes away.
    pub fn goes_down(&self) {
        self.0.with(|world| world.relay_up(false));
    }

    /// Comes back.
    pub fn comes_back(&self) {
        self.0.with(|world| world.relay_up(true));
    }
}

/// See [`Stage::agent`].
pub struct Agent<'s, W: World>(pub(super) &'s Stage<W>);

impl<W: World> Agent<'_, W> {
    /// Reads out the code of the unlock that the owner's screen shows; two approvers agreed.
    ///
    /// # Panics
    /// When the desk cannot.
    pub fn reads_out(&self) -> String {
        let payload = self.0.screen().payload();
        let code = self.0.with(|world| world.support_unlocks(&payload));
        code.unwrap_or_else(|trouble| panic!("the desk has no code: {trouble:?}"))
    }

    /// The owner reads out the case code.
    pub fn hears(&self) -> Case {
        let visit = self.0.visit();
        self.0.with(|world| world.agent_hears(&visit))
    }

    /// The owner reads out the case code: the agent sees this failure and knows what to do now.
    ///
    /// # Panics
    /// When the tool shows another failure, or no next step.
    pub fn hears_of(&self, failure: &str) -> Case {
        let case = self.hears();
        assert_eq!(case.failure.as_deref(), Some(failure), "{case:#?}");
        assert!(case.now.iter().any(|step| !step.trim().is_empty()), "the agent is told nothing to do: {case:#?}");
        case
    }
}
