//! The story line by line.

use serde_json::json;

use super::*;
use crate::link::{Act, What};
use crate::samples::{PAYLOAD, half_blocks, in_session, story, view, with_qr};

const ROOM: Room = Room { columns: 80, rows: 40 };
const THEME: Theme = Theme { ascii: false, colors: Colors::None };

fn voice(story: Story) -> Voice {
    Voice::new(story, THEME, 80)
}

fn number_of(said: &str, words: &str) -> String {
    let numbered = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(words);
    let line = said.lines().find(numbered).unwrap_or_else(|| panic!("no {words:?} in:\n{said}"));
    line.split('.').next().unwrap_or_default().to_owned()
}

#[test]
fn a_page_is_sentences_and_numbers_and_nothing_moves_the_cursor() {
    let mut voice = voice(in_session(ROOM, with_qr(json!({}))));
    let said = voice.says();
    assert!(!said.contains('\x1b'), "{said}");
    assert!(said.contains("Scan this with your phone.\n"));
    assert!(said.contains("Request number: 0042\n"));
    assert!(said.contains("Step 1: Open Plain App"));
    assert!(said.contains("1. Type: Security code\n"));
    assert!(said.trim_end().ends_with("Number, then Enter:"));
}

#[test]
fn only_what_changes_is_said() {
    let mut voice = voice(in_session(ROOM, with_qr(json!({}))));
    voice.says();
    assert_eq!(voice.says(), "", "nothing changed");
    voice.story.hears(News::Seen(Box::new(with_qr(json!({"revision": 2, "minutes_left": 59})))));
    assert_eq!(voice.says(), "", "a minute is no news");
    voice.story.hears(News::Seen(Box::new(with_qr(json!({"revision": 3, "minutes_left": 59, "tries_left": 4})))));
    assert_eq!(voice.says(), "\nTries left: 4\n", "behind the question that is open");
    voice.story.hears(News::Seen(Box::new(with_qr(json!({"revision": 4, "minutes_left": 59, "tries_left": 3})))));
    assert_eq!(voice.says(), "Tries left: 3\n");
}

#[test]
fn f19_a_password_is_asked_for_in_silence_and_never_said_back() {
    let mut voice = voice(in_session(ROOM, view("choose-new-password", json!({}))));
    let said = voice.says();
    assert!(!voice.wants_silence());
    voice.hears(&number_of(&said, "Type: New password"));
    assert!(voice.wants_silence());
    assert!(voice.says().contains("What you type is not shown."));
    let asks = voice.hears("a long fresh one\n");
    assert!(matches!(&asks[0].what, What::Act(_, Act::Password(password)) if password.expose() == "a long fresh one"));
    assert!(!voice.wants_silence());
    assert!(!voice.says().contains("a long fresh one"));
}

#[test]
fn f19_a_question_for_a_password_ends_with_its_page() {
    let mut voice = voice(in_session(ROOM, view("choose-new-password", json!({}))));
    let said = voice.says();
    voice.hears(&number_of(&said, "Type: New password"));
    voice.says();
    voice.story.hears(News::Seen(Box::new(view("expired", json!({"revision": 2, "can": {}})))));
    let said = voice.says();
    assert!(said.contains("time"), "{said}");
    assert!(!voice.wants_silence(), "the echo comes back together with throwing away what was typed");
    assert!(voice.hears("a long fresh one").is_empty());
    assert!(!voice.says().contains("fresh"), "what is no number is not said back");
}

#[test]
fn a_code_may_be_typed_at_once() {
    let mut voice = voice(in_session(ROOM, with_qr(json!({}))));
    voice.says();
    voice.hears("100-000-010");
    assert!(voice.says().contains("slip"));
    let asks = voice.hears("100-000-00d");
    assert!(matches!(&asks[0].what, What::Act(_, Act::Code(code)) if code.expose() == "10000000D"), "{asks:?}");
}

#[test]
fn the_log_in_asks_for_name_and_password_one_after_the_other() {
    let mut voice = voice(story(ROOM));
    let said = voice.says();
    voice.hears(&number_of(&said, "Log in"));
    let said = voice.says();
    voice.hears(&number_of(&said, "Log in"));
    assert!(voice.says().ends_with("Account: "));
    voice.hears("admin");
    assert!(voice.wants_silence());
    assert!(voice.says().ends_with("Password: "));
    let asks = voice.hears("the old one that is long");
    assert!(matches!(&asks[0].what, What::LogIn { account, .. } if account == "admin"));
}

#[test]
fn r34_the_picture_in_lines_is_the_same_picture() {
    let picture = crate::page::Picture::read(&half_blocks(), PAYLOAD, "QR").expect("a square");
    let lines = tell::picture(&picture, false, false, 80);
    assert_eq!(lines, half_blocks(), "without colours, a block is light as on a dark terminal");
    let ascii = tell::picture(&picture, true, false, 160);
    assert!(ascii.lines().all(|line| line.len() == 2 * picture.side()) && ascii.is_ascii());
    assert!(tell::picture(&picture, true, false, 80).is_empty(), "it does not fit");
}
