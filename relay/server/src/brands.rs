//! Brands as the relay shows them: name, colours, and words in each of their languages.

use resetkit_config::{Brand, ConfigError, Floor, Texts};
use resetkit_protocol::{ApproverPublic, BrandId, KeyId, RelayPublic, SupportKeys};
use std::collections::BTreeMap;
use std::path::Path;

use crate::keys::KeyRing;

/// One brand with its texts at hand.
pub struct Face {
    /// Name that challenges are bound to.
    pub id: BrandId,
    /// Name that people read.
    pub name: String,
    /// Whole pack.
    pub brand: Brand,
    texts: BTreeMap<String, Texts>,
    support: Option<SupportKeys>,
}

impl Face {
    /// Texts in the first of these languages that the brand has, else in its own.
    #[must_use]
    pub fn texts<'w>(&self, wanted: impl IntoIterator<Item = &'w str>) -> &Texts {
        let own = self.brand.languages.first().map_or("en", String::as_str);
        wanted
            .into_iter()
            .find_map(|language| self.texts.get(language))
            .or_else(|| self.texts.get(own))
            .or_else(|| self.texts.values().next())
            .expect("a brand pack names at least one language")
    }

    fn new(brand: Brand) -> Result<Self, BrandTrouble> {
        let id = BrandId::parse(brand.id.as_str()).map_err(|_| BrandTrouble::Id(brand.id.to_string()))?;
        let texts = brand.languages.iter().map(|language| (language.clone(), Texts::load(&brand, language))).collect();
        let support = support_keys(&brand);
        Ok(Self { id, name: brand.name.clone(), texts, support, brand })
    }

    /// The brand's two approvers, if it has any.
    #[must_use]
    pub const fn support_keys(&self) -> Option<&SupportKeys> {
        self.support.as_ref()
    }
}

/// The pack was checked when it was read; keys that no secret can be agreed with open nothing.
fn support_keys(brand: &Brand) -> Option<SupportKeys> {
    let support = brand.support.as_ref()?;
    let key = |octets: &[u8; 32]| ApproverPublic::from_octets(*octets).ok();
    let (first, second) = (key(support.first_key.octets())?, key(support.second_key.octets())?);
    SupportKeys::new(KeyId::new(support.key_id).ok()?, first, second).ok()
}

/// All brands of a relay. The first one is shown to whoever is not known.
pub struct Faces {
    faces: Vec<Face>,
}

impl Faces {
    /// Reads signed packs, in their order.
    ///
    /// # Errors
    /// [`BrandTrouble`].
    pub fn load<P: AsRef<Path>>(folders: &[P], keys: &[String]) -> Result<Self, BrandTrouble> {
        let load = |folder: &P| Brand::load_signed(folder.as_ref(), keys, Floor::NONE).map_err(BrandTrouble::Pack);
        Self::of(folders.iter().map(load).collect::<Result<_, _>>()?)
    }

    /// Takes packs that were read already.
    ///
    /// # Errors
    /// [`BrandTrouble`] if there is none, or two have the same name.
    pub fn of(brands: Vec<Brand>) -> Result<Self, BrandTrouble> {
        let faces = brands.into_iter().map(Face::new).collect::<Result<Vec<_>, _>>()?;
        if faces.is_empty() {
            return Err(BrandTrouble::None);
        }
        for (place, face) in faces.iter().enumerate() {
            if faces[..place].iter().any(|other| other.id == face.id) {
                return Err(BrandTrouble::Twice(face.id.to_string()));
            }
        }
        Ok(Self { faces })
    }

    /// The brand of this name.
    #[must_use]
    pub fn find(&self, id: &BrandId) -> Option<&Face> {
        self.faces.iter().find(|face| face.id == *id)
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Face> {
        self.faces.iter()
    }

    /// The first brand.
    #[must_use]
    pub fn first(&self) -> &Face {
        &self.faces[0]
    }

    /// Every pack's key must be there, and be the one that the pack tells devices to seal to.
    ///
    /// # Errors
    /// [`BrandTrouble::NoKey`], [`BrandTrouble::OtherKey`].
    pub fn check_keys(&self, ring: &KeyRing) -> Result<(), BrandTrouble> {
        for face in &self.faces {
            let number = face.brand.relay_key_id;
            let key_id = KeyId::new(number).map_err(|_| BrandTrouble::NoKey(face.id.to_string(), number))?;
            let key = ring.find(&face.id, key_id).ok_or_else(|| BrandTrouble::NoKey(face.id.to_string(), number))?;
            if RelayPublic::from_octets(*face.brand.relay_public_key.octets()) != Ok(key.public()) {
                return Err(BrandTrouble::OtherKey(face.id.to_string(), number));
            }
        }
        Ok(())
    }
}

/// Why the brands cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum BrandTrouble {
    /// The pack itself.
    #[error(transparent)]
    Pack(ConfigError),
    /// No brand at all.
    #[error("no brand is named; write `brands = [\"path/to/brand\"]` in relay.toml")]
    None,
    /// A name that no challenge can hold.
    #[error("`{0}` cannot be the name of a brand")]
    Id(String),
    /// The same brand twice.
    #[error("brand `{0}` is named twice")]
    Twice(String),
    /// The private key is missing.
    #[error("key {1} of brand `{0}` is not in key_dir; make it with `reset-relay key new --brand {0} --key-id {1}`")]
    NoKey(String, u8),
    /// The private key belongs to another public key.
    #[error("key {1} of brand `{0}` in key_dir is not the one in its brand pack; put the right one there")]
    OtherKey(String, u8),
}
