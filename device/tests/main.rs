//! What the daemon keeps and promises, as stories. The stories that need every party are in the folder `tests/` of the house.

mod audit;
mod journal;
mod support;
