//! The story without a device: what is asked, and what stands on the page.

use serde_json::json;

use crate::code::Style;
use crate::link::{Act, News, What};
use crate::page::{Block, Do, FieldId};
use crate::samples::{by_mail, device, in_session, story, texts, view, ways, with_qr};
use crate::story::{Place, Story};
use crate::wire::{Problem, Room};

const ROOM: Room = Room { columns: 62, rows: 29 };
const CODE: FieldId = FieldId::Code(Style::Letters);

fn types(story: &mut Story, field: FieldId, text: &str) {
    text.chars().for_each(|c| story.types(field, c));
}

fn said(story: &Story) -> String {
    format!("{:?}", story.page().blocks)
}

#[test]
fn forgot_password_needs_no_account_and_tells_the_room_for_a_picture() {
    let mut story = story(ROOM);
    story.does(&Do::ToLogIn);
    let asks = story.does(&Do::Forgot);
    assert!(matches!(&asks[..], [ask] if matches!(&ask.what, What::Open { account: None, room: ROOM })), "{asks:?}");
    story.busy = false;
    types(&mut story, FieldId::Account, " keeper ");
    let asks = story.does(&Do::Forgot);
    assert!(matches!(&asks[0].what, What::Open { account: Some(account), .. } if account == "keeper"));
}

#[test]
fn r3_a_slip_is_told_with_the_last_symbol_and_nothing_is_sent() {
    let mut story = in_session(ROOM, with_qr(json!({})));
    types(&mut story, CODE, "100-000-01");
    assert!(!said(&story).contains("slip"));
    types(&mut story, CODE, "0");
    assert!(said(&story).contains("There is a slip in the code. No try was used."));
    assert!(story.does(&Do::TypeCode).is_empty(), "a slip costs nothing, not even a question");
    story.rubs_out(CODE);
    story.rubs_out(CODE);
    types(&mut story, CODE, "0d");
    let asks = story.does(&Do::TypeCode);
    assert!(matches!(&asks[0].what, What::Act(_, Act::Code(code)) if code.expose() == "10000000D"), "{asks:?}");
}

#[test]
fn f19_what_is_typed_when_the_time_runs_out_is_wiped_and_goes_nowhere() {
    let mut story = in_session(ROOM, view("choose-new-password", json!({})));
    assert!(story.takes_keys(1_000));
    types(&mut story, FieldId::Password, "half a pass");
    story.hears(News::Seen(Box::new(view("expired", json!({"revision": 2, "can": {}})))));
    assert!(story.fields.password.is_empty());
    assert!(!story.takes_keys(1_200) && !story.takes_keys(1_900), "the rest of a password is for no page");
    assert!(story.takes_keys(3_100), "after a pause, keys are meant again");
    assert!(!said(&story).contains("half a pass"));
}

#[test]
fn f19_a_log_in_prompt_left_alone_goes_back_to_the_cameras_and_forgets() {
    let mut story = story(ROOM);
    story.does(&Do::ToLogIn);
    story.takes_keys(1_000);
    types(&mut story, FieldId::Password, "half a pass");
    story.ticks(60_000);
    assert_eq!(story.page().id, "log-in");
    story.ticks(121_500);
    assert_eq!(story.page().id, "live");
    assert!(story.fields.password.is_empty());
}

#[test]
fn r88_a_way_that_destroys_something_is_asked_about_and_the_harmless_answer_comes_first() {
    let mut story = in_session(ROOM, ways());
    let erasing = story.page().buttons.iter().find(|button| button.label.contains("button")).expect("offered").clone();
    assert!(erasing.detail.contains("All settings of the device are erased."));
    let asks = story.does(&erasing.does);
    assert!(matches!(&asks[0].what, What::Act(_, Act::Choose(method)) if method == "button"));
    let mut asked = ways();
    (asked.step, asked.method, asked.revision) = ("confirm-loss".into(), Some("button".into()), 2);
    story.hears(News::Seen(Box::new(asked)));
    assert!(said(&story).contains("All settings of the device are erased."));
    assert!(said(&story).contains("you set the device up anew"));
    assert_eq!(story.page().buttons[0].does, Do::Say("another-way"));
    assert_eq!(story.page().buttons[1].does, Do::Say("acknowledge"));
}

