//! The language of the stories: who does what, and what is then to be seen.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use crate::process::until;
use crate::world::{Act, Case, Confirmation, Mail, MailServer, Screen, Ticket, Trouble, Visit, World};

/// A world with its people on it. One owner stands in front of the device; a story may bring a second browser.
pub struct Stage<W: World> {
    world: RefCell<W>,
    visit: RefCell<Option<Visit>>,
    /// Mails that the story has already read.
    read: Cell<usize>,
}

impl<W: World> Stage<W> {
    /// Opens the curtain.
    pub fn new(world: W) -> Stage<W> {
        Stage { world: RefCell::new(world), visit: RefCell::new(None), read: Cell::new(0) }
    }

    /// The person who forgot the password.
    pub fn owner(&self) -> Owner<'_, W> {
        Owner(self)
    }

    /// What the owner sees.
    pub fn screen(&self) -> OnScreen<'_, W> {
        OnScreen(self)
    }

    /// The device as such: log-in, power.
    pub fn device(&self) -> Device<'_, W> {
        Device(self)
    }

    /// The owner's telephone.
    pub fn phone(&self) -> Phone<'_, W> {
        Phone(self)
    }

    /// The mailbox of the address on file.
    pub fn mailbox(&self) -> Mailbox<'_, W> {
        Mailbox(self)
    }

    /// The support desk at the other end of the telephone.
    pub fn agent(&self) -> Agent<'_, W> {
        Agent(self)
    }

    /// The relay as a machine that may go away.
    pub fn relay(&self) -> Relay<'_, W> {
        Relay(self)
    }

    /// The owner's hold on the reset, for a story about browsers.
    ///
    /// # Panics
    /// When no reset was asked for.
    pub fn visit(&self) -> Visit {
        self.visit.borrow().clone().expect("a reset was asked for")
    }

    /// The world itself, for what the language has no word for.
    pub fn with<T>(&self, act: impl FnOnce(&mut W) -> T) -> T {
        act(&mut self.world.borrow_mut())
    }

    fn look(&self) -> Screen {
        let visit = self.visit();
        self.with(|world| world.looks(&visit)).unwrap_or_else(|trouble| panic!("the owner may not look: {trouble:?}"))
    }

    fn patience(&self) -> Duration {
        self.with(|world| world.patience())
    }

    /// Looks until the screen pleases, within the world's patience.
    fn look_until(&self, what: &str, mut pleases: impl FnMut(&Screen) -> bool) -> Screen {
        let found = until(self.patience(), || Some(self.look()).filter(|screen| pleases(screen)));
        found.unwrap_or_else(|| panic!("the screen never showed {what}; it shows {:#?}", self.look()))
    }
}

/// See [`Stage::owner`].
pub struct Owner<'s, W: World>(&'s Stage<W>);

