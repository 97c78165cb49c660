//! The owner's stories. What holds in the model (memory, virtual clock) must hold for the real programs too.
#![expect(clippy::print_stdout, reason = "a test reports by printing; cargo shows it when it fails or when asked")]

mod arrows;
