//! The support desk of a demo world: anna takes calls, bert and carla approve. Each has a token for the relay, and each
//! approver a key that only his machine would have.

use std::path::Path;
use std::process::Command;

use super::world::{run, write};
use crate::failure::Failure;
use crate::support;

/// Folder of the desk's keys and tokens.
pub(crate) const FOLDER: &str = "desk";
/// Makes a relay serve the desk.
pub(crate) const SETTING: &str = "\n[support]\nstaff = \"staff.toml\"\n";

const STAFF: [(&str, &str); 3] = [("anna", "agent"), ("bert", "approver"), ("carla", "approver")];

/// Makes both approvers' keys; gives back their public halves, as the brand pack names them.
pub(crate) fn make_keys(root: &Path) -> Result<[String; 2], Failure> {
    let make = |name: &str| support::make_key(&root.join(FOLDER).join(format!("{name}.key")));
    Ok([make("bert")?, make("carla")?])
}

/// Gives everybody a token.
pub(crate) fn make_staff(root: &Path, relay: &Path, config: &Path) -> Result<(), Failure> {
    for (name, role) in STAFF {
        let mut command = Command::new(relay);
        command.args(["staff", "new", name, "--role", role, "--config"]).arg(config);
        write(&root.join(FOLDER).join(format!("{name}.token")), &run(command)?)?;
    }
    Ok(())
}
