//! Sealing on the device, opening at the relay.

use crate::contents::{Contents, ContentsSlip};
use crate::form::{ENC_OCTETS, Form};
use crate::header::{BrandId, HEADER_OCTETS, Header, HeaderSlip, Purpose, VERSION};
use crate::keys::{
    ApproverSecret, DevicePublic, DeviceSecret, KemPrivate, KemPublic, RelayPublic, RelaySecret, is_low_order,
};
use crate::unlock::UNLOCK_OCTETS;
use hkdf::Hkdf;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{Infallible, TryCryptoRng, TryRng};
use hpke::{Deserializable, HpkeError, Kem, OpModeR, OpModeS, Serializable};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Domain of every challenge; first item of `info`.
const LABEL: &[u8] = b"resetkit challenge";
/// Domain of the ephemeral key's derivation.
const HEDGE_LABEL: &[u8] = b"resetkit hedged ephemeral";

/// 32 octets from the kernel's random source, for one challenge. Wiped on drop.
///
/// It is mixed with the device's secret, the header (so the counter) and the contents before it becomes a key: a
/// source that repeats itself still gives a fresh key for each counter (R30, F25).
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SealSeed([u8; 32]);

impl SealSeed {
    /// From 32 octets of getrandom(2).
    #[must_use]
    pub const fn new(octets: [u8; 32]) -> Self {
        Self(octets)
    }
}

/// Seals one challenge to the relay. The result has exactly `form.octets()` octets (R33).
///
/// The counter in `header` must already be durable, and must never be used twice (R32). The seed is consumed: one
/// message to a context (R29).
///
/// # Errors
/// [`SealError::Contents`] if an address is missing, uncalled for or too long for `form`, or a code too large for its style.
pub fn seal(
    device: &DeviceSecret,
    relay: &RelayPublic,
    brand: &BrandId,
    header: Header,
    form: Form,
    contents: &Contents,
    seed: SealSeed,
) -> Result<Vec<u8>, SealError> {
    let plain = contents.octets(form)?;
    let clear = header.octets();
    let info = info(brand, &header);
    let mut octets = Vec::with_capacity(form.octets());
    octets.extend_from_slice(&clear);
    octets.extend(Sender::device(device).seal_to(&relay.kem(), &info, &clear, &plain, &seed)?);
    Ok(octets)
}

/// Who seals a message in mode Auth: a device, or an approver handing over a half.
pub(crate) struct Sender<'a> {
    secret: &'a [u8; 32],
    private: KemPrivate,
    public: KemPublic,
}

impl<'a> Sender<'a> {
    pub(crate) fn device(device: &'a DeviceSecret) -> Self {
        Self { secret: device.expose(), private: device.kem(), public: device.public().kem() }
    }

    pub(crate) fn approver(approver: &'a ApproverSecret) -> Self {
        Self { secret: approver.expose(), private: approver.kem(), public: approver.public().kem() }
    }

    /// One message: `enc`, ciphertext, tag.
    pub(crate) fn seal_to(
        self,
        reader: &KemPublic,
        info: &[u8],
        clear: &[u8],
        plain: &[u8],
        seed: &SealSeed,
    ) -> Result<Vec<u8>, SealError> {
        let mut hedged = Hedged::new(self.secret, info, clear, plain, seed);
        let mode = OpModeS::<X25519HkdfSha256>::Auth((self.private, self.public));
        let (enc, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &mode,
            reader,
            info,
            plain,
            clear,
            &mut hedged,
        )
        .map_err(SealError::Crypto)?;
        Ok([enc.to_bytes().as_slice(), &sealed].concat())
    }
}

/// Opens one message of mode Auth: `enc`, ciphertext, tag.
pub(crate) fn open_from(
    sender: KemPublic,
    reader: &KemPrivate,
    info: &[u8],
    clear: &[u8],
    message: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (enc, sealed) = message.split_first_chunk::<ENC_OCTETS>().ok_or(OpenError::Length)?;
    if is_low_order(enc) {
        return Err(OpenError::NotAuthentic);
    }
    let enc = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(enc).map_err(|_| OpenError::NotAuthentic)?;
    let mode = OpModeR::Auth(sender);
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(&mode, reader, &enc, info, sealed, clear)
        .map(Zeroizing::new)
        .map_err(|_| OpenError::NotAuthentic)
}

