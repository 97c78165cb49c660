//! What the tests share.

pub(crate) mod crash_disk;
