//! Conformance suite for recovery methods.
