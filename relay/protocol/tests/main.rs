//! The sealed challenge against its standards, its twin implementation and every bit flip.

mod binding;
mod forms;
mod standards;
mod support;
mod texts;
mod twin;
