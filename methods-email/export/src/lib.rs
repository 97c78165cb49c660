//! Method `email` as a shared object.
