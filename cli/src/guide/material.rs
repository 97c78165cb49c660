//! What a guide is made from: the data that the device itself runs on, and nothing that somebody wrote down elsewhere.

use resetkit_config::{Arg, Brand, Button, Policy, Profile, Shelf, Texts};
use resetkit_core::{
    CodeStyle, Fact, Facts, Lane, Loss, Manifest, MethodId, ProofKind, ProofKinds, Purpose, ScreenSize, Selection,
    select,
};
use resetkit_host::ManifestText;

use crate::demo::MANIFESTS;
use crate::failure::Failure;
use crate::language;

/// Size that the device's own web page is made for.
const BROWSER: ScreenSize = ScreenSize { width: 800, height: 480 };

/// Brand, device, policy, methods and words.
pub(crate) struct Material {
    pub(crate) brand: Brand,
    pub(crate) profile: Profile,
    pub(crate) policy: Policy,
    pub(crate) texts: Texts,
    pub(crate) manifests: Vec<Manifest>,
}

/// A way back in that this device can offer when all is set up.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) manifest: Manifest,
    /// Where it can be used.
    pub(crate) lanes: Vec<Lane>,
    /// What it destroys on this device.
    pub(crate) loss: Loss,
    pub(crate) proof: ProofKind,
}

impl Material {
    /// Reads the brand (`plain`, or the folder of a pack), profile and policy by name or file, and the methods' manifests.
    pub(crate) fn gather(brand: &str, device: &str, policy: &str, language: &str) -> Result<Material, Failure> {
        let brand = Shelf::builtin().brand(brand)?;
        let profile = Profile::named(device)?;
        let policy = Policy::named(policy, &profile)?;
        let texts = language::texts(&brand, language)?;
        let manifests = manifests(&brand)?;
        Ok(Material { brand, profile, policy, texts, manifests })
    }

    /// The lanes that the model has.
    pub(crate) fn lanes(&self) -> Vec<Lane> {
        let open = |lane: &Lane| match lane {
            Lane::Console => self.profile.lanes.console,
            Lane::Network => self.profile.lanes.network,
            // A press opens no screen of its own.
            Lane::Button => false,
        };
        Lane::ALL.into_iter().filter(open).collect()
    }

    /// All that can be so on this model when its owner has set everything up.
    pub(crate) fn best_facts(&self, lane: Lane) -> Facts {
        let known = self.profile.facts();
        // What the model decides; all the rest is the owner's or the installer's to set up.
        let holds = |fact: Fact| match fact.as_str() {
            "button-wired" => known.has(Fact::ButtonWired),
            "pictures" => lane == Lane::Network || known.has(Fact::Pictures),
            "console-lane" => lane == Lane::Console,
            "support-keys" => self.brand.support.is_some(),
            "clock-trusted" => self.profile.facts.clock_trusted.unwrap_or(true),
            _ => true,
        };
        let facts = Fact::ALL.into_iter().fold(Facts::none(), |facts, fact| facts.set(fact, holds(fact)));
        let screen = self.profile.screen.filter(|_| lane == Lane::Console);
        let size = screen.map_or(BROWSER, |screen| ScreenSize { width: screen.width, height: screen.height });
        facts.with_screen(size)
    }

    /// What the device would offer for these facts, by the engine's own rules.
    pub(crate) fn selection(&self, facts: &Facts, lane: Lane) -> Selection {
        let installed: Vec<MethodId> = self.manifests.iter().map(|manifest| manifest.id.clone()).collect();
        let mut policy = self.policy.selection(Purpose::Reset, lane, &installed);
        policy.on_presence = self.profile.button.as_ref().and_then(Button::rules).map(|rules| rules.on_presence);
        select(facts, &self.manifests, &policy)
    }

    /// The ways that this device can offer at all, in the order in which it offers them.
    pub(crate) fn ways(&self) -> Vec<Way> {
        let mut ways: Vec<Way> = Vec::new();
        for lane in self.lanes() {
            for offer in self.selection(&self.best_facts(lane), lane).offered {
                if let Some(known) = ways.iter_mut().find(|way| way.manifest.id == offer.method) {
                    known.lanes.push(lane);
                } else if let Some(manifest) = self.manifests.iter().find(|manifest| manifest.id == offer.method) {
                    ways.push(Way {
                        id: offer.method.as_str().to_owned(),
                        name: self.say(&format!("{}-name", offer.method.as_str())),
                        manifest: manifest.clone(),
                        lanes: vec![lane],
                        loss: offer.loss,
                        proof: offer.proof,
                    });
                }
            }
        }
        ways.sort_by_key(|way| way.loss);
        ways
    }

