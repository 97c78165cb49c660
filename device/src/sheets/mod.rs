//! Recovery codes on paper (R87): what a sheet is, how it is made, printed and used up.

mod document;
mod fonts;
mod paper;
mod picture;

pub use document::pdf;
pub use paper::Sheet as Paper;
pub use picture::png;

#[cfg(test)]
mod tests;
