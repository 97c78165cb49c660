//! What an owner finds beside recovery itself: how ready it is, who still has the old password, the doctor, and the end.

use serde_json::json;

use crate::link::{News, What};
use crate::page::{Block, Do, FieldId, Key, Note, Tone};
use crate::samples::{at_home, device, handed_over, plan, ready, report, story};
use crate::story::{Place, Story};
use crate::wire::{Problem, Room};

const ROOM: Room = Room { columns: 62, rows: 29 };
const LOSSY: (&str, &str) = ("only-lossy", "The only way back in erases more than the password.");

fn said(story: &Story) -> String {
    format!("{:?}", story.page().blocks)
}

fn notes(story: &Story) -> Vec<Note> {
    let blocks = story.page().blocks;
    blocks.into_iter().filter_map(|block| if let Block::Note(note) = block { Some(note) } else { None }).collect()
}

#[test]
fn r62_whoever_ends_the_set_up_with_something_to_mend_is_told_now() {
    let mut story = story(ROOM);
    let asks = story.hears(News::SetUp("t".into()));
    assert!(asks.iter().any(|ask| matches!(&ask.what, What::Readiness(login) if login == "t")), "{asks:?}");
    story.hears(device(json!({"account": "admin"})));
    assert!(!story.is_settled(), "nothing is said before the answer is there");
    story.hears(ready(None));
    assert_eq!(story.page().id, "ready");
    assert_eq!(story.page().buttons[0].does, Do::ToHome, "he may go on at once");
    assert!(story.page().buttons.iter().any(|button| button.does == Do::TestCode));
    story.does(&Do::ToHome);
    assert_eq!(story.page().id, "home");
}

#[test]
fn r62_whoever_ends_the_set_up_with_all_well_goes_on() {
    let mut story = story(ROOM);
    story.hears(News::SetUp("t".into()));
    let well = json!({"light": "green", "title": "", "ways": [{"light": "green", "mend": "nowhere"}]});
    story.hears(News::Ready(serde_json::from_value(well).expect("it is one")));
    assert_eq!(story.place, Place::Home);
}

#[test]
fn r62_every_light_has_a_sign_and_a_word_and_what_to_do() {
    let mut story = at_home(ROOM, json!({}));
    story.does(&Do::ToReady);
    story.hears(ready(Some(LOSSY)));
    let notes = notes(&story);
    assert_eq!((notes[0].tone, notes[0].title.as_str()), (Tone::Bad, LOSSY.1));
    let of = |tone: Tone, word: &str| notes[1..].iter().any(|note| note.tone == tone && note.title.ends_with(word));
    assert!(of(Tone::Good, ": would work") && of(Tone::Info, ": may fail") && of(Tone::Bad, ": would not work"));
    assert!(said(&story).contains("under Settings."), "what this screen cannot mend is said to be elsewhere");
    let asks = story.does(&Do::Language);
    assert!(asks.iter().any(|ask| matches!(ask.what, What::Readiness(_))), "in the other language too: {asks:?}");
}

#[test]
fn r62_home_reminds_of_a_way_back_that_would_erase_more_than_the_password() {
    let mut story = at_home(ROOM, json!({"readiness": "amber"}));
    story.hears(ready(Some(LOSSY)));
    let note = &notes(&story)[0];
    assert_eq!((note.tone, note.title.as_str()), (Tone::Bad, LOSSY.1));
    assert!(story.page().buttons.iter().any(|button| button.does == Do::ToReady));
}

#[test]
fn an_answer_that_comes_after_the_page_was_left_changes_nothing() {
    let mut story = at_home(ROOM, json!({}));
    story.does(&Do::ToReady);
    story.does(&Do::ToHome);
    assert!(!story.busy, "home waits for nothing");
    story.hears(ready(None));
    assert_eq!(story.page().id, "home");
}

fn after(more: serde_json::Value) -> Story {
    let mut story = at_home(ROOM, json!({}));
    story.does(&Do::ToAfter);
    story.hears(plan(more));
    story
}

#[test]
fn r56_home_tells_of_clients_with_the_old_password_until_the_owner_knows() {
    let mut story = at_home(ROOM, json!({}));
    assert!(!story.page().buttons.iter().any(|button| button.does == Do::ToAfter), "there was no reset");
    story.hears(plan(json!({})));
    assert!(said(&story).contains("not everybody knows") && said(&story).contains("old password: 2"));
    assert!(story.page().buttons.iter().any(|button| button.does == Do::ToAfter));
    story.hears(plan(json!({"acknowledged": true})));
    assert!(!said(&story).contains("not everybody knows"));
    assert!(story.page().buttons.iter().any(|button| button.does == Do::ToAfter), "the list stays");
    story.hears(News::Plan(None));
    assert!(!story.page().buttons.iter().any(|button| button.does == Do::ToAfter));
}

