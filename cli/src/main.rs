//! resetkit: demo, scan, factory and signing tools.
fn main() {}
