//! What the relay does with a challenge, whichever way it came: look, and send.
//!
//! Before the device is proven there is one answer, [`ProblemCode::NotAccepted`], the same for every reason (R16, F24).

use crate::brands::{Face, Faces};
use crate::clock::{Clock, UnixTime};
use crate::desk::Desk;
use crate::judge::{Limits, Refusal, Verdict};
use crate::keys::KeyRing;
use crate::mail::can_be_written_to;
use crate::secrets::{AddressTag, Digest32, HashKey, NotMeToken};
use crate::store::{Attempt, Device, Store, StoreError};
use resetkit_config::Registry;
use resetkit_protocol::{
    Address, BrandId, Contents, DevicePublic, DeviceSecret, Handle, Header, KeyId, Locale, OpenError, ProblemCode,
    Purpose, peek,
};
use std::sync::Arc;
use tokio::sync::Notify;

/// A *not me* link works for this long, in seconds.
const NOT_ME_LIFE: i64 = 7 * 24 * 3600;
/// *Not me* stops mails for this long, in seconds (R72).
const SUPPRESSED_FOR: i64 = 24 * 3600;

/// Everything that requests need.
pub struct Relay {
    /// Brands.
    pub faces: Faces,
    /// Their private keys.
    pub ring: KeyRing,
    /// What is remembered.
    pub store: Arc<dyn Store>,
    /// Keyed hashes.
    pub hash_key: HashKey,
    /// How many mails.
    pub limits: Limits,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Wakes the sender.
    pub wake: Notify,
    /// The support desk.
    pub desk: Desk,
    /// What the numbers of case codes mean; the built-in registry if absent.
    registry: Option<Registry>,
    decoy: Decoy,
}

/// A proven request.
#[derive(Debug)]
pub struct Proven {
    /// Its clear part.
    pub header: Header,
    /// Its device.
    pub device: Device,
    /// Language of the device's screen.
    pub locale: Locale,
    /// Whether its mail was accepted before.
    pub accepted: bool,
    /// How often the same mail can still be sent again, quotas aside.
    pub resends_left: u32,
}

/// A mail that is on its way.
#[derive(Debug)]
pub struct Accepted {
    /// Whose.
    pub proven: Proven,
    /// Whether it is the same mail once more.
    pub resent: bool,
}

/// A refusal, and whose brand may be shown with it: none before the sender is proven.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Why.
    pub refusal: Refusal,
    /// Whose device it is.
    pub brand: Option<BrandId>,
}

impl Refused {
    fn unknown() -> Self {
        Self { refusal: ProblemCode::NotAccepted.into(), brand: None }
    }

    fn known(device: &Device, refusal: impl Into<Refusal>) -> Self {
        Self { refusal: refusal.into(), brand: Some(device.brand.clone()) }
    }

    fn unavailable(error: &StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self { refusal: ProblemCode::Unavailable.into(), brand: None }
    }
}

/// A key nobody has, to spend the same time on devices that are not registered (F24).
struct Decoy {
    public: DevicePublic,
    brand: BrandId,
}

impl Relay {
    /// Puts a relay together.
    #[must_use]
    pub fn new(
        faces: Faces,
        ring: KeyRing,
        store: Arc<dyn Store>,
        hash_key: HashKey,
        limits: Limits,
        clock: Arc<dyn Clock>,
    ) -> Self {
        // Any key will do: what it opens is thrown away.
        let public = DeviceSecret::from_octets([0x5a; 32]).public();
        let decoy = Decoy { public, brand: faces.first().id.clone() };
        let (wake, desk) = (Notify::new(), Desk::default());
        Self { faces, ring, store, hash_key, limits, clock, wake, desk, registry: None, decoy }
    }

    /// With people at the support desk.
    #[must_use]
    pub fn with_desk(self, desk: Desk) -> Self {
        Self { desk, ..self }
    }

    /// With the maker's own registry of brands, models and firmwares.
    #[must_use]
    pub fn with_registry(self, registry: Option<Registry>) -> Self {
        Self { registry, ..self }
    }

