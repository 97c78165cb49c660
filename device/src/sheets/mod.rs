//! Recovery codes on paper (R87).
//!
//! ```text
//!   log-in + current password ─► eight codes drawn and hashed ─► shown and printed, once ─► one typed back ─► they count
//!                                 (the journal has verifiers only)                            the sheet before is void
//! ```
//!
//! Until one is typed back, the codes stand in memory for a quarter of an hour, so that the page can be loaded again and the
//! sheet printed; a boot, a log-out and the first code typed back wipe them. No file of ours ever has one (R15).

mod compose;
mod document;
mod fonts;
mod paper;
mod picture;
mod row;

pub(crate) use compose::date;
pub use compose::{About, Device, compose};
pub use document::pdf;
pub use paper::Sheet as Paper;
pub use picture::png;
pub use row::{CODES, KeptRow, SheetRow, confirmed, spend, still_counts, unconfirmed};

#[cfg(test)]
mod tests;
