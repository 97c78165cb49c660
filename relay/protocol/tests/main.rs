//! The sealed challenge against its standards, its twin implementation and every bit flip.