impl<W: World> Owner<'_, W> {
    /// First boot, with an address.
    pub fn sets_up(&self, password: &str, email: &str) {
        self.0.with(|world| world.sets_up(password, Some(email)));
    }

    /// First boot; the address was skipped.
    pub fn sets_up_without_email(&self, password: &str) {
        self.0.with(|world| world.sets_up(password, None));
    }

    /// *Forgot password*.
    ///
    /// # Panics
    /// When the device shows trouble instead.
    pub fn asks_to_reset(&self) -> &Self {
        let visit =
            self.0.with(|world| world.asks_to_reset()).unwrap_or_else(|trouble| panic!("no reset: {trouble:?}"));
        self.0.visit.replace(Some(visit));
        self
    }

    /// *Forgot password* and OK, up to the code field.
    pub fn asks_for_a_code(&self) -> &Self {
        self.asks_to_reset();
        self.0.screen().shows("notice");
        self.says("OK");
        self.0.screen().shows("enter-code");
        self
    }

    /// *Forgot password* and OK; did that lead to a code field?
    pub fn gets_to_a_code_field(&self) -> bool {
        let Ok(visit) = self.0.with(|world| world.asks_to_reset()) else { return false };
        self.0.visit.replace(Some(visit));
        self.says("OK");
        self.0.screen().settles().step == "enter-code"
    }

    /// Says in words what a button says.
    ///
    /// # Panics
    /// On words that are on no button, and when the device refuses.
    pub fn says(&self, words: &str) -> &Self {
        let act = match words {
            "OK" => Act::Acknowledge,
            "another way" => Act::AnotherWay,
            "no mail came" | "support does not answer" => Act::NoMailCame,
            "support said no" => Act::SupportSaidNo,
            "a new code, please" => Act::NewCode,
            "more time, please" => Act::MoreTime,
            "cancel" => Act::Cancel,
            other => panic!("no button says {other:?}"),
        };
        self.does(&act)
    }

    /// Types a code and presses *Next*.
    pub fn types(&self, code: &str) -> &Self {
        self.does(&Act::TypeCode(code.to_owned()))
    }

    /// Chooses the new password.
    pub fn sets_password(&self, password: &str) -> &Self {
        self.does(&Act::SetPassword(password.to_owned()))
    }

    /// *I don't have the phone*, *Try another way*: and then this way.
    pub fn goes_another_way(&self, method: &str) -> &Self {
        self.says("another way");
        let screen = self.0.screen().shows("choose-method");
        assert!(screen.offers.iter().any(|offer| offer == method), "{method} is not offered: {screen:#?}");
        self.does(&Act::Choose(method.to_owned()))
    }

    /// Prints a sheet of recovery codes while the password is still known, and types one back.
    pub fn prints_recovery_codes(&self, password: &str) -> Vec<String> {
        self.0.with(|world| world.prints_sheet(password))
    }

    /// Walks up to the device and holds its button for so long.
    pub fn holds_the_button(&self, span: Duration) -> &Self {
        self.0.with(|world| world.holds_button(span));
        self
    }

    /// Does it, and the device takes it.
    ///
    /// # Panics
    /// When the device refuses.
    pub fn does(&self, act: &Act) -> &Self {
        self.tries(act).unwrap_or_else(|trouble| panic!("{act:?} was refused: {trouble:?}"));
        self
    }

    /// Tries to; the device may refuse.
    ///
    /// # Errors
    /// What the device says instead.
    pub fn tries(&self, act: &Act) -> Result<(), Trouble> {
        let visit = self.0.visit();
        self.0.with(|world| world.acts(&visit, act))
    }

    /// *Test the address*, on the settings page.
    ///
    /// # Panics
    /// When the device shows trouble instead.
    pub fn asks_to_confirm(&self, ticket: &Ticket) -> &Self {
        let visit = self.0.with(|world| world.asks_to_confirm(ticket));
        self.0.visit.replace(Some(visit.unwrap_or_else(|trouble| panic!("no test code: {trouble:?}"))));
        self
    }

    /// Presses whatever stands between here and the code field.
    pub fn goes_on_to_the_code(&self) {
        if self.0.screen().settles().step == "notice" {
            self.says("OK");
        }
        self.0.screen().shows("enter-code");
    }

    /// From a code that is void to a fresh one: by itself, by a button, or by starting again.
    pub fn comes_to_a_new_code(&self, old_request: Option<&str>) {
        let screen = self.0.screen().settles();
        match screen.step.as_str() {
            "enter-code" if screen.request.as_deref() != old_request => {}
            "enter-code" => drop(self.says("a new code, please")),
            "choose-method" => drop(self.does(&Act::Choose("companion".to_owned()))),
            _ => drop(self.asks_for_a_code()),
        }
        let fresh = |screen: &Screen| screen.step == "enter-code" && screen.request.as_deref() != old_request;
        self.0.look_until("a fresh code", |screen| fresh(screen) && screen.payload.is_some());
    }

    /// Goes the way with the right code, up to the new password.
    pub fn reaches_the_new_password(&self) {
        self.asks_for_a_code();
        self.0.phone().scans();
        let code = self.0.mailbox().code();
        self.types(&code);
        self.0.screen().shows("choose-new-password");
    }

    /// Goes the whole way with the right code.
    pub fn resets_to(&self, password: &str) {
        self.reaches_the_new_password();
        self.sets_password(password);
        self.0.screen().shows("done");
    }
}

/// See [`Stage::screen`].
pub struct OnScreen<'s, W: World>(&'s Stage<W>);

impl<W: World> OnScreen<'_, W> {
    /// The step comes within the world's patience.
    ///
    /// # Panics
    /// When it does not.
    pub fn shows(&self, step: &str) -> Screen {
        self.0.look_until(step, |screen| screen.step == step)
    }

    /// The screen tells of trouble by this code, in words, and with a next step.
    ///
    /// # Panics
    /// When it does not.
    pub fn tells(&self, code: &str) -> Screen {
        let told = |screen: &Screen| screen.trouble.as_ref().is_some_and(|trouble| trouble.code == code);
        let screen = self.0.look_until(code, told);
        let trouble = screen.trouble.clone().expect("just seen");
        assert!(!trouble.happened.trim().is_empty(), "{code} says nothing about what happened");
        assert!(!trouble.next_step.trim().is_empty(), "{code} leads nowhere");
        screen
    }

    /// The screen tells of trouble by one of these codes.
    ///
    /// # Panics
    /// When it does not.
    pub fn tells_one_of(&self, codes: &[&str]) -> Screen {
        let told = |screen: &Screen| screen.trouble.as_ref().is_some_and(|told| codes.contains(&told.code.as_str()));
        self.0.look_until(&codes.join(" or "), told)
    }

    /// What stands there once the device is done with what it was doing.
    pub fn settles(&self) -> Screen {
        let busy = ["preparing", "checking", "saving"];
        self.0.look_until("anything but a wait", |screen| !busy.contains(&screen.step.as_str()))
    }

    /// The screen comes to rest, and not at this step.
    ///
    /// # Panics
    /// When it rests there.
    pub fn never_shows(&self, step: &str) {
        let screen = self.settles();
        assert_ne!(screen.step, step, "{screen:#?}");
    }

    /// So many tries are left.
    ///
    /// # Panics
    /// When it is another number.
    pub fn tells_tries_left(&self, tries: u8) -> Screen {
        self.0.look_until(&format!("{tries} tries left"), |screen| screen.tries_left == Some(tries))
    }

    /// What is on the screen at this moment.
    pub fn now(&self) -> Screen {
        self.0.look()
    }

    /// The QR's text.
    ///
    /// # Panics
    /// When no QR is shown.
    pub fn payload(&self) -> String {
        self.0.look_until("a QR code", |screen| screen.payload.is_some()).payload.expect("just seen")
    }
}

