//! Words for stories: how an owner gets from step to step.

use super::*;

impl Device {
    /// To code entry by the first way.
    pub(crate) fn at_code_entry(mut self) -> Self {
        self.does(Event::Acknowledged);
        assert_eq!(self.step(), Step::EnterCode, "{:?}", self.view());
        self
    }

    /// To the new password, with the code of the mail.
    pub(crate) fn at_choose_password(self) -> Self {
        let mut device = self.at_code_entry();
        device.does(typed(&device.mail()));
        assert_eq!(device.step(), Step::ChoosePassword, "{:?}", device.view());
        device
    }

    /// To the button, held by nobody yet.
    pub(crate) fn at_button(mut self) -> Self {
        self.does(Event::TryAnotherWay).does(Event::MethodChosen(method("button")));
        if self.step() == Step::ConfirmLoss {
            self.does(Event::Acknowledged);
        }
        assert_eq!(self.step(), Step::HoldButton, "{:?}", self.view());
        self
    }

    /// Mail by the device itself: the code is handed over, and nobody has said yet what became of it.
    pub(crate) fn at_handed_code(mut self) -> Self {
        self.does(Event::TryAnotherWay).does(Event::MethodChosen(method("email")));
        assert_eq!(self.step(), Step::EnterCode, "{:?}", self.view());
        self
    }

    /// An edge of the button, now.
    pub(crate) fn edge(&mut self, pressed: bool) -> &mut Self {
        let at = self.now;
        self.line_pressed = pressed;
        self.does(Event::ButtonEdge { at, pressed })
    }

    /// The button is held for so long, and let go.
    pub(crate) fn holds_for(&mut self, time: Duration) -> &mut Self {
        self.waits(Duration::from_secs(1)).edge(true).waits(time).edge(false).waits(Duration::from_millis(200))
    }

    /// To code entry by this way.
    pub(crate) fn at_entry_by(mut self, way: &str) -> Self {
        self.does(Event::TryAnotherWay).does(Event::MethodChosen(method(way)));
        assert_eq!(self.step(), Step::EnterCode, "{:?}", self.view());
        self
    }

    /// The code of the challenge that is shown: of the mail, of the telephone call with support, or of the sheet.
    pub(crate) fn mail(&self) -> String {
        self.right().unwrap()
    }

    /// The same, where there is one.
    pub(crate) fn right(&self) -> Option<String> {
        let view = self.view();
        match view.sheet {
            Some(_) => self.sheet.as_ref().and_then(Sheet::next).cloned(),
            None => self.mails.get(&view.request?).cloned(),
        }
    }

    /// A code that fits its check symbol but is not the one of the mail.
    pub(crate) fn wrong(&mut self) -> String {
        let right = self.right();
        loop {
            let octets = self.octets();
            let code = Code::from_random(self.view().code_style, octets).display().expose().clone();
            if Some(&code) != right.as_ref() {
                return code;
            }
        }
    }
}
