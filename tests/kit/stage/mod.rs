//! The language of the stories: who does what, and what is then to be seen.

mod device;
mod elsewhere;

use std::cell::{Cell, RefCell};
use std::time::Duration;

use crate::process::until;
use crate::world::{Act, Screen, Ticket, Trouble, Visit, World};
pub use device::Device;
pub use elsewhere::{Agent, Mailbox, Phone, Relay};

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

    /// *Forgot password*, and the telephone scans what is shown: the code that comes by mail.
    pub fn gets_a_code_by_mail(&self) -> String {
        self.asks_for_a_code();
        self.0.phone().scans();
        self.0.mailbox().code()
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

    /// Chooses the new password: from then on it opens the device, and the old one does not.
    pub fn replaces_password(&self, old: &str, new: &str) {
        self.0.screen().shows("choose-new-password");
        self.sets_password(new);
        self.0.screen().shows("done");
        self.0.device().accepts(new).and().rejects(old);
    }

    /// To this way from wherever the chooser is not yet: *I don't have the phone*, *Try another way*.
    pub fn goes_another_way(&self, method: &str) -> &Self {
        if self.0.screen().settles().step != "choose-method" {
            self.says("another way");
        }
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
        let code = self.gets_a_code_by_mail();
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