/// See [`Stage::device`].
pub struct Device<'s, W: World>(&'s Stage<W>);

impl<W: World> Device<'_, W> {
    /// This password opens it.
    ///
    /// # Panics
    /// When it does not.
    pub fn accepts(&self, password: &str) -> &Self {
        assert!(self.0.with(|world| world.logs_in(password)).is_some(), "the device refuses the right password");
        self
    }

    /// This password does not open it.
    ///
    /// # Panics
    /// When it does.
    pub fn rejects(&self, password: &str) -> &Self {
        assert!(
            self.0.with(|world| world.logs_in(password)).is_none(),
            "the device accepts a password that must be dead"
        );
        self
    }

    /// Only makes a sentence of it.
    pub fn and(&self) -> &Self {
        self
    }

    /// Somebody logs in and stays.
    ///
    /// # Panics
    /// When the log-in is refused.
    pub fn lets_in(&self, password: &str) -> Ticket {
        self.0.with(|world| world.logs_in(password)).expect("the password is right")
    }

    /// Somebody logs in at a screen of the device.
    ///
    /// # Panics
    /// When the log-in is refused.
    pub fn lets_in_at_the_screen(&self, password: &str) -> Ticket {
        self.0.with(|world| world.logs_in_at_the_screen(password)).expect("the password is right")
    }

    /// Is that somebody still in?
    pub fn still_knows(&self, ticket: &Ticket) -> bool {
        self.0.with(|world| world.still_in(ticket))
    }

    /// Gets the maker's update, which has this method no more, and boots.
    pub fn is_updated_without(&self, method: &str) {
        self.0.with(|world| world.withdraws(method));
    }

    /// Boots with a clock that was never set.
    pub fn forgets_the_time(&self) {
        self.0.with(World::clock_says_1970);
    }

    /// Loses power at this instant and boots again.
    pub fn loses_power(&self) {
        self.0.with(World::power_cut);
    }

    /// The method's worker dies at this instant.
    pub fn loses_its_method(&self) {
        let visit = self.0.visit();
        self.0.with(|world| world.method_dies(&visit));
    }

    /// None of these texts is to be found in anything that the device has written, in any usual spelling (R15).
    ///
    /// # Panics
    /// When one is.
    pub fn has_written_nowhere(&self, canaries: &[&str]) {
        let traces = self.0.with(World::traces);
        assert!(traces.iter().any(|(_, octets)| !octets.is_empty()), "nothing was searched");
        for canary in canaries {
            for form in spellings(canary) {
                for (name, octets) in &traces {
                    let hit = octets.windows(form.len()).position(|window| window.eq_ignore_ascii_case(&form));
                    assert!(hit.is_none(), "{name} holds a secret at octet {}", hit.unwrap_or_default());
                }
            }
        }
    }

    /// The audit log comes to hold these words in this order.
    ///
    /// # Panics
    /// When it does not.
    pub fn remembers(&self, words: &[&str]) {
        let in_order = |log: &[String]| {
            let mut entries = log.iter();
            words.iter().all(|word| entries.any(|entry| entry.contains(word)))
        };
        let found = until(self.0.patience(), || Some(self.0.with(World::audit)).filter(|log| in_order(log)));
        assert!(found.is_some(), "the audit log has no {words:?}:\n{}", self.0.with(World::audit).join("\n"));
    }
}

/// A secret as text, without its hyphens, and in hexadecimal.
fn spellings(secret: &str) -> Vec<Vec<u8>> {
    let bare = secret.replace('-', "");
    let hex: String = secret.bytes().map(|octet| format!("{octet:02x}")).collect();
    let mut forms = vec![secret.as_bytes().to_vec(), hex.into_bytes()];
    if bare != secret {
        forms.push(bare.into_bytes());
    }
    forms
}

/// See [`Stage::phone`].
pub struct Phone<'s, W: World>(&'s Stage<W>);

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

    /// Something opens the QR's address without pressing the button.
    pub fn previews_the_link(&self) {
        let payload = self.0.screen().payload();
        self.0.with(|world| world.follows_link(&payload));
    }
}

/// See [`Stage::mailbox`].
pub struct Mailbox<'s, W: World>(&'s Stage<W>);

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
pub struct Relay<'s, W: World>(&'s Stage<W>);

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
pub struct Agent<'s, W: World>(&'s Stage<W>);

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
