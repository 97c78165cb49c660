//! The support unlock (R89): one code, cut in two halves, each sealed to another approver.
//!
//! ```text
//!            14, clear, authenticated           32      8     16      32      8     16      = 126 octets
//!  +----------------------------------------+-------+------+-----+-------+------+-----+
//!  | version·purpose·lane … handle, counter | enc 1 | half | tag | enc 2 | half | tag |
//!  +----------------------------------------+-------+------+-----+-------+------+-----+
//! ```
//!
//! A half is the code under a one-time pad (first) or the pad (second): each alone is as likely with any code as with
//! any other, so one approver knows nothing, and nor does the relay. `info` names the half and both approvers' keys
//! besides everything that it names for a mailed code (R28): a half cannot stand in for the other, nor move to
//! another pair of keys, brand, device or challenge. There is no third key.

use crate::contents::{CodeOctets, CodeStyle, Contents, ContentsSlip, DIGITS_LIMIT, Locale};
use crate::form::{ENC_OCTETS, FIXED_OCTETS, Form, TAG_OCTETS};
use crate::header::{BrandId, HEADER_OCTETS, Header, KeyId, Purpose};
use crate::keys::{ApproverPublic, ApproverSecret, DevicePublic, DeviceSecret, KeySlip};
use crate::seal::{Hedged, OpenError, SealError, SealSeed, Sender, info_under, open_from, peek, push_item};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Length of a sealed unlock, in octets. No mailed challenge has it.
pub const UNLOCK_OCTETS: usize = HEADER_OCTETS + 2 * HALF_OCTETS;

const HALF_OCTETS: usize = ENC_OCTETS + FIXED_OCTETS + TAG_OCTETS;
/// Domain of every unlock; first item of `info`.
const LABEL: &[u8] = b"resetkit unlock";
/// Domain of the pad's derivation.
const PAD_LABEL: &[u8] = b"resetkit unlock pad";

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum HalfOf {
    /// The first approver's.
    First,
    /// The second approver's.
    Second,
}

impl HalfOf {
    /// Both, in order.
    pub const ALL: [HalfOf; 2] = [HalfOf::First, HalfOf::Second];

    const fn wire(self) -> u8 {
        match self {
            HalfOf::First => 1,
            HalfOf::Second => 2,
        }
    }

    /// A stable word for files, the database and the interface.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            HalfOf::First => "first",
            HalfOf::Second => "second",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|half| half.as_str() == text)
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            HalfOf::First => HalfOf::Second,
            HalfOf::Second => HalfOf::First,
        }
    }
}

/// A brand's two approvers, as its signed pack names them: always two different keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SupportKeys {
    key_id: KeyId,
    first: ApproverPublic,
    second: ApproverPublic,
}

impl SupportKeys {
    /// # Errors
    /// [`KeySlip::Twice`] if both are one key: nobody may unlock alone (R89).
    pub fn new(key_id: KeyId, first: ApproverPublic, second: ApproverPublic) -> Result<Self, KeySlip> {
        if first == second { Err(KeySlip::Twice) } else { Ok(Self { key_id, first, second }) }
    }

    /// Number of this pair; stands in the header of every unlock sealed to it.
    #[must_use]
    pub const fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// One approver's key.
    #[must_use]
    pub const fn key(&self, half: HalfOf) -> &ApproverPublic {
        match half {
            HalfOf::First => &self.first,
            HalfOf::Second => &self.second,
        }
    }

    /// Whose key this is, if it is one of the two.
    #[must_use]
    pub fn half_of(&self, key: &ApproverPublic) -> Option<HalfOf> {
        HalfOf::ALL.into_iter().find(|half| self.key(*half) == key)
    }
}

/// Half a code. Says nothing about the code by itself; redacts itself and is wiped on drop.
#[derive(Clone, PartialEq, Eq)]
pub struct Half {
    pub(crate) which: HalfOf,
    pub(crate) share: Share,
    pub(crate) style: CodeStyle,
    pub(crate) locale: Locale,
}

/// Forty bits, wiped on drop.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Share(pub(crate) [u8; 5]);

impl fmt::Debug for Half {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Half({}, …)", self.which.as_str())
    }
}

impl Half {
    /// Which one it is.
    #[must_use]
    pub const fn which(&self) -> HalfOf {
        self.which
    }

    /// How the whole code is read out.
    #[must_use]
    pub const fn style(&self) -> CodeStyle {
        self.style
    }

    /// Language of the device's screen.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// Puts the code together.
    ///
    /// # Errors
    /// [`UnlockError::Halves`] if both are the same half, or were not made together.
    pub fn join(&self, other: &Half) -> Result<CodeOctets, UnlockError> {
        if self.which == other.which || self.style != other.style || self.locale != other.locale {
            return Err(UnlockError::Halves);
        }
        let (a, b) = (number(&self.share.0), number(&other.share.0));
        Ok(CodeOctets::new(octets(match self.style {
            CodeStyle::Letters => a ^ b,
            CodeStyle::Digits => (a + b) % DIGITS_LIMIT,
        })))
    }

    /// The eight octets that are sealed.
    pub(crate) fn plain(&self) -> Zeroizing<Vec<u8>> {
        let contents =
            Contents { code: CodeOctets::new(self.share.0), style: self.style, locale: self.locale, address: None };
        contents.octets(Form::AddressAtRelay).expect("a share is below the limit of its style")
    }

