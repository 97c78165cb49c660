//! The harness of the stories: one language, two worlds.
//!
//! A story is a function over a [`stage::Stage`]; [`world::World`] is what a world must be able to do.

pub mod browser;
pub mod model;
pub mod mta;
mod pages;
pub mod process;
pub mod real;
pub mod stage;
pub mod workspace;
pub mod world;
