//! The owner's story, pure: what is known, where the owner stands, what he may do and what is asked of the device.
//!
//! ```text
//! live ──▶ log-in ──▶ home                        first boot: set-up ──▶ home
//!             │  ╲──▶ requests                                     ╲──▶ skip (no e-mail)
//!             ▼ Forgot password            home ──▶ test code ─┐
//!           reset: notice ▶ ways ▶ code ▶ new password ▶ done ─┴──▶ log-in
//! ```
//! A device that does not answer covers every place and gives it back when it answers again.

mod after;
mod care;
mod codes;
mod doctor;
mod entry;
mod hand_over;
mod hear;
mod keys;
mod ready;
mod reset;

use care::Care;

use crate::code::Style;
use crate::link::{Act, Ask, Hold, What};
use crate::page::{Do, FieldId, Page};
use crate::secret::Secret;
use crate::wire::{Device, Fresh, Pending, Problem, Room, View};
use crate::words::Words;

/// Milliseconds between two questions to a device that does not answer.
const RETRY: u64 = 1_000;
/// Milliseconds between two looks at the open requests.
const PENDING: u64 = 5_000;
/// Milliseconds after which an untouched log-in prompt goes back to the live view, and what was typed is wiped.
const IDLE: u64 = 120_000;
/// A pause between keys after which they are meant for the page that came unasked.
const BREATH: u64 = 1_000;

/// Where the owner stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Cameras.
    Live,
    /// The log-in prompt.
    LogIn,
    /// First set-up.
    SetUp,
    /// ... without an address?
    Skip,
    /// Logged in.
    Home,
    /// The recovery codes.
    Codes,
    /// How ready recovery is.
    Ready,
    /// Who still has the old password.
    After,
    /// The doctor.
    Doctor,
    /// What goes when the device gets a new owner.
    HandOver,
    /// ... the password for it.
    HandOverNow,
    /// ... done.
    HandedOver,
    /// Open requests of anybody.
    Requests,
    /// In a session.
    Reset,
}

impl Place {
    /// For who is logged in.
    fn is_inside(&self) -> bool {
        match self {
            Self::Home
            | Self::Codes
            | Self::Ready
            | Self::After
            | Self::Doctor
            | Self::HandOver
            | Self::HandOverNow => true,
            Self::Live | Self::LogIn | Self::SetUp | Self::Skip | Self::Requests | Self::Reset | Self::HandedOver => {
                false
            }
        }
    }
}

/// A session that this screen holds.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) hold: Hold,
    pub(crate) view: View,
}

/// What is typed.
#[derive(Debug)]
pub(crate) struct Fields {
    pub(crate) account: String,
    pub(crate) email: String,
    pub(crate) password: Secret,
    pub(crate) code: Secret,
    /// The password as it is typed, for who wants to see it (WCAG 3.3.8).
    pub(crate) show: bool,
}

/// Something to be said that the device does not know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// The code holds a slip.
    Slip,
    /// The code is not whole.
    Short,
    /// A key that is in no code.
    NoSuchSymbol,
    /// A field is empty.
    Empty(FieldId),
}

/// The whole.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) place: Place,
    pub(crate) device: Option<Device>,
    pub(crate) words: Words,
    /// What the owner wants to read.
    language: String,
    login: Option<String>,
    pub(crate) pending: Vec<Pending>,
    pub(crate) session: Option<Session>,
    pub(crate) fields: Fields,
    pub(crate) trouble: Option<Problem>,
    pub(crate) hint: Option<Hint>,
    /// Nobody answers at the moment.
    pub(crate) down: bool,
    /// A question is under way whose answer changes the page.
    pub(crate) busy: bool,
    /// The picture is shown as text.
    pub(crate) as_text: bool,
    /// The codes of a new sheet, until one is typed back or the page is left.
    pub(crate) fresh: Option<Fresh>,
    /// The file that the picture's words were saved to.
    pub(crate) saved: Option<String>,
    /// What the device said of recovery itself.
    care: Care,
    /// Room for a picture.
    room: Room,
    /// Milliseconds since the program began.
    now: u64,
    asked: u64,
    touched: u64,
    /// The last thing done was to type into a field.
    typing: bool,
    /// Keys are not taken until there was a pause: a page came unasked while somebody typed.
    deaf: bool,
}

impl Story {
    /// Before the device has said anything.
    pub(crate) fn new(language: &str, room: Room) -> Self {
        let fields = Fields {
            account: String::new(),
            email: String::new(),
            password: Secret::new(),
            code: Secret::new(),
            show: false,
        };
        Self {
            place: Place::Live,
            device: None,
            words: Words::default(),
            language: language.to_owned(),
            login: None,
            pending: Vec::new(),
            session: None,
            fields,
            trouble: None,
            hint: None,
            down: false,
            busy: false,
            as_text: false,
            fresh: None,
            saved: None,
            care: Care::default(),
            room,
            now: 0,
            asked: 0,
            touched: 0,
            typing: false,
            deaf: false,
        }
    }

