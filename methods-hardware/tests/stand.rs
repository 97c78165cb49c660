//! A button on a bench: edges and time are told to the method, as the daemon tells them.

use resetkit_contract::abi::{RNone, ROption, RSome};
use resetkit_contract::{
    ButtonInfo, Method, MethodEvent, MethodOutput, Part, PressOutcome, Purpose, Screen, SealForm, StartInfo, View,
};
use resetkit_method_button::Button;

/// The window begins at this moment, in milliseconds since boot.
pub(crate) const BEGAN: u64 = 5_000_000;

pub(crate) const INFO: ButtonInfo = ButtonInfo {
    hold_ms: 10_000,
    longest_ms: 20_000,
    window_ms: 120_000,
    pressed: false,
    outcome: PressOutcome::NewPassword,
};

pub(crate) fn start(button: ROption<ButtonInfo>) -> MethodEvent {
    MethodEvent::Start(StartInfo {
        purpose: Purpose::Reset,
        form: SealForm::AddressSealed,
        locale: "".into(),
        screen: Screen { width_px: 0, height_px: 0, columns: 0, rows: 0 },
        tries_left: 5,
        minutes_left: 60,
        new_codes_left: 2,
        at_ms: BEGAN - 1_000,
        address_hint: RNone,
        app: RNone,
        clock: RNone,
        button,
        support: RNone,
    })
}

/// A method at work, and everything that it said.
pub(crate) struct Bench {
    button: Button,
    now_ms: u64,
    wake_ms: Option<u64>,
    pub(crate) view: Option<View>,
    /// How often the view changed.
    pub(crate) redrawn: usize,
    /// Headlines in their order, each once in a row: the text id that tells the phase.
    pub(crate) said: Vec<String>,
    pub(crate) failed: Option<String>,
}

impl Bench {
    /// Started and watched; the button is or is not pressed at that moment.
    pub(crate) fn watching(info: ButtonInfo, pressed: bool) -> Bench {
        let (button, now_ms, wake_ms) = (Button::new(), BEGAN, None);
        let mut bench = Bench { button, now_ms, wake_ms, view: None, redrawn: 0, said: Vec::new(), failed: None };
        let outputs = bench.tell(start(RSome(info)));
        assert!(outputs.contains(&MethodOutput::Ready) && outputs.contains(&MethodOutput::AskPress), "{outputs:?}");
        bench.tell(MethodEvent::PressWatched { request: "0042".into(), at_ms: BEGAN, pressed });
        bench
    }

    pub(crate) fn tell(&mut self, event: MethodEvent) -> Vec<MethodOutput> {
        let outputs = self.button.advance(event);
        for output in &outputs {
            match output {
                MethodOutput::Show(view) => self.see(view.clone()),
                MethodOutput::WakeAfter { ms: 0 } => self.wake_ms = None,
                MethodOutput::WakeAfter { ms } => self.wake_ms = Some(self.now_ms + u64::from((*ms).max(250))),
                MethodOutput::Fail { code, .. } => self.failed = Some(code.to_string()),
                _ => {}
            }
        }
        outputs
    }

    /// Lets the time go on to `at_ms` after the window began, with the wakes that were asked for.
    pub(crate) fn until(&mut self, at_ms: u64) {
        let at_ms = BEGAN + at_ms;
        while let Some(wake) = self.wake_ms.filter(|wake| *wake <= at_ms && self.failed.is_none()) {
            self.now_ms = wake;
            self.wake_ms = None;
            self.tell(MethodEvent::Tick { at_ms: wake });
        }
        self.now_ms = at_ms;
    }

    /// The line changes at `at_ms` after the window began.
    pub(crate) fn edge(&mut self, at_ms: u64, pressed: bool) {
        self.until(at_ms);
        self.tell(MethodEvent::Edge { pressed, at_ms: BEGAN + at_ms });
    }

    fn see(&mut self, view: View) {
        self.redrawn += 1;
        let headline = headline(&view);
        if self.said.last() != Some(&headline) {
            self.said.push(headline);
        }
        self.view = Some(view);
    }

    pub(crate) fn progress(&self) -> Option<(u32, u32)> {
        self.view.iter().flat_map(|view| view.parts.iter()).find_map(|part| match part {
            Part::Progress { done, of, .. } => Some((*done, *of)),
            _ => None,
        })
    }
}

/// What a view is about: what it warns of first, else the bar's label, else its last paragraph. What a press does stands on every view.
fn headline(view: &View) -> String {
    let does = ["button-does-password", "button-does-factory"];
    let ids = |wanted: fn(&Part) -> Option<String>| {
        view.parts.iter().filter_map(wanted).find(|id| !does.contains(&id.as_str()))
    };
    ids(|part| match part {
        Part::Warning(text) => Some(text.id.to_string()),
        _ => None,
    })
    .or_else(|| {
        ids(|part| match part {
            Part::Progress { label, .. } => Some(label.id.to_string()),
            _ => None,
        })
    })
    .or_else(|| {
        ids(|part| match part {
            Part::Paragraph(text) => Some(text.id.to_string()),
            _ => None,
        })
    })
    .unwrap()
}
