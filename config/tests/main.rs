//! Tests of the loader, the data and the texts, in one binary.
mod blocklist;
mod brands;
mod catalogue;
mod explain;
mod guidance;
mod layers;
mod models;
mod registry;
mod texts;