/// Reads the header alone, to find out which device, brand and key to open with. Nothing in it is proven yet.
///
/// # Errors
/// [`OpenError::Length`] or [`OpenError::Header`].
pub fn peek(octets: &[u8]) -> Result<Header, OpenError> {
    let clear: &[u8; HEADER_OCTETS] = octets.first_chunk().ok_or(OpenError::Length)?;
    if octets.len() == UNLOCK_OCTETS {
        let header = Header::from_octets(clear)?;
        return if header.purpose == Purpose::Unlock { Ok(header) } else { Err(HeaderSlip::Purpose.into()) };
    }
    Form::of_length(octets.len()).ok_or(OpenError::Length)?;
    Ok(Header::from_octets(clear)?)
}

/// Opens one challenge and proves that `device` sealed it for this relay, brand, key, handle and purpose (R28).
///
/// # Errors
/// [`OpenError`]. All of its kinds but [`OpenError::Contents`] mean that the sender is not authenticated.
pub fn open(
    relay: &RelaySecret,
    device: &DevicePublic,
    brand: &BrandId,
    octets: &[u8],
) -> Result<(Header, Contents), OpenError> {
    let header = peek(octets)?;
    let form = Form::of_length(octets.len()).ok_or(OpenError::Length)?;
    let (clear, rest) = octets.split_at(HEADER_OCTETS);
    let plain = open_from(device.kem(), &relay.kem(), &info(brand, &header), clear, rest)?;
    Ok((header, Contents::from_octets(form, &plain)?))
}

/// Label, version, suite, brand, key id, handle and purpose, each with its length in front (R28, R37).
fn info(brand: &BrandId, header: &Header) -> Vec<u8> {
    info_under(LABEL, brand, header)
}

/// The same seven items under the label of another kind of message.
pub(crate) fn info_under(label: &[u8], brand: &BrandId, header: &Header) -> Vec<u8> {
    let items: [&[u8]; 7] = [
        label,
        &[VERSION],
        &[header.suite.wire()],
        brand.as_str().as_bytes(),
        &[header.key_id.number()],
        header.handle.octets(),
        &[header.purpose.wire()],
    ];
    let mut out = Vec::with_capacity(192);
    items.into_iter().for_each(|item| push_item(&mut out, item));
    out
}

pub(crate) fn push_item(out: &mut Vec<u8>, item: &[u8]) {
    out.push(u8::try_from(item.len()).expect("no item is longer than a brand's or a key's 32 octets"));
    out.extend_from_slice(item);
}

/// Gives the key encapsulation its 32 octets of key material (RFC 9180 9.7.5), and never anything twice.
pub(crate) struct Hedged {
    expander: Hkdf<Sha256>,
    block: u32,
}

impl Hedged {
    pub(crate) fn new(secret: &[u8; 32], info: &[u8], clear: &[u8], plain: &[u8], seed: &SealSeed) -> Self {
        let mut material = Zeroizing::new(Vec::with_capacity(512));
        for item in [secret.as_slice(), &seed.0, info, clear, plain] {
            material.extend_from_slice(&u32::try_from(item.len()).expect("items are short").to_be_bytes());
            material.extend_from_slice(item);
        }
        Self { expander: Hkdf::new(Some(HEDGE_LABEL), &material), block: 0 }
    }

    pub(crate) fn fill(&mut self, out: &mut [u8]) {
        for chunk in out.chunks_mut(32) {
            self.expander.expand(&self.block.to_be_bytes(), chunk).expect("32 octets are one block of HKDF-SHA256");
            self.block += 1;
        }
    }
}

impl TryRng for Hedged {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut out = [0; 4];
        self.try_fill_bytes(&mut out)?;
        Ok(u32::from_le_bytes(out))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut out = [0; 8];
        self.try_fill_bytes(&mut out)?;
        Ok(u64::from_le_bytes(out))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.fill(out);
        Ok(())
    }
}

impl TryCryptoRng for Hedged {}

/// Why a challenge could not be sealed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SealError {
    /// The contents do not fit the form.
    #[error("the contents cannot be sealed in this form: {0}")]
    Contents(#[from] ContentsSlip),
    /// The library refused; with keys of the right types this does not happen.
    #[error("sealing failed: {0}")]
    Crypto(HpkeError),
}

/// Why a challenge could not be opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OpenError {
    /// None of the four lengths.
    #[error("not the length of a challenge")]
    Length,
    /// A header value that is not assigned.
    #[error("not a challenge: {0}")]
    Header(#[from] HeaderSlip),
    /// Not sealed by this device for this relay, brand, key, handle and purpose; or altered since.
    #[error("not sealed by this device for this relay")]
    NotAuthentic,
    /// Sealed by the device, but not exactly formed (5.9).
    #[error("the device sealed something malformed: {0}")]
    Contents(#[from] ContentsSlip),
}
