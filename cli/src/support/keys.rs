//! `resetkit support keys new`.

use std::path::Path;

use resetkit_companion::desk::ApproverSecret;

use super::secret;
use crate::failure::Failure;

pub(super) fn new(out: &Path) -> Result<(), Failure> {
    let public = make(out)?;
    outln!("secret key  {}  (mode 0600; it stays on this machine, and nobody else needs it)", out.display());
    outln!("\nFor [support] in brand.toml, as `first_key` or `second_key`; the other one is another person's:");
    outln!("  {public}");
    Ok(())
}

/// Makes one approver's key; gives back its public half.
pub(crate) fn make(out: &Path) -> Result<String, Failure> {
    let key = ApproverSecret::from_octets(secret::octets()?);
    secret::write(out, &key.to_file_text())?;
    Ok(key.public().to_string())
}
