//! What the demo's mail server proves itself with, and what the recorder must know to log in there: made anew for each world.

use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType};
use rcgen::{ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose};

use super::random;
use crate::failure::Failure;

/// The mail server's name; its certificate is for it.
pub(crate) const HOST: &str = "localhost";
/// As whom the recorder logs in there.
pub(crate) const USER: &str = "recorder";

/// The files, below the world's `mailbox` folder.
pub(crate) struct PostOffice {
    /// The authority that the recorder trusts for this one connection.
    pub(crate) authority: PathBuf,
    /// The server's certificate.
    pub(crate) certificate: PathBuf,
    /// Its key.
    pub(crate) key: PathBuf,
    /// The recorder's password there, mode 0600.
    pub(crate) password: PathBuf,
}

impl PostOffice {
    /// Where the files lie.
    pub(crate) fn below(folder: &Path) -> PostOffice {
        PostOffice {
            authority: folder.join("ca.pem"),
            certificate: folder.join("cert.pem"),
            key: folder.join("key.pem"),
            password: folder.join("password"),
        }
    }

    /// Makes them.
    pub(crate) fn make(&self) -> Result<(), Failure> {
        let made = certificates().map_err(|error| Failure::new(format!("No certificate can be made: {error}."), ""))?;
        write(&self.authority, &made.authority)?;
        write(&self.certificate, &made.certificate)?;
        write(&self.key, &made.key)?;
        let password = random::word()?;
        write(&self.password, &format!("{password}\n"))
    }
}

struct Made {
    authority: String,
    certificate: String,
    key: String,
}

fn certificates() -> Result<Made, rcgen::Error> {
    let mut authority = params(&[], "Authority of this demo world")?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
    let key = KeyPair::generate()?;
    let mut server = params(&[HOST.to_owned(), "127.0.0.1".to_owned()], HOST)?;
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    let server = server.signed_by(&key, &authority)?;
    Ok(Made { authority: authority.pem(), certificate: server.pem(), key: key.serialize_pem() })
}

/// Valid long before and after: a recorder without a clock judges by the date of its build (R68).
fn params(names: &[String], common_name: &str) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(names.to_vec())?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(2049, 12, 31);
    Ok(params)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    let file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| Failure::file(path, &error))
}
