//! The owner's stories. What holds in the model (memory, virtual clock) must hold for the real programs too.
#![allow(clippy::disallowed_methods, reason = "tests ask cargo and tests/run where things are")]
#![expect(clippy::print_stdout, reason = "a test reports by printing; cargo shows it when it fails or when asked")]

/// Makes a test of each story in the model's world.
macro_rules! in_the_model {
    ($($story:ident),* $(,)?) => {
        mod model_only { $(#[test] fn $story() { super::$story(&kit::model::model()); })* }
    };
}

/// Makes a test of each story in the world of processes.
macro_rules! in_the_real_world {
    ($($story:ident),* $(,)?) => {
        mod real_only { $(#[test] fn $story() { super::$story(&kit::real::real(stringify!($story))); })* }
    };
}

/// Makes two tests of each story, one in each world.
macro_rules! in_both_worlds {
    ($($story:ident),* $(,)?) => {
        mod model { $(#[test] fn $story() { super::$story(&kit::model::model()); })* }
        mod real { $(#[test] fn $story() { super::$story(&kit::real::real(stringify!($story))); })* }
    };
}

mod arrows;
mod axe;
mod axe_care;
mod axe_codes;
mod axe_desk;
mod axe_ends;
mod axe_moments;
mod c_gui;
mod camera;
mod chapters;
mod contested;
mod desk;
mod direct_mail;
mod every_way;
mod flow;
mod guessing;
mod guide;
mod guide_pictures;
mod not_me;
mod pictures;
mod power;
mod screens;
mod second_hand;
mod secrets;
mod support_call;
mod terminal;
mod time;
mod ways_on;

/// What the owner forgot.
const OLD: &str = "the long one that nobody remembers";
/// What the owner sets instead.
const NEW: &str = "a long fresh one for the garage";
/// The address on file.
const EMAIL: &str = "owner@example.org";

/// A well-formed code that no device ever draws but once in 2^40 times.
fn wrong_code(n: u8) -> String {
    let code = resetkit_core::Code::from_octets([0, 0, 0, 7, n], resetkit_core::CodeStyle::Letters);
    code.expect("any 40 bits are a code").display().expose().clone()
}
