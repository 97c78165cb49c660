//! The reset session as a pure state machine.