    /// What is asked first.
    pub(crate) fn begins(&mut self) -> Vec<Ask> {
        vec![self.ask(What::Texts), self.ask(What::Device(None)), self.ask(What::Pending)]
    }

    /// The room for a picture has changed.
    pub(crate) fn has_room(&mut self, room: Room) {
        self.room = room;
    }

    /// What stands on the screen now.
    pub(crate) fn page(&self) -> Page {
        if self.down || self.device.is_none() {
            return entry::down(self);
        }
        match &self.place {
            Place::Live => entry::live(self),
            Place::LogIn => entry::log_in(self),
            Place::SetUp => entry::set_up(self),
            Place::Skip => entry::skip(self),
            Place::Home => entry::home(self),
            Place::Codes => codes::page(self),
            Place::Ready => ready::page(self),
            Place::After => after::page(self),
            Place::Doctor => doctor::page(self),
            Place::HandOver => hand_over::consequence(self),
            Place::HandOverNow => hand_over::password(self),
            Place::HandedOver => hand_over::done(self),
            Place::Requests => entry::requests(self),
            Place::Reset => self.session.as_ref().map_or_else(|| entry::log_in(self), |held| reset::page(self, held)),
        }
    }

    /// A button was pressed.
    pub(crate) fn does(&mut self, what: &Do) -> Vec<Ask> {
        self.trouble = None;
        self.hint = None;
        self.typing = false;
        match what {
            Do::ToLogIn => self.goes(Place::LogIn),
            Do::ToLive if self.device.as_ref().is_some_and(|device| !device.initialised) => self.goes(Place::SetUp),
            Do::ToLive => self.goes(Place::Live),
            Do::ToHome => self.goes(Place::Home),
            Do::ToRequests => {
                let asks = vec![self.ask(What::Pending)];
                self.goes(Place::Requests);
                asks
            }
            Do::ToSetUp => self.stands(Place::SetUp),
            Do::AskSkip => self.asks_skip(),
            Do::Show => {
                self.fields.show = !self.fields.show;
                Vec::new()
            }
            Do::AsText => {
                self.as_text = !self.as_text;
                Vec::new()
            }
            Do::Language => self.changes_language(),
            Do::ToCodes => self.goes(Place::Codes),
            Do::ToReady => self.asks_how_ready(),
            Do::ToAfter => self.goes(Place::After),
            Do::AskDoctor => self.asks_doctor(),
            Do::ToHandOver => self.goes(Place::HandOver),
            Do::ToHandOverNow => self.goes(Place::HandOverNow),
            Do::HandOver => self.hands_over(),
            Do::UpdateClients => self.updates_clients(),
            Do::ByHand(client) => {
                let client = client.clone();
                self.with_login(|login| What::ByHand { login, client })
            }
            Do::AcknowledgeClients => self.with_login(What::AcknowledgeClients),
            Do::MakeCodes => self.makes_codes(),
            Do::TypeBack => self.types_back(),
            Do::Export => {
                let hold = self.session.as_ref().map(|held| held.hold.clone());
                hold.map_or_else(Vec::new, |hold| self.waits(What::Export(hold)))
            }
            Do::LogIn => self.logs_in(),
            Do::SetUp => self.sets_up(true),
            Do::SetUpWithoutEmail => self.sets_up(false),
            Do::Forgot | Do::StartAgain => self.forgot(),
            Do::TypeCode => self.types_code(),
            Do::SetPassword => self.sets_password(),
            Do::LogOut => self.with_login(What::LogOut),
            Do::TestCode => self.with_login(What::Confirm),
            Do::Acknowledge => self.with_login(What::Acknowledge),
            Do::CancelPending(request) => self.waits(What::CancelPending(request.clone())),
            Do::Say(word) => self.acts(Act::Word(word)),
            Do::Choose(method) => self.acts(Act::Choose(method.clone())),
            Do::Press(action) => self.acts(Act::Press(action.clone())),
        }
    }

    fn ask(&self, what: What) -> Ask {
        Ask { what, language: self.language.clone() }
    }

    /// Asks, and waits for the answer.
    fn waits(&mut self, what: What) -> Vec<Ask> {
        self.busy = true;
        vec![self.ask(what)]
    }

    fn with_login(&mut self, what: impl FnOnce(String) -> What) -> Vec<Ask> {
        let Some(login) = self.login.clone() else { return self.goes(Place::LogIn) };
        self.waits(what(login))
    }

    fn acts(&mut self, act: Act) -> Vec<Ask> {
        let Some(hold) = self.session.as_ref().map(|held| held.hold.clone()) else { return self.goes(Place::LogIn) };
        self.place = Place::Reset;
        self.waits(What::Act(hold, act))
    }

    /// Leaves for another place; what was typed is wiped.
    fn goes(&mut self, place: Place) -> Vec<Ask> {
        self.forget_typed();
        self.fresh = None;
        self.saved = None;
        // An answer that is still under way belongs to the place that is left.
        self.busy = false;
        let mut asks = vec![self.ask(What::Device(self.login.clone()))];
        if place != Place::Reset && self.session.take().is_some() {
            asks.push(self.ask(What::Unwatch));
        }
        self.care.at_set_up &= place == Place::Ready;
        self.place = place;
        asks.extend(self.asks_of_care());
        asks
    }

