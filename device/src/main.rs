//! resetd, the recovery daemon on the device.
fn main() {}
