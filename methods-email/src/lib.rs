//! Method `email`: the code goes to the address on file by a mail that the device itself submits.
