//! What is typed, and time that passes.

use super::{BREATH, Hint, IDLE, PENDING, Place, RETRY, Story};
use crate::code::has_slip;
use crate::link::{Ask, What};
use crate::page::FieldId;
use crate::secret::Secret;

/// Longest account name and e-mail address (RFC 5321, 4.5.3.1.3, less its brackets).
const LINE: usize = 254;

impl Story {
    /// Whether a key that comes at this moment is meant for what stands there now. A page that came unasked while
    /// somebody typed must not take the rest of a password for its own (F19).
    pub(crate) fn takes_keys(&mut self, now: u64) -> bool {
        if self.deaf && now.saturating_sub(self.touched) < BREATH {
            self.touched = now;
            return false;
        }
        self.deaf = false;
        self.touched = now;
        true
    }

    /// The page changed without being asked to.
    pub(super) fn was_interrupted(&mut self) {
        self.deaf = self.typing;
    }

    /// A character into a field.
    pub(crate) fn types(&mut self, field: FieldId, c: char) {
        if c.is_control() || self.busy {
            return;
        }
        self.hint = None;
        self.typing = true;
        match field {
            FieldId::Account if self.fields.account.len() < LINE => self.fields.account.push(c),
            FieldId::Email if self.fields.email.len() < LINE => self.fields.email.push(c),
            FieldId::Account | FieldId::Email => {}
            FieldId::Password => self.fields.password.push(c),
            FieldId::Code(style) => match style.symbol(c) {
                Some(symbol) if self.fields.code.count() < style.length() => {
                    self.fields.code.push(symbol);
                    // A slip is told as soon as the last symbol stands there.
                    self.hint = has_slip(self.fields.code.expose(), style).then_some(Hint::Slip);
                    self.trouble = None;
                }
                Some(_) => self.hint = has_slip(self.fields.code.expose(), style).then_some(Hint::Slip),
                None if c == '-' || c == ' ' => {}
                None => self.hint = Some(Hint::NoSuchSymbol),
            },
        }
    }

    /// The last character of a field goes.
    pub(crate) fn rubs_out(&mut self, field: FieldId) {
        self.hint = None;
        match field {
            FieldId::Account => drop(self.fields.account.pop()),
            FieldId::Email => drop(self.fields.email.pop()),
            FieldId::Password => self.fields.password.pop(),
            FieldId::Code(_) => self.fields.code.pop(),
        }
    }

    /// A field becomes empty.
    pub(crate) fn empties(&mut self, field: FieldId) {
        self.hint = None;
        match field {
            FieldId::Account => self.fields.account.clear(),
            FieldId::Email => self.fields.email.clear(),
            FieldId::Password => self.fields.password = Secret::new(),
            FieldId::Code(_) => self.fields.code = Secret::new(),
        }
    }

    /// Time has passed; `now` are milliseconds since the program began.
    pub(crate) fn ticks(&mut self, now: u64) -> Vec<Ask> {
        self.now = now;
        if (self.down || self.device.is_none()) && now.saturating_sub(self.asked) >= RETRY {
            self.asked = now;
            return vec![self.ask(What::Device(self.login.clone()))];
        }
        let idle = now.saturating_sub(self.touched) >= IDLE;
        if idle && matches!(self.place, Place::LogIn | Place::Requests) {
            self.trouble = None;
            self.hint = None;
            return self.goes(Place::Live);
        }
        if self.follows_plan() && !self.down && !self.busy && now.saturating_sub(self.asked) >= RETRY {
            self.asked = now;
            return self.asks_of_care();
        }
        let looks = matches!(self.place, Place::Live | Place::LogIn | Place::Requests | Place::Home);
        if looks && !self.down && !self.busy && now.saturating_sub(self.asked) >= PENDING {
            self.asked = now;
            return vec![self.ask(What::Pending), self.ask(What::Device(self.login.clone()))];
        }
        Vec::new()
    }
}
