//! Tests of the loader, the data and the texts, in one binary.
mod blocklist;
mod brands;
mod layers;
mod registry;
mod texts;
