//! Files that a command writes where somebody else may have been before.

use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::failure::Failure;

/// Writes a file anew: beside it under a name that nobody can guess, then moved over, so that a cut leaves the old one or the
/// new one. A link in its place, or anything else that is no plain file, is neither followed nor replaced.
pub(crate) fn write_anew(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Failure> {
    match std::fs::symlink_metadata(path) {
        Ok(there) if !there.is_file() => {
            return Err(Failure::new(
                format!("{} is a link, or no plain file: nothing is written over it.", path.display()),
                "Name another file, or find out who put it there and remove it.",
            ));
        }
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(Failure::file(path, &error)),
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // As any other new file: what the umask leaves of it.
    let mode = std::fs::Permissions::from_mode(0o666);
    let made = tempfile::Builder::new().prefix(".resetkit-").permissions(mode).tempfile_in(folder);
    let mut beside = made.map_err(|error| Failure::file(path, &error))?;
    let written = beside.write_all(text.as_ref()).and_then(|()| beside.as_file().sync_all());
    written.map_err(|error| Failure::file(path, &error))?;
    beside.persist(path).map(drop).map_err(|error| Failure::file(path, &error.error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_link_is_not_followed_and_a_file_is_written_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let (victim, report) = (folder.path().join("victim"), folder.path().join("report.json"));
        std::fs::write(&victim, "unharmed").expect("written");
        for target in [victim.clone(), folder.path().join("not-there")] {
            std::os::unix::fs::symlink(&target, &report).expect("a link");
            let refused = write_anew(&report, "{}").expect_err("a link").to_string();
            assert!(refused.contains("is a link") && refused.contains("Name another file"), "{refused}");
            std::fs::remove_file(&report).expect("the link");
        }
        assert_eq!(std::fs::read_to_string(&victim).expect("there"), "unharmed");
        assert!(!folder.path().join("not-there").exists());

        for text in ["old", "new"] {
            write_anew(&report, text).expect("a plain file");
            assert_eq!(std::fs::read_to_string(&report).expect("there"), text);
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 2, "nothing stays beside it");
    }
}
