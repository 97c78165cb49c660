//! What the tests share.

pub(crate) mod client;
pub(crate) mod crash_disk;
pub(crate) mod mail_server;
pub(crate) mod pinned;
pub(crate) mod recorder;
pub(crate) mod trace;
