//! The device as such: whom it lets in, what befalls it, what it writes down.

use super::Stage;
use crate::process::until;
use crate::world::{Ticket, World};

/// See [`Stage::device`].
pub struct Device<'s, W: World>(pub(super) &'s Stage<W>);

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
