//! reset-screen: the local screen of a device, a program of its own over the local API.
fn main() {}
