//! resetd, the recovery daemon on the device.
