//! Method companion as a shared object.