    /// What the numbers of case codes mean.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        self.registry.as_ref().unwrap_or_else(|| Registry::builtin())
    }

    /// Proves a challenge and says what it is about. Changes nothing.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn look(&self, octets: &[u8]) -> Result<Proven, Refused> {
        self.prove(octets).map(|(proven, _)| proven)
    }

    /// Proves a challenge and sends its mail, once.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn send(&self, octets: &[u8]) -> Result<Accepted, Refused> {
        let (mut proven, contents) = self.prove(octets)?;
        let device = &proven.device;
        match proven.header.purpose {
            Purpose::Reset | Purpose::ConfirmAddress => {}
            Purpose::Notice | Purpose::Unlock => return Err(Refused::known(device, ProblemCode::PurposeNotServed)),
        }
        let address = self.address(device, contents).ok_or_else(|| Refused::known(device, ProblemCode::NoAddress))?;
        if !can_be_written_to(&address) {
            return Err(Refused::known(device, ProblemCode::Malformed));
        }
        let digest = Digest32::of(octets);
        let attempt = Attempt {
            header: proven.header,
            epoch: device.epoch,
            brand: device.brand.clone(),
            digest,
            sealed: octets.to_vec(),
            address: self.hash_key.address_tag(&address),
            not_me: self.hash_key.not_me(&digest).hash(),
        };
        let verdict = self.store.accept(&attempt, &self.limits, self.clock.now());
        let verdict =
            verdict.map_err(|error| Refused { brand: Some(device.brand.clone()), ..Refused::unavailable(&error) })?;
        note(&proven, verdict);
        let resent = match verdict {
            Verdict::Send => false,
            Verdict::AlreadyWaiting => true,
            Verdict::SendAgain => {
                proven.resends_left = proven.resends_left.saturating_sub(1);
                true
            }
            Verdict::Refuse(refusal) => return Err(Refused::known(device, refusal)),
        };
        self.wake.notify_one();
        Ok(Accepted { proven, resent })
    }

    fn prove(&self, octets: &[u8]) -> Result<(Proven, Contents), Refused> {
        let header = peek(octets).map_err(|_| Refused::unknown())?;
        let device = self.store.device(&header.handle).map_err(|error| Refused::unavailable(&error))?;
        let Some(device) = device else {
            self.waste_time(header.key_id, octets);
            return Err(Refused::unknown());
        };
        let (header, contents) = match self.open(&device, header.key_id, octets) {
            Ok(opened) => opened,
            Err(OpenError::Contents(_)) => return Err(Refused::known(&device, ProblemCode::Malformed)),
            Err(OpenError::NotAuthentic | OpenError::Length | OpenError::Header(_)) => return Err(Refused::unknown()),
        };
        let resends = self.store.resends(&header, &Digest32::of(octets));
        let resends = resends.map_err(|error| Refused::unavailable(&error))?;
        let resends_left = self.limits.resends.saturating_sub(resends.unwrap_or(0));
        let proven = Proven { header, device, locale: contents.locale, accepted: resends.is_some(), resends_left };
        Ok((proven, contents))
    }

    /// Opens a challenge of this device, if its brand is served here.
    ///
    /// # Errors
    /// [`OpenError`]; a missing key or brand is [`OpenError::NotAuthentic`].
    pub fn open(&self, device: &Device, key_id: KeyId, octets: &[u8]) -> Result<(Header, Contents), OpenError> {
        let key = self.faces.find(&device.brand).and_then(|face| self.ring.find(&face.id, key_id));
        match key {
            Some(key) => key.open(&device.public_key, &device.brand, octets),
            None => {
                self.waste_time(key_id, octets);
                Err(OpenError::NotAuthentic)
            }
        }
    }

    fn waste_time(&self, key_id: KeyId, octets: &[u8]) {
        let first = self.faces.first();
        let own = KeyId::new(first.brand.relay_key_id).unwrap_or(key_id);
        if let Some(key) = self.ring.find(&first.id, key_id).or_else(|| self.ring.find(&first.id, own)) {
            let _ = key.open(&self.decoy.public, &self.decoy.brand, octets);
        }
    }

    /// The one address a mail may go to: the sealed one, or the one that the device confirmed last (F9).
    #[must_use]
    pub fn address(&self, device: &Device, contents: Contents) -> Option<Address> {
        if let Some(address) = contents.address {
            return Some(address);
        }
        let seal = device.address_seal.as_deref()?;
        let (_, confirmed) = self.open(device, peek(seal).ok()?.key_id, seal).ok()?;
        confirmed.address
    }

    /// The keyed hash of an address.
    #[must_use]
    pub fn tag(&self, address: &Address) -> AddressTag {
        self.hash_key.address_tag(address)
    }

    /// Which device a *not me* link is for.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find_not_me(&self, token: &str) -> Result<Option<Device>, StoreError> {
        let Some(hash) = NotMeToken::hash_of_text(token) else {
            return Ok(None);
        };
        let since = self.clock.now().plus(-NOT_ME_LIFE);
        match self.store.find_not_me(&hash, since)? {
            Some(handle) => self.store.device(&handle),
            None => Ok(None),
        }
    }

    /// Stops mails for a device (R72).
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn not_me(&self, handle: &Handle) -> Result<UnixTime, StoreError> {
        let until = self.clock.now().plus(SUPPRESSED_FOR);
        self.store.suppress(handle, until)?;
        tracing::warn!(%handle, "an owner pressed not me");
        Ok(until)
    }

    /// The brand to show.
    #[must_use]
    pub fn face(&self, brand: Option<&BrandId>) -> &Face {
        brand.and_then(|brand| self.faces.find(brand)).unwrap_or_else(|| self.faces.first())
    }
}

/// One line for the operator, without address or code.
fn note(proven: &Proven, verdict: Verdict) {
    let header = &proven.header;
    let (handle, request, lane) = (header.handle, header.request(), header.lane.as_str());
    match verdict {
        Verdict::Send => tracing::info!(%handle, request, lane, purpose = header.purpose.as_str(), "accepted"),
        Verdict::SendAgain => tracing::info!(%handle, request, lane, "to be sent again"),
        Verdict::AlreadyWaiting => tracing::info!(%handle, request, lane, "waiting to be sent"),
        Verdict::Refuse(refusal) if refusal.code == ProblemCode::EnrolAgain => {
            tracing::warn!(%handle, request, lane, "counter regression: the device was re-flashed, copied, or is old");
        }
        Verdict::Refuse(refusal) => tracing::info!(%handle, request, lane, code = refusal.code.code(), "refused"),
    }
}
