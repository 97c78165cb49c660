//! The text ids that this method uses, so that a test of the locale files can find a missing one. No sentence stands here.

/// Heading where a new password is what comes of it.
pub const TITLE_PASSWORD: &str = "button-title-password";
/// Heading where the device goes back to its first state.
pub const TITLE_FACTORY: &str = "button-title-factory";
/// What a press does: a new password, everything else stays.
pub const DOES_PASSWORD: &str = "button-does-password";
/// What a press does: everything is erased.
pub const DOES_FACTORY: &str = "button-does-factory";
/// Shown until the button is watched.
pub const PREPARING: &str = "button-preparing";
/// Step: press and hold; argument `seconds`.
pub const DO_HOLD: &str = "button-do-hold";
/// Step: release when told; argument `longest`, in seconds.
pub const DO_RELEASE: &str = "button-do-release";
/// How long there is time; argument `seconds`.
pub const WINDOW: &str = "button-window";
/// Waiting for the press; label of the bar.
pub const WAITING: &str = "button-waiting";
/// Being held; arguments `seconds`, `of`.
pub const HOLDING: &str = "button-holding";
/// Held long enough.
pub const RELEASE_NOW: &str = "button-release-now";
/// Held too long; it must be released.
pub const TOO_LONG: &str = "button-too-long";
/// It was held too long and released; argument `seconds`, how long it must be held.
pub const WAS_TOO_LONG: &str = "button-was-too-long";
/// It was released too early; arguments `held`, `of`.
pub const WAS_TOO_SHORT: &str = "button-was-too-short";
/// It seems to be pressed already.
pub const STUCK: &str = "button-stuck";
/// The press was seen; the device checks it.
pub const SEEN: &str = "button-seen";
/// The window is over.
pub const WINDOW_OVER: &str = "button-window-over";

/// All of them.
pub const ALL: [&str; 17] = [
    TITLE_PASSWORD,
    TITLE_FACTORY,
    DOES_PASSWORD,
    DOES_FACTORY,
    PREPARING,
    DO_HOLD,
    DO_RELEASE,
    WINDOW,
    WAITING,
    HOLDING,
    RELEASE_NOW,
    TOO_LONG,
    WAS_TOO_LONG,
    WAS_TOO_SHORT,
    STUCK,
    SEEN,
    WINDOW_OVER,
];
