//! Walks the recovery engine through all that may happen on one model, and proves that no owner is left standing.
//!
//! ```text
//!  profile + policy + brand + manifests ─▶ Subject ─┬─▶ fixed ── checks that need no walk (R7, words, password lengths …)
//!                                                  └─▶ survey ─ each set of broken things ─▶ Setting ─▶ walk ─▶ Graph
//!                                                                                                │           │
//!                                     Machine (the engine, or a double of it) ◀── Walker ◀───────┘           ▼
//!                                                                                            ways, dead ends, steps
//! ```
//!
//! The walk is made of the *real* engine: a [`Machine`] takes events and says what it wants done, and the `Walker` plays
//! owner, methods and device in every way there is. It keeps books of its own on what was proved, and believes the engine
//! nothing. What goes wrong is a [`Finding`]: a check with a number that never changes, and the path to it.
#![forbid(unsafe_code)]

mod answers;
mod books;
mod checks;
mod faults;
mod fixed;
mod graph;
mod machine;
mod mark;
mod moves;
mod picture;
mod report;
mod setting;
mod steps;
mod subject;
mod survey;
mod walk;
mod walker;
mod words;

pub use checks::{Check, Finding, Severity};
pub use faults::{Fault, FaultSet};
pub use graph::{Edge, Graph, Node};
pub use machine::{Act, Engine, Machine, RealEngine};
pub use moves::{Move, Question};
pub use picture::{Picture, PictureForm};
pub use report::{Report, Totals};
pub use setting::Setting;
pub use steps::{StepTable, steps};
pub use subject::{Allowed, Exception, Subject, SubjectError};
pub use survey::{Depth, Progress, survey, survey_of};
pub use walk::walk;
pub use words::Words;