    /// Steps aside or back; what was typed stays.
    fn stands(&mut self, place: Place) -> Vec<Ask> {
        self.place = place;
        Vec::new()
    }

    fn forget_typed(&mut self) {
        self.fields.password = Secret::new();
        self.fields.code = Secret::new();
        self.fields.show = false;
    }

    fn changes_language(&mut self) -> Vec<Ask> {
        let Some(next) = self.words.next_language() else { return Vec::new() };
        self.language = next;
        let mut asks = vec![self.ask(What::Texts)];
        if let Some(held) = &self.session {
            asks.push(self.ask(What::Look(held.hold.clone())));
            asks.push(self.ask(What::Watch(held.hold.clone(), held.view.revision)));
        }
        asks.extend(self.asks_of_care());
        asks
    }

    fn misses(&mut self, field: FieldId) -> Vec<Ask> {
        self.hint = Some(Hint::Empty(field));
        Vec::new()
    }

    fn logs_in(&mut self) -> Vec<Ask> {
        if self.fields.account.trim().is_empty() {
            return self.misses(FieldId::Account);
        }
        if self.fields.password.is_empty() {
            return self.misses(FieldId::Password);
        }
        let (account, password) = (self.fields.account.trim().to_owned(), self.fields.password.take());
        self.waits(What::LogIn { account, password })
    }

    fn asks_skip(&mut self) -> Vec<Ask> {
        if self.fields.password.is_empty() {
            return self.misses(FieldId::Password);
        }
        self.stands(Place::Skip)
    }

    fn sets_up(&mut self, with_email: bool) -> Vec<Ask> {
        if self.fields.password.is_empty() {
            self.place = Place::SetUp;
            return self.misses(FieldId::Password);
        }
        let email = self.fields.email.trim().to_owned();
        if with_email && email.is_empty() {
            return self.misses(FieldId::Email);
        }
        self.place = Place::SetUp;
        // The device may refuse it; it is not to be typed twice then (WCAG 3.3.7).
        let password = Secret::of(self.fields.password.expose());
        self.waits(What::SetUp { password, email: with_email.then_some(email) })
    }

    fn forgot(&mut self) -> Vec<Ask> {
        let again = self.session.take().map(|held| held.view.account);
        let typed = self.fields.account.trim().to_owned();
        let account = again.filter(|account| !account.is_empty()).or(Some(typed)).filter(|account| !account.is_empty());
        self.forget_typed();
        let room = self.room;
        self.waits(What::Open { account, room })
    }

    fn types_code(&mut self) -> Vec<Ask> {
        let Some(code) = self.whole_code() else { return Vec::new() };
        self.acts(Act::Code(code))
    }

    fn makes_codes(&mut self) -> Vec<Ask> {
        if self.fields.password.is_empty() {
            return self.misses(FieldId::Password);
        }
        let password = self.fields.password.take();
        self.with_login(|login| What::MakeCodes { login, password })
    }

    /// The code that is typed, whole and without a slip.
    fn whole_code(&mut self) -> Option<Secret> {
        let style = self.code_style();
        if self.fields.code.count() < style.length() {
            self.hint = Some(if self.fields.code.is_empty() { Hint::Empty(FieldId::Code(style)) } else { Hint::Short });
            return None;
        }
        if crate::code::has_slip(self.fields.code.expose(), style) {
            self.hint = Some(Hint::Slip);
            return None;
        }
        Some(Secret::of(self.fields.code.expose()))
    }

    fn types_back(&mut self) -> Vec<Ask> {
        let Some(code) = self.whole_code() else { return Vec::new() };
        self.with_login(|login| What::TypeBack { login, code })
    }

    fn sets_password(&mut self) -> Vec<Ask> {
        if self.fields.password.is_empty() {
            return self.misses(FieldId::Password);
        }
        let password = Secret::of(self.fields.password.expose());
        self.acts(Act::Password(password))
    }

    /// Whether what stands there stays until something happens: no answer is under way.
    pub(crate) fn is_settled(&self) -> bool {
        let known = self.device.as_ref().is_some_and(|device| !self.place.is_inside() || device.account.is_some());
        self.down || (known && !self.busy)
    }

    /// How the codes of this session are written, or those of the sheet.
    pub(crate) fn code_style(&self) -> Style {
        let kept = self.device.as_ref().and_then(|device| device.recovery_codes.as_ref());
        match (&self.session, kept) {
            (Some(held), _) => Style::named(&held.view.code_style),
            (None, Some(kept)) => Style::named(&kept.code_style),
            (None, None) => Style::Letters,
        }
    }

    /// Whether a picture of this side fits where pictures go.
    pub(crate) fn shows(&self, side: usize) -> bool {
        side <= usize::from(self.room.columns) && side.div_ceil(2) <= usize::from(self.room.rows)
    }
}

#[cfg(test)]
mod care_tests;
#[cfg(test)]
mod tests;
