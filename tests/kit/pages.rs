//! The recorder's pages as an owner uses them: what he clicks and types there, and what he waits for.

use crate::browser::Browser;

impl Browser<'_> {
    /// Waits until the page says that it shows this step of the reset.
    ///
    /// # Panics
    /// When it does not come in time.
    pub fn waits_for_step(&self, step: &str) {
        self.waits_for(&format!("body[data-step=\"{step}\"]"));
    }

    /// First boot: a password, no address; up to what comes next.
    pub fn sets_up_without_email(&self, web: &str, password: &str) {
        self.goes_to(web);
        self.waits_for("#new-password");
        self.types("#new-password", password);
        self.clicks("#skip-email");
        self.clicks("#next");
    }

    /// Ends a first set-up: the recovery codes are put off, what readiness says is read, and the live view comes.
    pub fn ends_set_up(&self) {
        self.waits_for("#later, #continue, #logout");
        if self.has("#later") {
            self.clicks("#later");
            self.waits_for("#continue, #logout");
        }
        if self.has("#continue") {
            self.clicks("#continue");
        }
        self.waits_for("#logout");
    }

    /// Logs out, and sees the log-in: an address typed before the page has answered would cancel the log-out.
    pub fn logs_out(&self) {
        self.clicks("#logout");
        self.waits_for("#forgot");
    }

    /// At the log-in: says whose password was forgotten, where the page does not know it yet.
    pub fn names_the_account(&self) {
        if self.attribute("#account", "value").is_some_and(|value| value.is_empty()) {
            self.types("#account", "admin");
        }
    }

    /// *Forgot password* and OK, up to the picture.
    pub fn asks_for_a_code(&self, web: &str) {
        self.goes_to(web);
        self.clicks("#forgot");
        self.waits_for_step("notice");
        self.clicks("#ok");
        self.waits_for("#qr");
    }

    /// What the QR says, from the text beside it.
    ///
    /// # Panics
    /// When none is shown.
    pub fn payload(&self) -> String {
        self.asks_page("return document.getElementById('payload').value").as_str().expect("the QR as text").to_owned()
    }

    /// Types the code, and then the new password.
    pub fn resets_with(&self, code: &str, password: &str) {
        self.types("#code", code);
        self.clicks("#next");
        self.waits_for_step("choose-new-password");
        self.types("#new-password", password);
        self.clicks("#next");
        self.waits_for_step("done");
    }
}
