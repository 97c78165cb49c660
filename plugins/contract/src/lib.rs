//! The stable ABI between a recovery method and its worker.