#[test]
fn a_new_password_that_is_refused_need_not_be_typed_again() {
    let mut story = in_session(ROOM, view("choose-new-password", json!({})));
    types(&mut story, FieldId::Password, "short");
    story.does(&Do::SetPassword);
    story.hears(News::Seen(Box::new(view("saving", json!({"revision": 2})))));
    let flaw = json!({"revision": 3, "flaws": [{"code": "E-601", "text": "This password is too short.", "next_step": "Add words."}]});
    story.hears(News::Seen(Box::new(view("choose-new-password", flaw))));
    assert_eq!(story.fields.password.expose(), "short", "WCAG 3.3.7");
    assert!(said(&story).contains("E-601"));
    story.hears(News::Seen(Box::new(view("done", json!({"revision": 4})))));
    assert!(story.fields.password.is_empty(), "R15");
}

#[test]
fn a_device_that_restarts_covers_the_page_and_gives_it_back() {
    let mut story = in_session(ROOM, by_mail(json!({})));
    story.hears(News::Down);
    assert_eq!(story.page().id, "down");
    assert!(story.page().title.contains("does not answer"));
    let asks = story.ticks(10_000);
    assert!(matches!(asks[0].what, What::Device(_)));
    let asks = story.hears(device(json!({})));
    assert!(asks.iter().any(|ask| matches!(ask.what, What::Watch(_, 0))), "its revisions begin anew");
    story.hears(News::Seen(Box::new(by_mail(json!({"revision": 1, "minutes_left": 54})))));
    assert!(said(&story).contains("54"));
    let gone = Problem { code: "E-003".into(), text: "There is no such page.".into(), ..Problem::default() };
    story.hears(News::Gone(gone));
    assert_eq!((story.page().id.as_str(), &story.place), ("log-in", &Place::LogIn));
    assert!(said(&story).contains("E-003"));
}

#[test]
fn an_answer_from_before_the_log_in_does_not_log_out() {
    let mut story = story(ROOM);
    story.hears(News::LoggedIn("t".into()));
    let asks = story.hears(device(json!({})));
    assert!(matches!(&asks[..], [ask] if matches!(&ask.what, What::Device(Some(_)))), "{asks:?}");
    assert!(matches!(&story.does(&Do::LogOut)[0].what, What::LogOut(_)));
}

#[test]
fn r21_an_open_request_is_in_sight_and_needs_no_password_to_be_cancelled() {
    let mut story = story(ROOM);
    let pending = serde_json::from_value(json!([{"request": "0041", "lane": "network", "minutes_left": 58}]));
    story.hears(News::Pending(pending.expect("a list")));
    assert!(said(&story).contains("Request 0041, on the web page, minutes left: 58"), "{}", said(&story));
    story.does(&Do::ToRequests);
    let cancel = story.page().buttons[0].does.clone();
    let asks = story.does(&cancel);
    assert!(matches!(&asks[0].what, What::CancelPending(request) if request == "0041"));
}

#[test]
fn r35_the_picture_can_be_had_as_text() {
    let mut story = in_session(ROOM, with_qr(json!({})));
    assert!(story.page().picture.is_some());
    story.does(&Do::AsText);
    assert!(story.page().picture.is_none());
    assert!(story.page().blocks.iter().any(|block| matches!(block, Block::Plain(text) if text.starts_with("HTTP"))));
}

#[test]
fn f2_changes_every_word_also_in_the_middle_of_a_session() {
    let mut story = in_session(ROOM, with_qr(json!({})));
    let asks = story.does(&Do::Language);
    assert!(asks.iter().all(|ask| ask.language == "de") && asks.len() == 3, "{asks:?}");
    story.hears(News::Texts(texts("de")));
    assert!(story.page().buttons.iter().any(|button| button.label == "Ich habe das Telefon nicht"));
}

#[test]
fn a_step_of_a_newer_device_is_no_dead_end() {
    let story = in_session(ROOM, view("some-day", json!({})));
    assert!(story.page().buttons.iter().any(|button| button.does == Do::StartAgain));
    assert!(said(&story).contains("does not know this step"));
}

#[test]
fn first_set_up_tells_the_rules_beforehand_and_what_it_means_to_have_no_address() {
    let mut story = Story::new("en", ROOM);
    story.hears(News::Texts(texts("en")));
    story.hears(device(json!({"initialised": false})));
    assert_eq!(story.page().id, "set-up");
    assert!(said(&story).contains("15 to 128 characters"));
    types(&mut story, FieldId::Password, "a long one for the garage");
    assert!(story.does(&Do::SetUp).is_empty(), "neither an address nor the wish to go on without one");
    story.does(&Do::AskSkip);
    assert!(said(&story).contains("no code can be mailed"));
    let asks = story.does(&Do::SetUpWithoutEmail);
    assert!(matches!(&asks[0].what, What::SetUp { email: None, .. }));
}
