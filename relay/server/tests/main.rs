//! A relay, its devices, phones and mailboxes, over real sockets.

#![allow(clippy::disallowed_methods, reason = "tests wait for real programs, and ask cargo where things are")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]
#![allow(clippy::print_stdout, reason = "measured figures, for whoever asks with --nocapture")]

mod app;
mod case;
mod catalogue;
mod crash;
mod decisions;
mod desk;
mod desk_changes;
mod feeds;
mod mails;
mod pages;
mod quotas;
mod refusals;
mod settings;
mod sink;
mod submission;
mod timing;
mod tls;
mod units;
mod world;
