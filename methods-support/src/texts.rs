//! The text ids that this method uses, so that a test of the locale files can find a missing one. No sentence stands here.

/// Heading.
pub const TITLE: &str = "support-title";
/// Shown until the code is there.
pub const PREPARING: &str = "support-preparing";
/// Step: call support; arguments `contact`, `hours`.
pub const STEP_CALL_HOURS: &str = "support-step-call-hours";
/// Step: call support; argument `contact`.
pub const STEP_CALL: &str = "support-step-call";
/// Step: call whoever sold the device, where the brand names nobody.
pub const STEP_CALL_ANYBODY: &str = "support-step-call-anybody";
/// Step: tell the request number, answer what they ask; argument `request`.
pub const STEP_TELL: &str = "support-step-tell";
/// Step: scan the picture and pass it on, or carry it on a stick.
pub const STEP_PASS_ON: &str = "support-step-pass-on";
/// Step: two people decide.
pub const STEP_WAIT: &str = "support-step-wait";
/// Step: type what the agent reads out.
pub const STEP_TYPE: &str = "support-step-type";
/// What a screen reader says of the picture; argument `request`.
pub const QR_LABEL: &str = "support-qr-label";
/// Support never asks for a password or for a code from a mail or a sheet.
pub const NEVER_TELL: &str = "support-never-tell";
/// Heading after *nobody answers*.
pub const TITLE_SILENT: &str = "support-title-silent";
/// What helps then.
pub const SILENT: &str = "support-silent-advice";
/// Button: support said no.
pub const ACTION_REFUSED: &str = "support-action-refused";

/// All of them.
pub const ALL: [&str; 14] = [
    TITLE,
    PREPARING,
    STEP_CALL_HOURS,
    STEP_CALL,
    STEP_CALL_ANYBODY,
    STEP_TELL,
    STEP_PASS_ON,
    STEP_WAIT,
    STEP_TYPE,
    QR_LABEL,
    NEVER_TELL,
    TITLE_SILENT,
    SILENT,
    ACTION_REFUSED,
];
