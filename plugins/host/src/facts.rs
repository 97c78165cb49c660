//! What a method was told, and may therefore repeat; and what of an event it may hear at all.

use std::collections::BTreeSet;

use resetkit_contract::abi::{RNone, ROption, RSome, RString};
use resetkit_contract::{Connection, MethodEvent, MethodOutput, News, Screen, StartInfo};
use resetkit_core::{Manifest, ManifestGrant};

use crate::confidence::Confidences;

/// What a method was told, and may therefore repeat.
#[derive(Debug, Clone, Default)]
pub struct SessionFacts {
    pub(crate) address_hint: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) request: Option<String>,
    pub(crate) actions: Vec<String>,
    pub(crate) screen: Option<Screen>,
    /// Names that it may put into its sentences.
    pub(crate) words: BTreeSet<String>,
    pub(crate) confidences: Confidences,
    /// Connections that it asked for, and that were handed over.
    pub(crate) asked: usize,
    pub(crate) handed: usize,
    pub(crate) watched: BTreeSet<u32>,
    pub(crate) press_watched: bool,
}

impl SessionFacts {
    /// What of an event the method may hear, remembered; `None` if it may not hear of it at all.
    pub fn may_hear(&mut self, manifest: &Manifest, event: MethodEvent) -> Option<MethodEvent> {
        let has = |grant: ManifestGrant| manifest.grants.contains(&grant);
        match event {
            MethodEvent::Start(info) => Some(MethodEvent::Start(self.start(manifest, info))),
            MethodEvent::Sealed(sealed) if has(ManifestGrant::Seal) => {
                self.url = Some(sealed.url.to_string());
                self.request = Some(sealed.request.to_string());
                Some(MethodEvent::Sealed(sealed))
            }
            MethodEvent::Deliver(delivery) if has(ManifestGrant::DeliverCode) => {
                self.request = Some(delivery.request.to_string());
                self.confidences.remember_delivery(&delivery);
                Some(MethodEvent::Deliver(delivery))
            }
            MethodEvent::Connected(connection) if has(ManifestGrant::Connect(connection.setting.to_string())) => {
                self.connected(&connection);
                Some(MethodEvent::Connected(connection))
            }
            MethodEvent::ConnectRefused { setting, code, at_ms }
                if has(ManifestGrant::Connect(setting.to_string())) =>
            {
                Some(MethodEvent::ConnectRefused { setting, code, at_ms })
            }
            MethodEvent::PressWatched { request, at_ms, pressed } if has(ManifestGrant::Button) => {
                self.request = Some(request.to_string());
                self.press_watched = true;
                Some(MethodEvent::PressWatched { request, at_ms, pressed })
            }
            edge @ (MethodEvent::Edge { .. } | MethodEvent::LineLost { .. }) if has(ManifestGrant::Button) => {
                self.press_watched.then_some(edge)
            }
            MethodEvent::KeptReady { request, left, tries_left } if has(ManifestGrant::KeptCodes) => {
                self.request = Some(request.to_string());
                Some(MethodEvent::KeptReady { request, left, tries_left })
            }
            MethodEvent::SealRefused { code } if asks_the_engine(manifest) => Some(MethodEvent::SealRefused { code }),
            MethodEvent::News(news) => {
                if let News::Screen(screen) = news {
                    self.screen = Some(screen);
                }
                Some(MethodEvent::News(news))
            }
            MethodEvent::Action { id } => {
                self.actions.iter().any(|offered| *offered == id).then_some(MethodEvent::Action { id })
            }
            other @ (MethodEvent::Tick { .. } | MethodEvent::Stop) => Some(other),
            // Not granted; and what is readable is the worker's to say, nobody else's.
            MethodEvent::Sealed(_)
            | MethodEvent::SealRefused { .. }
            | MethodEvent::Deliver(_)
            | MethodEvent::KeptReady { .. }
            | MethodEvent::Connected(_)
            | MethodEvent::ConnectRefused { .. }
            | MethodEvent::Readable { .. }
            | MethodEvent::PressWatched { .. }
            | MethodEvent::Edge { .. }
            | MethodEvent::LineLost { .. } => None,
        }
    }

    fn start(&mut self, manifest: &Manifest, mut info: StartInfo) -> StartInfo {
        let words = manifest.grants.contains(&ManifestGrant::BrandWords);
        keep_if(manifest.grants.contains(&ManifestGrant::MaskedAddress), &mut info.address_hint);
        keep_if(words, &mut info.app);
        keep_if(words, &mut info.support);
        keep_if(may_connect(manifest), &mut info.clock);
        keep_if(manifest.grants.contains(&ManifestGrant::Button), &mut info.button);
        if !words {
            info.locale = RString::new();
        }
        self.screen = Some(info.screen);
        self.address_hint = info.address_hint.as_ref().map(|hint| hint.to_string()).into_option();
        if let RSome(app) = &info.app {
            self.words.insert(app.name.to_string());
            self.words.extend(app.menu.iter().map(|entry| entry.to_string()));
        }
        if let RSome(support) = &info.support {
            self.words.extend([support.contact.to_string(), support.hours.to_string()]);
        }
        info
    }

    fn connected(&mut self, connection: &Connection) {
        self.handed += 1;
        self.words.insert(connection.peer.host.to_string());
        if let RSome(login) = &connection.peer.login {
            self.confidences.remember_login(login);
        }
    }

    /// Remembers what the method offers, asks for and watches now.
    pub(crate) fn heard(&mut self, output: &MethodOutput) {
        match output {
            MethodOutput::Show(view) => self.actions = view.actions().map(|action| action.id.to_string()).collect(),
            MethodOutput::Connect { .. } => self.asked += 1,
            MethodOutput::Watch { watch } => drop(self.watched.insert(*watch)),
            MethodOutput::Unwatch { watch } => drop(self.watched.remove(watch)),
            MethodOutput::Ready
            | MethodOutput::Seal { .. }
            | MethodOutput::Fail { .. }
            | MethodOutput::Attest(_)
            | MethodOutput::AskDelivery { .. }
            | MethodOutput::Delivered
            | MethodOutput::AskPress
            | MethodOutput::AskKept
            | MethodOutput::WakeAfter { .. }
            | MethodOutput::Log { .. }
            | MethodOutput::Done => {}
        }
    }
}

/// Whether a manifest names any connection.
pub(crate) fn may_connect(manifest: &Manifest) -> bool {
    manifest.grants.iter().any(|grant| matches!(grant, ManifestGrant::Connect(_)))
}

/// Whether there is anything that the engine could refuse.
fn asks_the_engine(manifest: &Manifest) -> bool {
    [ManifestGrant::Seal, ManifestGrant::DeliverCode, ManifestGrant::Button, ManifestGrant::KeptCodes]
        .iter()
        .any(|grant| manifest.grants.contains(grant))
}

fn keep_if<T>(granted: bool, field: &mut ROption<T>) {
    if !granted {
        *field = RNone;
    }
}
