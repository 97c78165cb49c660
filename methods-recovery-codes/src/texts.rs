//! The text ids that this method uses, so that a test of the locale files can find a missing one. No sentence stands here.

/// Heading.
pub const TITLE: &str = "recovery-codes-title";
/// Shown until a code is taken.
pub const PREPARING: &str = "recovery-codes-preparing";
/// Step: fetch the sheet.
pub const STEP_SHEET: &str = "recovery-codes-step-sheet";
/// Step: choose one that is not crossed out.
pub const STEP_CHOOSE: &str = "recovery-codes-step-choose";
/// Step: type it here.
pub const STEP_TYPE: &str = "recovery-codes-step-type";
/// Step: cross it out afterwards.
pub const STEP_CROSS_OUT: &str = "recovery-codes-step-cross-out";
/// How many are left; argument `left`, a number of at least 2.
pub const LEFT: &str = "recovery-codes-left";
/// It is the last one.
pub const LAST: &str = "recovery-codes-last";
/// Nobody from support ever asks for one.
pub const NEVER_TELL: &str = "recovery-codes-never-tell";

/// All of them.
pub const ALL: [&str; 9] =
    [TITLE, PREPARING, STEP_SHEET, STEP_CHOOSE, STEP_TYPE, STEP_CROSS_OUT, LEFT, LAST, NEVER_TELL];
