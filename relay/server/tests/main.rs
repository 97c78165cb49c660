//! A relay, its devices, phones and mailboxes, over real sockets.

mod crash;
mod decisions;
mod feeds;
mod mails;
mod pages;
mod quotas;
mod refusals;
mod settings;
mod sink;
mod tls;
mod world;
