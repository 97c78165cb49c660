//! What the device says, and what follows from it.

use super::care::Care;
use super::doctor::Visit;
use super::{Place, Session, Story};
use crate::link::{Ask, Hold, News, What};
use crate::secret::Secret;
use crate::wire::{Device, Problem, View};
use crate::words::Words;

/// Steps after which nothing more happens in a session.
const ENDS: [&str; 6] = ["done", "address-confirmed", "cancelled", "expired", "support", "factory-state"];

impl Story {
    /// Takes the news.
    pub(crate) fn hears(&mut self, news: News) -> Vec<Ask> {
        match news {
            News::Device(device, login) => self.hears_of_device(*device, &login),
            News::Texts(texts) => {
                self.words = Words::of(texts);
                Vec::new()
            }
            News::Pending(pending) => {
                self.pending = pending;
                Vec::new()
            }
            News::LoggedIn(token) => {
                self.comes_in(token, false);
                let mut asks = self.goes(Place::Home);
                asks.push(self.ask(What::Pending));
                asks
            }
            News::SetUp(token) => {
                self.comes_in(token, true);
                self.asks_how_ready()
            }
            News::Ready(ready) => self.hears_how_ready(ready),
            News::Plan(plan) => self.hears_of_plan(plan),
            News::Doctor(report) => self.hears_doctor(report),
            News::HandedOver(handed) => self.has_handed_over(handed),
            News::LoggedOut => {
                self.busy = false;
                self.login = None;
                self.care = Care::default();
                self.goes(Place::Live)
            }
            News::Opened(hold, view) => self.opens(hold, *view),
            News::Seen(view) => self.sees(*view),
            News::Codes(fresh) => {
                self.busy = false;
                self.forget_typed();
                self.fresh = Some(fresh);
                vec![self.ask(What::Device(self.login.clone()))]
            }
            News::TypedBack(kept) => {
                self.busy = false;
                self.forget_typed();
                self.fresh = None;
                if let Some(device) = &mut self.device {
                    device.recovery_codes = Some(kept);
                }
                Vec::new()
            }
            News::Exported(exported) => {
                self.busy = false;
                self.saved = Some(exported.file);
                Vec::new()
            }
            News::Done => {
                self.busy = false;
                vec![self.ask(What::Device(self.login.clone())), self.ask(What::Pending)]
            }
            News::Gone(problem) => self.loses(problem),
            News::Refused(problem) => {
                self.busy = false;
                self.refused(problem)
            }
            News::Down => {
                if !self.down {
                    self.was_interrupted();
                }
                self.down = true;
                self.busy = false;
                Vec::new()
            }
        }
    }

    fn hears_of_device(&mut self, device: Device, login: &Option<String>) -> Vec<Ask> {
        if *login != self.login {
            // Asked before somebody came or went: it says nothing about who is here now.
            return vec![self.ask(What::Device(self.login.clone()))];
        }
        let was_down = std::mem::replace(&mut self.down, false);
        let initialised = device.initialised;
        if device.account.is_none() && self.login.take().is_some() && self.place.is_inside() {
            self.place = Place::LogIn;
        }
        self.device = Some(device);
        match (initialised, &self.place) {
            (false, place) if place.is_inside() || matches!(place, Place::Live | Place::LogIn) => {
                self.place = Place::SetUp;
            }
            (true, Place::SetUp | Place::Skip) if !self.busy => self.place = Place::Live,
            (_, _) => {}
        }
        let mut asks = Vec::new();
        if !self.words.are_known() {
            asks.push(self.ask(What::Texts));
        }
        if was_down {
            asks.push(self.ask(What::Pending));
            if let Some(held) = &mut self.session {
                // A device that restarted counts its revisions anew.
                held.view.revision = 0;
                let hold = held.hold.clone();
                asks.extend([self.ask(What::Look(hold.clone())), self.ask(What::Watch(hold, 0))]);
            }
        }
        asks
    }

    fn comes_in(&mut self, token: String, at_set_up: bool) {
        self.busy = false;
        self.fields.email.clear();
        self.login = Some(token);
        self.care = Care { at_set_up, ..Care::default() };
    }

    fn opens(&mut self, hold: Hold, view: View) -> Vec<Ask> {
        self.busy = false;
        self.forget_typed();
        self.trouble = None;
        self.place = Place::Reset;
        self.as_text = false;
        self.saved = None;
        self.fields.account = view.account.clone();
        let watch = self.ask(What::Watch(hold.clone(), view.revision));
        self.session = Some(Session { hold, view });
        vec![watch]
    }

    fn sees(&mut self, view: View) -> Vec<Ask> {
        let asked = std::mem::replace(&mut self.busy, false);
        let Some(held) = &mut self.session else { return Vec::new() };
        if view.id != held.hold.id {
            return Vec::new();
        }
        // Two answers may overtake one another.
        if view.revision < held.view.revision {
            self.busy = asked;
            return Vec::new();
        }
        let before = std::mem::replace(&mut held.view, view);
        let view = &held.view;
        let moved = before.step != view.step;
        let ended = ENDS.contains(&view.step.as_str());
        let other_request = before.request != view.request;
        let tried = before.tries_left != view.tries_left;
        let (flaws, step) = (!view.flaws.is_empty(), view.step.clone());
        if moved && step != "checking" && step != "saving" && !(flaws && step == "choose-new-password") {
            self.fields.password = Secret::new();
            self.fields.show = false;
        }
        if other_request || tried || (moved && step != "checking" && step != "enter-code") {
            self.fields.code = Secret::new();
        }
        if moved || other_request {
            self.hint = None;
            self.trouble = None;
            if !asked {
                self.was_interrupted();
            }
        }
        if ended && moved { vec![self.ask(What::Unwatch), self.ask(What::Pending)] } else { Vec::new() }
    }

    /// The session is not there any more: the device was restarted, or somebody else came in.
    fn loses(&mut self, problem: Problem) -> Vec<Ask> {
        self.busy = false;
        if self.session.take().is_none() {
            return Vec::new();
        }
        self.was_interrupted();
        let asks = self.goes(Place::LogIn);
        self.trouble = Some(problem);
        asks
    }

    fn refused(&mut self, problem: Problem) -> Vec<Ask> {
        // A session that the device no longer knows.
        let in_session = self.place == Place::Reset && self.session.is_some();
        if in_session && problem.code == "E-003" {
            return self.loses(problem);
        }
        if self.login.is_some() && problem.code == "E-004" {
            self.login = None;
            let asks = self.goes(Place::LogIn);
            self.trouble = Some(problem);
            return asks;
        }
        if self.place == Place::Reset && self.session.is_none() {
            self.place = Place::LogIn;
        }
        if self.place == Place::Doctor {
            self.care.doctor = Visit::None;
        }
        if self.place == Place::Ready && self.care.ready.is_none() {
            self.place = Place::Home;
        }
        self.trouble = Some(problem);
        if self.place == Place::HandOverNow {
            // It may be handed over all the same (E-018): the device knows.
            return vec![self.ask(What::Device(self.login.clone()))];
        }
        Vec::new()
    }
}
