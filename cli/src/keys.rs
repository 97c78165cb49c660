//! Signing keys and signatures in minisign's format, so that Debian's `minisign` and ours are interchangeable.

use std::io::{Cursor, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use minisign::{KeyPair, PublicKey, SecretKey, SecretKeyBox};

use crate::args::{KeyNewOptions, KeyUse, SignOptions};
use crate::failure::Failure;
use crate::files;

/// `resetkit key new`.
pub(crate) fn new(options: &KeyNewOptions) -> Result<(), Failure> {
    let password = options.password_file.as_deref().map(first_line).transpose()?;
    let public = make(&options.out, password)?;
    outln!(
        "secret key  {}  (mode 0600{})",
        options.out.display(),
        if options.password_file.is_some() { ", encrypted" } else { ", not encrypted: keep it off shared disks" }
    );
    outln!("public key  {}", public_path(&options.out).display());
    outln!("\nDevices trust it by this line in their site file:\n  {public}");
    Ok(())
}

/// `resetkit sign`.
pub(crate) fn sign_command(options: &SignOptions) -> Result<(), Failure> {
    let key = SigningKey::open(&options.key)?;
    let signature = key.sign_file(&options.file, options.comment.as_deref())?;
    outln!("{}", signature.display());
    Ok(())
}

/// Makes `out` and its `.pub`; gives back the public key as `RW…`.
pub(crate) fn make(out: &Path, password: Option<String>) -> Result<String, Failure> {
    let encrypted = password.is_some();
    let pair =
        if encrypted { KeyPair::generate_encrypted_keypair(password) } else { KeyPair::generate_unencrypted_keypair() }
            .map_err(|error| trouble(out, &error))?;
    let secret = pair.sk.to_box(Some("resetkit secret key")).map_err(|error| trouble(out, &error))?;
    let public = pair.pk.to_box().map_err(|error| trouble(out, &error))?;
    write_new(out, &secret.into_string(), 0o600)?;
    write_new(&public_path(out), &public.into_string(), 0o644)?;
    Ok(pair.pk.to_base64())
}

/// A secret key that is ready to sign.
pub(crate) struct SigningKey {
    secret: SecretKey,
    public: PublicKey,
}

impl SigningKey {
    /// Reads the key that the command line names.
    pub(crate) fn open(named: &KeyUse) -> Result<SigningKey, Failure> {
        let text = std::fs::read_to_string(&named.key).map_err(|error| Failure::file(&named.key, &error))?;
        let password = named.password_file.as_deref().map(first_line).transpose()?;
        let boxed = SecretKeyBox::from_string(&text).map_err(|error| trouble(&named.key, &error))?;
        let secret = match password {
            Some(password) => boxed.into_secret_key(Some(password)),
            None => boxed.into_unencrypted_secret_key(),
        };
        let secret = secret.map_err(|error| {
            Failure::new(format!("{}: {error}.", named.key.display()), "An encrypted key needs `--password-file FILE`.")
        })?;
        let public = PublicKey::from_secret_key(&secret).map_err(|error| trouble(&named.key, &error))?;
        Ok(SigningKey { secret, public })
    }

    /// The public half as `RW…`.
    pub(crate) fn public(&self) -> String {
        self.public.to_base64()
    }

    /// Signs `file` into `file.minisig`.
    pub(crate) fn sign_file(&self, file: &Path, comment: Option<&str>) -> Result<PathBuf, Failure> {
        let octets = std::fs::read(file).map_err(|error| Failure::file(file, &error))?;
        let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let trusted = comment.map_or_else(|| format!("file:{name}"), str::to_owned);
        let signature = minisign::sign(
            Some(&self.public),
            &self.secret,
            Cursor::new(&octets),
            Some(&trusted),
            Some("signature by resetkit"),
        )
        .map_err(|error| trouble(file, &error))?;
        let path = PathBuf::from(format!("{}.minisig", file.display()));
        files::write_anew(&path, signature.into_string())?;
        Ok(path)
    }
}

fn public_path(secret: &Path) -> PathBuf {
    secret.with_extension("pub")
}

fn write_new(path: &Path, text: &str, mode: u32) -> Result<(), Failure> {
    let opened = std::fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(path);
    opened.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            return Failure::new(
                format!("{} exists already.", path.display()),
                "Keys are never overwritten: choose another name.",
            );
        }
        Failure::file(path, &error)
    })
}

fn first_line(path: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn trouble(path: &Path, error: &minisign::PError) -> Failure {
    Failure::new(format!("{}: {error}.", path.display()), "Check that this is a minisign key.")
}
