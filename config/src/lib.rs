//! Typed configuration, profiles, brand packs and texts.
