//! After the reset: the owner hears of it by mail, and everything that still logs in with the old password is named until it
//! has the new one.

mod hook;
pub(crate) mod letter;
pub(crate) mod mailing;
mod row;

pub(crate) use hook::update;
pub use row::{CareRow, ClientRow, ClientState, MailRow, PlanRow};
