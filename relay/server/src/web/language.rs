//! Which languages a phone asks for.

use axum::http::{HeaderMap, header};

/// Most entries that are looked at (R47).
const MOST: usize = 8;

/// Two-letter languages of `Accept-Language`, in the order they are written; browsers write the best one first.
pub(super) fn wanted(headers: &HeaderMap) -> Vec<String> {
    let text = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split(',')
        .take(MOST)
        .filter_map(|entry| entry.trim().split(['-', ';']).next())
        .filter(|language| language.len() == 2 && language.bytes().all(|c| c.is_ascii_alphabetic()))
        .map(str::to_ascii_lowercase)
        .collect()
}
