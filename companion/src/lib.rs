//! The companion app.