    pub(crate) fn read(which: HalfOf, plain: &[u8]) -> Result<Self, ContentsSlip> {
        let contents = Contents::from_octets(Form::AddressAtRelay, plain)?;
        let share = Share(*contents.code.expose());
        Ok(Self { which, share, style: contents.style, locale: contents.locale })
    }
}

/// What one unlock needs of the kernel's random source: three times 32 octets.
pub struct UnlockSeeds {
    /// For the pad.
    pub pad: SealSeed,
    /// For the first half's ephemeral key.
    pub first: SealSeed,
    /// For the second half's.
    pub second: SealSeed,
}

/// Seals one unlock to a brand's two approvers. The result has [`UNLOCK_OCTETS`] octets.
///
/// `header` says [`Purpose::Unlock`] and the keys' number; its counter is durable and was never used (R32). Neither
/// half can be guessed even from a random source that repeats itself: the pad, too, is mixed with the device's secret
/// and the counter (R30, F25).
///
/// # Errors
/// [`SealError::Contents`] for a code too large for its style, or an address, of which an unlock has none.
///
/// # Panics
/// If `header` names another purpose or key number: a mistake of the caller that no input can cause.
pub fn seal_unlock(
    device: &DeviceSecret,
    keys: &SupportKeys,
    brand: &BrandId,
    header: Header,
    contents: &Contents,
    seeds: UnlockSeeds,
) -> Result<Vec<u8>, SealError> {
    assert!(header.purpose == Purpose::Unlock && header.key_id == keys.key_id, "the header is that of an unlock");
    let plain = contents.octets(Form::AddressAtRelay)?;
    let clear = header.octets();
    let UnlockSeeds { pad, first, second } = seeds;
    let pad = draw_pad(device, &clear, &plain, contents.style, &pad);
    let code = contents.code.number();
    let masked = match contents.style {
        CodeStyle::Letters => code ^ pad,
        CodeStyle::Digits => (code + DIGITS_LIMIT - pad) % DIGITS_LIMIT,
    };
    let mut whole = Vec::with_capacity(UNLOCK_OCTETS);
    whole.extend_from_slice(&clear);
    for (which, share, seed) in [(HalfOf::First, masked, first), (HalfOf::Second, pad, second)] {
        let half = Half { which, share: Share(octets(share)), style: contents.style, locale: contents.locale };
        let info = info(brand, &header, which, keys);
        whole.extend(Sender::device(device).seal_to(&keys.key(which).kem(), &info, &clear, &half.plain(), &seed)?);
    }
    Ok(whole)
}

/// Opens the half that belongs to `approver`, and proves that `device` sealed it for this pair of keys, brand, handle
/// and challenge (R28).
///
/// # Errors
/// [`UnlockError::NotAnApprover`] if the key is none of the pair; otherwise as [`crate::open`].
pub fn open_half(
    approver: &ApproverSecret,
    keys: &SupportKeys,
    device: &DevicePublic,
    brand: &BrandId,
    octets: &[u8],
) -> Result<(Header, Half), UnlockError> {
    if octets.len() != UNLOCK_OCTETS {
        return Err(OpenError::Length.into());
    }
    let header = peek(octets)?;
    if header.key_id != keys.key_id {
        return Err(OpenError::NotAuthentic.into());
    }
    let which = keys.half_of(&approver.public()).ok_or(UnlockError::NotAnApprover)?;
    let (clear, halves) = octets.split_at(HEADER_OCTETS);
    let (first, second) = halves.split_at(HALF_OCTETS);
    let sealed = match which {
        HalfOf::First => first,
        HalfOf::Second => second,
    };
    let plain = open_from(device.kem(), &approver.kem(), &info(brand, &header, which, keys), clear, sealed)?;
    Ok((header, Half::read(which, &plain).map_err(OpenError::from)?))
}

/// Everything that a mailed challenge binds, the half, and both keys.
fn info(brand: &BrandId, header: &Header, which: HalfOf, keys: &SupportKeys) -> Vec<u8> {
    let mut out = info_under(LABEL, brand, header);
    push_item(&mut out, &[which.wire()]);
    push_item(&mut out, keys.first.octets());
    push_item(&mut out, keys.second.octets());
    out
}

/// A uniform pad: forty bits, or a number below 10^12 (from 128 bits, so no likelier than another by 2^-88).
fn draw_pad(device: &DeviceSecret, clear: &[u8], plain: &[u8], style: CodeStyle, seed: &SealSeed) -> u64 {
    let mut wide = [0; 16];
    Hedged::new(device.expose(), PAD_LABEL, clear, plain, seed).fill(&mut wide);
    let limit = match style {
        CodeStyle::Letters => 1 << 40,
        CodeStyle::Digits => DIGITS_LIMIT,
    };
    let pad = u128::from_be_bytes(wide) % u128::from(limit);
    wide.zeroize();
    u64::try_from(pad).expect("a remainder of 2^40 or 10^12 fits")
}

fn number(share: &[u8; 5]) -> u64 {
    share.iter().fold(0, |sum, octet| (sum << 8) | u64::from(*octet))
}

fn octets(number: u64) -> [u8; 5] {
    let [_, _, _, octets @ ..] = number.to_be_bytes();
    octets
}

/// Why an unlock gave no half, or no code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UnlockError {
    /// As for every challenge.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The key is neither the first nor the second approver's.
    #[error("this key is neither of the brand's two approvers'")]
    NotAnApprover,
    /// Twice the same half, or halves of two codes.
    #[error("these are not the two halves of one code")]
    Halves,
}
