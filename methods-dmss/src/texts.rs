//! The text ids that this method uses, so that a test of the locale files can find a missing one. No sentence stands here.

/// Heading while a new password is wanted.
pub const TITLE_RESET: &str = "companion-title-reset";
/// Heading while an address is to be confirmed.
pub const TITLE_CONFIRM: &str = "companion-title-confirm";
/// Shown until the code is there.
pub const PREPARING: &str = "companion-preparing";
/// First step with the brand's app; arguments `app`, `menu`.
pub const STEP_APP: &str = "companion-step-app";
/// First step with any camera.
pub const STEP_CAMERA: &str = "companion-step-camera";
/// The mail is sent by a button on the telephone.
pub const STEP_CONFIRM: &str = "companion-step-confirm";
/// The code arrives by mail, with this request number; argument `request`.
pub const STEP_MAIL: &str = "companion-step-mail";
/// The code is typed at the device.
pub const STEP_TYPE: &str = "companion-step-type";
/// What a screen reader says of the picture; argument `request`.
pub const QR_LABEL: &str = "companion-qr-label";
/// Heading after *No mail came?*
pub const TITLE_NO_MAIL: &str = "companion-title-no-mail";
/// Look into the folder for unwanted mail.
pub const MAIL_FOLDER: &str = "companion-mail-folder";
/// Compare the partly hidden address.
pub const MAIL_ADDRESS: &str = "companion-mail-address";
/// The telephone needs a network; scan the same picture once more.
pub const MAIL_SCAN_AGAIN: &str = "companion-mail-scan-again";
/// A new code makes the old one void; argument `left`, a number.
pub const MAIL_NEW_CODE: &str = "companion-mail-new-code";
/// No further code can be asked for in this session.
pub const MAIL_NO_MORE: &str = "companion-mail-no-more";
/// Button: a new code.
pub const ACTION_NEW_CODE: &str = "companion-action-new-code";
/// Button: back to the picture.
pub const ACTION_SHOW_AGAIN: &str = "companion-action-show-again";

/// All of them.
pub const ALL: [&str; 17] = [
    TITLE_RESET,
    TITLE_CONFIRM,
    PREPARING,
    STEP_APP,
    STEP_CAMERA,
    STEP_CONFIRM,
    STEP_MAIL,
    STEP_TYPE,
    QR_LABEL,
    TITLE_NO_MAIL,
    MAIL_FOLDER,
    MAIL_ADDRESS,
    MAIL_SCAN_AGAIN,
    MAIL_NEW_CODE,
    MAIL_NO_MORE,
    ACTION_NEW_CODE,
    ACTION_SHOW_AGAIN,
];
