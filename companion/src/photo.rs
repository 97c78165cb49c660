//! Finding a challenge in a photograph.

use image::{DynamicImage, ImageReader, Limits};
use rxing::common::HybridBinarizer;
use rxing::qrcode::QRCodeReader;
use rxing::{BinaryBitmap, DecodeHints, Luma8LuminanceSource, Reader};
use std::io::Cursor;

/// Largest photograph that is read, in octets (R47).
pub const MAX_PHOTO: usize = 32 * 1024 * 1024;
/// Most pixels along one side.
const MAX_SIDE: u32 = 12_000;
/// Sides to which a photograph is made smaller, in pixels, in the order tried. Large ones hold the moiré of a screen.
const SIDES: [u32; 3] = [1600, 900, 3200];

/// Reads the text of the QR code in a PNG or JPEG image, turned or not.
///
/// # Errors
/// [`PhotoError`], each with what to do next.
pub fn read_qr(image: &[u8]) -> Result<String, PhotoError> {
    if image.len() > MAX_PHOTO {
        return Err(PhotoError::TooLarge);
    }
    let picture = decode(image)?;
    let longest = picture.width().max(picture.height());
    let at_its_size = (longest <= SIDES[0]).then(|| picture.to_luma8());
    let smaller = SIDES
        .into_iter()
        .filter(|side| *side < longest)
        .map(|side| picture.resize(side, side, image::imageops::FilterType::Triangle).to_luma8());
    at_its_size.into_iter().chain(smaller).find_map(find).ok_or(PhotoError::NoCode)
}

fn decode(image: &[u8]) -> Result<DynamicImage, PhotoError> {
    let mut reader = ImageReader::new(Cursor::new(image)).with_guessed_format().map_err(|_| PhotoError::NotAPicture)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| PhotoError::NotAPicture)?;
    // Where nothing was drawn a screen shot is transparent; a camera would see white.
    if picture.color().has_alpha() { Ok(on_white(&picture)) } else { Ok(picture) }
}

fn on_white(picture: &DynamicImage) -> DynamicImage {
    let mut ground = image::RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([255; 4]));
    image::imageops::overlay(&mut ground, picture, 0, 0);
    ground.into()
}

fn find(luma: image::GrayImage) -> Option<String> {
    let (width, height) = luma.dimensions();
    let octets = luma.into_raw();
    let attempt = |pure: bool| {
        let source = Luma8LuminanceSource::new(octets.clone(), width, height).ok()?;
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        let pure = pure.then_some(true);
        let hints = DecodeHints {
            TryHarder: Some(true),
            AlsoInverted: Some(true),
            PureBarcode: pure,
            ..DecodeHints::default()
        };
        QRCodeReader.decode_with_hints(&mut bitmap, &hints).ok().map(|found| found.getText().to_owned())
    };
    // The search for the three corners misses about one clean picture in a hundred (6 of 600 taken from the screen, none
    // with the second attempt, which takes the whole picture to be the code).
    attempt(false).or_else(|| attempt(true))
}

/// Why a photograph gave no code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PhotoError {
    /// Larger than [`MAX_PHOTO`].
    #[error("the picture is larger than 32 MiB; take it with a lower resolution")]
    TooLarge,
    /// Not an image that can be read.
    #[error("this is not a PNG or JPEG picture; save the photograph as one of these")]
    NotAPicture,
    /// No QR code was found.
    #[error("no QR code was found; photograph the screen from straight ahead, closer, without reflections")]
    NoCode,
}
