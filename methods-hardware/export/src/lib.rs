//! Method `button` as a shared object.
