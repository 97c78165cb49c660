//! Words that nobody guesses: the trial mailbox's password and the desk's path.

use data_encoding::BASE32_NOPAD;
use rustix::rand::{GetRandomFlags, getrandom};

use crate::failure::Failure;

/// 24 letters and digits in lower case, 120 bits.
pub(crate) fn word() -> Result<String, Failure> {
    let mut octets = [0; 15];
    let drawn = getrandom(&mut octets, GetRandomFlags::empty());
    match drawn {
        Ok(15) => Ok(BASE32_NOPAD.encode(&octets).to_lowercase()),
        Ok(_) | Err(_) => Err(Failure::new("The kernel gives no random numbers.", "Try again.")),
    }
}
