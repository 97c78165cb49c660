//! The firmware's program that gives a client the new password.

use resetkit_config::Client;
use resetkit_core::Secret;

use super::ClientState;
use crate::accounts::Program;

/// Tells one client, by `update-client ACCOUNT NAME ADDRESS` with the password on standard input. Blocks for the program's
/// time at most. What it prints is not looked at: it must not hold the password, and nobody has checked that it does not.
pub(crate) fn update(program: &Program, account: &str, client: &Client, password: &Secret<String>) -> ClientState {
    if let Err(fault) = program.check() {
        tracing::error!(%fault, "after_reset.hook is not run");
        return ClientState::Failed;
    }
    let names = [account, client.name.as_str(), client.address.as_str()];
    match program.run("update-client", &names, password.expose().as_bytes()) {
        Ok(ended) if ended.code == Some(0) => ClientState::Updated,
        Ok(ended) => {
            tracing::warn!(client = %client.name, code = ?ended.code, "the client does not have the new password");
            ClientState::Failed
        }
        Err(fault) => {
            tracing::warn!(client = %client.name, %fault, "the client does not have the new password");
            ClientState::Failed
        }
    }
}
