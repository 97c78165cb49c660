//! Sealed challenge and wire types between device, companion and relay.
