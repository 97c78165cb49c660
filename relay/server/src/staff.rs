//! Who works at a support desk: names, roles and hashed tokens, in a file beside `relay.toml`.
//!
//! A token is 32 octets of the kernel's random source, so its plain SHA-256 gives nothing away. The relay holds no
//! approver's key: a token says who speaks, and never opens a half (R89).

use crate::files;
use crate::secrets::Digest32;
use resetkit_protocol::{BrandId, HalfOf, is_desk_word};
use serde::Deserialize;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use zeroize::Zeroizing;

/// What somebody may do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Takes calls: opens, reads and closes tickets.
    Agent,
    /// Judges the evidence, and hands over a half.
    Approver,
}

impl Role {
    /// The word of the file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Agent => "agent",
            Role::Approver => "approver",
        }
    }
}

/// Somebody at the desk of one brand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Name in tickets and in the audit.
    pub name: String,
    /// What he may do.
    pub role: Role,
    /// Whose devices.
    pub brand: BrandId,
    /// The one half that an approver may hand over; without it, either, as his key decides.
    pub half: Option<HalfOf>,
    token: Digest32,
}

impl Member {
    /// Hash of his token, for what must end with it.
    pub(crate) const fn token(&self) -> &Digest32 {
        &self.token
    }
}

/// Everybody.
#[derive(Clone, Debug, Default)]
pub struct Staff(Vec<Member>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffFile {
    #[serde(default)]
    staff: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    name: String,
    role: Role,
    brand: String,
    #[serde(default)]
    half: Option<String>,
    token: String,
}

impl Staff {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read, or a line of it is none; says which and what to do.
    pub fn load(path: &Path) -> io::Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|error| named(path, &error))?;
        Self::parse(&text).map_err(|problem| named(path, &problem))
    }

    /// # Errors
    /// What is wrong, in words.
    fn parse(text: &str) -> Result<Self, String> {
        let file: StaffFile = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut members: Vec<Member> = Vec::with_capacity(file.staff.len());
        for line in file.staff {
            let remedy = "make the line with `reset-relay staff new`";
            if !is_desk_word(&line.name) {
                return Err(format!("`{}` is not a name of 1 to 32 of A-Z, a-z, 0-9, . _ -; {remedy}", line.name));
            }
            let brand = BrandId::parse(&line.brand).map_err(|slip| format!("`{}`: {slip}", line.name))?;
            let token = Digest32::parse(&line.token)
                .ok_or_else(|| format!("`{}`: the token's hash is 64 hexadecimal digits; {remedy}", line.name))?;
            let half = half_of(&line)?;
            if members.iter().any(|other| other.token == token || (other.name == line.name && other.brand == brand)) {
                return Err(format!("`{}` stands twice, or has the token of somebody else; {remedy}", line.name));
            }
            members.push(Member { name: line.name, role: line.role, brand, half, token });
        }
        Ok(Self(members))
    }

    /// Whose token this is.
    #[must_use]
    pub fn of_token(&self, token: &str) -> Option<&Member> {
        let hash = Digest32::of(token.as_bytes());
        self.0.iter().find(|member| member.token == hash)
    }

    /// Somebody by name.
    #[must_use]
    pub fn find(&self, brand: &str, name: &str) -> Option<&Member> {
        self.0.iter().find(|member| member.name == name && member.brand.as_str() == brand)
    }
}

fn half_of(line: &Line) -> Result<Option<HalfOf>, String> {
    match (&line.half, line.role) {
        (None, Role::Agent | Role::Approver) => Ok(None),
        (Some(word), Role::Approver) => {
            let half = HalfOf::parse(word).ok_or_else(|| format!("`{}`: a half is `first` or `second`", line.name))?;
            Ok(Some(half))
        }
        (Some(_), Role::Agent) => Err(format!("`{}`: an agent hands over no half; take `half` away", line.name)),
    }
}

/// Adds a line to the file (mode 0600) and gives back the token, which stands nowhere else.
///
/// # Errors
/// When the name is taken, or the file cannot be written.
pub fn add(
    path: &Path,
    name: &str,
    role: Role,
    brand: &BrandId,
    half: Option<HalfOf>,
) -> io::Result<Zeroizing<String>> {
    let mut text = if path.exists() { std::fs::read_to_string(path)? } else { String::new() };
    let token = Zeroizing::new(data_encoding::BASE64URL_NOPAD.encode(files::random_octets()?.as_slice()));
    let hash = data_encoding::HEXLOWER.encode(&Digest32::of(token.as_bytes()).0);
    let half = half.map_or_else(String::new, |half| format!("half = \"{}\"\n", half.as_str()));
    let line = format!(
        "[[staff]]\nname = \"{name}\"\nrole = \"{}\"\nbrand = \"{brand}\"\n{half}token = \"{hash}\"\n",
        role.as_str()
    );
    write!(text, "{}{line}", if text.is_empty() { "" } else { "\n" }).map_err(io::Error::other)?;
    Staff::parse(&text).map_err(|problem| named(path, &problem))?;
    let beside = path.with_extension("new");
    let mut file = files::new_file(&beside, 0o600)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    Ok(token)
}

fn named(path: &Path, problem: &dyn std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{}: {problem}", path.display()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]
mod tests {
    use super::*;

    #[test]
    fn r89_a_token_is_kept_as_its_hash_and_known_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("staff.toml");
        let brand = BrandId::parse("plain").unwrap();
        let anna = add(&path, "anna", Role::Agent, &brand, None).unwrap();
        let bert = add(&path, "bert", Role::Approver, &brand, Some(HalfOf::First)).unwrap();
        assert!(add(&path, "anna", Role::Approver, &brand, None).is_err(), "one name, one person");
        assert!(add(&path, "dora", Role::Agent, &brand, Some(HalfOf::First)).is_err(), "an agent has no half");
        let staff = Staff::load(&path).unwrap();
        assert_eq!(staff.of_token(&anna).map(|member| member.role), Some(Role::Agent));
        assert_eq!(staff.of_token(&bert).map(|member| member.name.as_str()), Some("bert"));
        assert_eq!(staff.of_token(&bert).and_then(|member| member.half), Some(HalfOf::First));
        assert_eq!(staff.of_token("guess"), None);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains(anna.as_str()) && !text.contains(bert.as_str()));
    }
}