#[test]
fn r56_the_firmwares_program_tells_them_once_the_password_is_typed_again() {
    let mut story = after(json!({"sheet": 3}));
    assert!(said(&story).contains("Sheet 3 of recovery codes still counts"));
    assert!(story.does(&Do::UpdateClients).is_empty() && said(&story).contains("Type a password first."));
    "a long fresh one".chars().for_each(|c| story.types(FieldId::Password, c));
    let asks = story.does(&Do::UpdateClients);
    assert!(matches!(&asks[0].what, What::UpdateClients { password, .. } if password.expose() == "a long fresh one"));
    assert!(story.fields.password.is_empty(), "R15");
    story.hears(plan(json!({"updating": true, "left": 1})));
    assert!(story.page().busy && said(&story).contains("Have the new password: 2 of 3"));
    let asks = story.ticks(60_000);
    assert!(matches!(&asks[..], [ask] if matches!(ask.what, What::Plan(_))), "it is followed: {asks:?}");
    story.hears(plan(json!({"left": 0})));
    assert!(!story.page().busy && said(&story).contains("All of them have the new password"));
}

#[test]
fn r56_where_no_program_tells_them_each_is_ticked_off_by_hand() {
    let mut story = after(json!({"can_update": false}));
    assert!(said(&story).contains("no program"));
    let first = story.page().pressed_by(Key::Digit(1)).expect("a digit for each").clone();
    assert!(first.label.contains("front-door"));
    let asks = story.does(&first.does);
    assert!(matches!(&asks[0].what, What::ByHand { client, .. } if client == "front-door"), "{asks:?}");
    let asks = story.does(&Do::AcknowledgeClients);
    assert!(matches!(&asks[0].what, What::AcknowledgeClients(_)));
}

#[test]
fn r56_a_long_list_keeps_its_buttons_in_sight() {
    let many: Vec<_> = (0..40).map(|n| json!({"name": format!("camera-{n}"), "state": "waiting"})).collect();
    let story = after(json!({"left": 40, "clients": many}));
    let by_hand = story.page().buttons.iter().filter(|button| matches!(button.does, Do::ByHand(_))).count();
    assert_eq!(by_hand, 5);
}

#[test]
fn the_doctor_works_in_sight_and_may_be_left() {
    let mut story = at_home(ROOM, json!({}));
    let asks = story.does(&Do::AskDoctor);
    assert!(asks.iter().any(|ask| matches!(ask.what, What::Doctor(_))), "{asks:?}");
    assert!(story.page().busy && said(&story).contains("It looks: 0 seconds."));
    story.ticks(11_000);
    assert!(said(&story).contains("It looks: 10 seconds."), "a sign of life every five");
    story.does(&Do::ToHome);
    story.hears(report());
    assert_eq!(story.page().id, "home", "what comes late takes nobody away");
}

#[test]
fn the_doctor_says_what_it_found_in_plain_words_and_the_code_for_support() {
    let mut story = at_home(ROOM, json!({}));
    story.does(&Do::AskDoctor);
    story.hears(report());
    let notes = notes(&story);
    assert_eq!((notes[0].tone, notes[0].title.as_str()), (Tone::Bad, "Something does not work."));
    let bad = notes.iter().find(|note| note.title == "Mail server: It does not answer.").expect("by its name");
    assert!(bad.tone == Tone::Bad && bad.code == "E-401" && bad.text.contains("name and port"));
    assert!(said(&story).contains("7K2Q-ABCD-EFGH") && said(&story).contains("as in Kilo"), "{}", said(&story));
    assert_eq!(story.page().buttons[0].does, Do::AskDoctor);
    let problem = Problem { code: "E-002".into(), text: "Busy.".into(), ..Problem::default() };
    story.does(&Do::AskDoctor);
    story.hears(News::Refused(problem));
    assert!(!story.page().busy && said(&story).contains("E-002"), "a refusal is no end of it");
}

#[test]
fn a_device_is_given_away_after_its_owner_was_told_what_goes() {
    let mut story = at_home(ROOM, json!({}));
    story.does(&Do::ToHandOver);
    assert!(said(&story).contains("This cannot be undone.") && story.page().fields().next().is_none());
    assert_eq!(story.page().buttons[0].does, Do::ToHome, "the harmless answer comes first");
    story.does(&Do::ToHandOverNow);
    assert!(story.does(&Do::HandOver).is_empty() && said(&story).contains("Type a password first."));
    "a long fresh one".chars().for_each(|c| story.types(FieldId::Password, c));
    let asks = story.does(&Do::HandOver);
    assert!(matches!(&asks[0].what, What::HandOver { password, .. } if password.expose() == "a long fresh one"));
    story.hears(handed_over());
    story.hears(device(json!({"initialised": false})));
    assert!(story.fields.password.is_empty() && said(&story).contains("Nothing of yours is left"));
    assert!(said(&story).contains("epoch"), "the line for the maker's support");
    story.does(&Do::ToLive);
    assert_eq!(story.page().id, "set-up");
}

#[test]
fn e018_a_device_that_could_not_write_everything_over_says_so_where_its_owner_ends_up() {
    let mut story = at_home(ROOM, json!({}));
    story.does(&Do::ToHandOverNow);
    story.types(FieldId::Password, 'x');
    story.does(&Do::HandOver);
    let problem = Problem { code: "E-018".into(), text: "Switch it off and on.".into(), ..Problem::default() };
    let asks = story.hears(News::Refused(problem));
    assert!(asks.iter().any(|ask| matches!(ask.what, What::Device(_))), "{asks:?}");
    let nobody = serde_json::from_value(json!({"initialised": false})).expect("a device");
    story.hears(News::Device(Box::new(nobody), Some("t".into())));
    assert_eq!(story.page().id, "set-up");
    assert!(said(&story).contains("E-018"));
}
