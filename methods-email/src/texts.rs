//! The text ids that this method uses, so that a test of the locale files can find a missing one. No sentence stands here.

/// Heading while a new password is wanted.
pub const TITLE_RESET: &str = "email-title-reset";
/// Heading while an address is to be confirmed.
pub const TITLE_CONFIRM: &str = "email-title-confirm";
/// Heading when the mail is on its way.
pub const TITLE_SENT: &str = "email-title-sent";
/// Heading when the mail did not leave.
pub const TITLE_NOT_SENT: &str = "email-title-not-sent";
/// Heading after *No mail came?*
pub const TITLE_NO_MAIL: &str = "email-title-no-mail";
/// Step: the daemon connects.
pub const STEP_CONNECTING: &str = "email-step-connecting";
/// Step: TLS and log-in.
pub const STEP_SECURING: &str = "email-step-securing";
/// Step: secured, log-in under way; argument `host`.
pub const STEP_SECURED: &str = "email-step-secured";
/// Step: the code is drawn.
pub const STEP_CODE: &str = "email-step-code";
/// Step: the mail is handed over; argument `host`.
pub const STEP_HANDING: &str = "email-step-handing";
/// While a further code is sent: the older one still counts.
pub const OLD_COUNTS: &str = "email-old-counts";
/// Accepted by the server; arguments `host`, `seconds`.
pub const ACCEPTED_AFTER: &str = "email-accepted-after";
/// Accepted by the server, clock trusted; arguments `host`, `time`.
pub const ACCEPTED_AT: &str = "email-accepted-at";
/// Open the mailbox; argument `request`.
pub const DO_OPEN: &str = "email-do-open";
/// Type the code here.
pub const DO_TYPE: &str = "email-do-type";
/// No mail: two minutes, and the folder for unwanted mail.
pub const MAIL_FOLDER: &str = "email-mail-folder";
/// No mail: compare the partly hidden address.
pub const MAIL_ADDRESS: &str = "email-mail-address";
/// No mail: what the server said when it took the mail; argument `host`.
pub const MAIL_SERVER: &str = "email-mail-server";
/// A new code can be sent; argument `left`, a number.
pub const MAIL_NEW_CODE: &str = "email-mail-new-code";
/// No further code can be sent.
pub const MAIL_NO_MORE: &str = "email-mail-no-more";
/// The new mail did not leave; the older code still counts.
pub const NOT_AGAIN: &str = "email-not-again";
/// Button: send a new code.
pub const ACTION_NEW_CODE: &str = "email-action-new-code";
/// Button: back to code entry.
pub const ACTION_SHOW_AGAIN: &str = "email-action-show-again";
/// Reason: no network.
pub const WHY_NO_NETWORK: &str = "email-why-no-network";
/// Reason: no usable settings.
pub const WHY_NOT_SET: &str = "email-why-not-set";
/// Reason: no answer.
pub const WHY_NO_ANSWER: &str = "email-why-no-answer";
/// Reason: no TLS that can be believed.
pub const WHY_NOT_SECURE: &str = "email-why-not-secure";
/// Reason: log-in refused.
pub const WHY_LOGIN: &str = "email-why-login";
/// Reason: no such mailbox.
pub const WHY_ADDRESS: &str = "email-why-address";
/// Reason: mailbox full.
pub const WHY_FULL: &str = "email-why-full";
/// Reason: try later.
pub const WHY_LATER: &str = "email-why-later";
/// Reason: another no.
pub const WHY_REFUSED: &str = "email-why-refused";

/// All of them.
pub const ALL: [&str; 32] = [
    TITLE_RESET,
    TITLE_CONFIRM,
    TITLE_SENT,
    TITLE_NOT_SENT,
    TITLE_NO_MAIL,
    STEP_CONNECTING,
    STEP_SECURING,
    STEP_SECURED,
    STEP_CODE,
    STEP_HANDING,
    OLD_COUNTS,
    ACCEPTED_AFTER,
    ACCEPTED_AT,
    DO_OPEN,
    DO_TYPE,
    MAIL_FOLDER,
    MAIL_ADDRESS,
    MAIL_SERVER,
    MAIL_NEW_CODE,
    MAIL_NO_MORE,
    NOT_AGAIN,
    ACTION_NEW_CODE,
    ACTION_SHOW_AGAIN,
    WHY_NO_NETWORK,
    WHY_NOT_SET,
    WHY_NO_ANSWER,
    WHY_NOT_SECURE,
    WHY_LOGIN,
    WHY_ADDRESS,
    WHY_FULL,
    WHY_LATER,
    WHY_REFUSED,
];