    /// Whether one proof is not enough on this device.
    pub(crate) fn wants_two(&self) -> bool {
        self.policy.proofs.wanted() > 1
    }

    /// The ways that together with this one are enough: at one place, of two kinds, and as strong as the policy asks.
    pub(crate) fn partners<'a>(&self, way: &Way, ways: &'a [Way]) -> Vec<&'a Way> {
        let rule = self.policy.proofs.rule();
        let fits = |other: &&Way| {
            other.proof != way.proof
                && other.lanes.iter().any(|lane| way.lanes.contains(lane))
                && rule.is_met_by(ProofKinds::of(&[way.proof, other.proof]))
        };
        ways.iter().filter(fits).collect()
    }

    /// How codes look on this device.
    pub(crate) fn code_style(&self) -> CodeStyle {
        self.policy.code_style(&self.profile)
    }

    /// Whether the owner can ask for more time (R18).
    pub(crate) fn can_extend(&self) -> bool {
        self.policy.session.cap_minutes > self.policy.session.life_minutes
    }

    /// So many minutes in words: hours where it is whole hours.
    fn span(&self, minutes: u16) -> String {
        let (id, count) =
            if minutes.is_multiple_of(60) { ("guide-hours", minutes / 60) } else { ("guide-minutes", minutes) };
        self.texts.get(id, &[("count", count.into())])
    }

    /// A text with every figure and name of this device at hand.
    pub(crate) fn say(&self, id: &str) -> String {
        self.say_with(id, &[])
    }

    /// The same, with further arguments that come first.
    pub(crate) fn say_with(&self, id: &str, more: &[(&str, Arg<'_>)]) -> String {
        self.find(id, more).unwrap_or_else(|| format!("[{id}]"))
    }

    /// A text that need not be there: a method of somebody else brings its own, or none.
    pub(crate) fn find(&self, id: &str, more: &[(&str, Arg<'_>)]) -> Option<String> {
        let menu = self.brand.app_menu_path.join(" → ");
        let button = self.profile.button.as_ref();
        let number = |value: u16| Arg::from(value);
        let session = &self.policy.session;
        let host = self.brand.relay_url.as_str().trim_start_matches("https://").trim_end_matches('/');
        let cap = self.span(session.cap_minutes);
        let mut args: Vec<(&str, Arg<'_>)> = vec![
            ("device", Arg::Text(self.profile.name_in(self.texts.language().as_str()))),
            ("model", Arg::Text(&self.profile.model)),
            ("account", Arg::Text(&self.profile.accounts.admin)),
            ("app", Arg::Text(&self.brand.app_name)),
            ("menu", Arg::Text(&menu)),
            ("host", Arg::Text(host)),
            ("line", Arg::Text(self.brand.support_line())),
            ("proofs", Arg::from(u8::try_from(self.policy.proofs.wanted()).unwrap_or(u8::MAX))),
            ("life", number(session.life_minutes)),
            ("cap", Arg::Text(&cap)),
            ("checkpoint", number(session.checkpoint_minutes)),
            ("boots", Arg::from(session.boots)),
            ("tries", Arg::from(session.tries)),
            ("challenges", Arg::from(session.challenges_per_session)),
            ("choose", number(session.proof_minutes)),
            ("min", number(self.policy.password.min_chars)),
            ("max", number(self.policy.password.max_chars)),
            ("seconds", number(button.map_or(0, |button| button.hold_seconds))),
            ("longest", number(button.map_or(0, Button::longest_seconds))),
            ("window", number(resetkit_config::HOLD_WINDOW_SECONDS)),
            ("request", Arg::Text("0002")),
            ("minutes", number(session.life_minutes)),
            ("hours", number(24)),
        ];
        // Fluent keeps the last of two arguments with one name.
        args.extend(more.iter().cloned());
        self.texts.find(id, &args)
    }
}

/// The manifests of all methods that this brand may use.
fn manifests(brand: &Brand) -> Result<Vec<Manifest>, Failure> {
    let mut found = Vec::new();
    for (id, text) in MANIFESTS {
        let read = ManifestText::parse_linked(text)
            .map_err(|failure| Failure::new(format!("The manifest of `{id}` cannot be read: {failure}."), ""))?;
        if read.serves_brand(brand.id.as_str()) {
            found.push(read.manifest);
        }
    }
    Ok(found)
}
