//! Every screen as it is drawn, kept as text in `golden/`. `UPDATE_GOLDEN=1 cargo test -p resetkit-screen` writes anew.
#![allow(clippy::disallowed_methods, reason = "a test is told by the environment to write its pictures anew")]

use std::path::Path;

use ratatui::backend::TestBackend;
use ratatui::style::Color;
use serde_json::json;

use super::draw::room;
use super::theme::to_ascii;
use super::*;
use crate::args::Colors;
use crate::page::Picture;
use crate::samples::{self, by_mail, in_session, ways, with_qr};
use crate::wire::{Pending, Room};

const SIZES: [(u16, u16); 3] = [(80, 24), (100, 30), (160, 50)];
const UTF8: Theme = Theme { ascii: false, colors: Colors::Many };

/// What a terminal of this size shows.
fn shown(story: Story, (columns, rows): (u16, u16), theme: Theme) -> (Face, ratatui::buffer::Buffer) {
    let mut face = Face::new(story, theme);
    let mut terminal = Cells::new(TestBackend::new(columns, rows)).expect("memory is a terminal");
    terminal.draw(|frame| face.draws(frame.buffer_mut(), "13:37:00 UTC")).expect("memory takes everything");
    (face, terminal.backend().buffer().clone())
}

fn text(buffer: &ratatui::buffer::Buffer) -> String {
    let area = buffer.area;
    let line = |y: u16| (0..area.width).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
    (0..area.height).map(|y| line(y).trim_end().to_owned() + "\n").collect()
}

/// Every screen of the story.
fn screens(size: (u16, u16)) -> Vec<(&'static str, Story)> {
    let room = room(size.0, size.1, false);
    let mut all = before_a_session(room);
    all.extend(of_care(room));
    all.extend(in_a_session(room));
    all.extend(by_sheet_and_support(room));
    all
}

/// From the start to the log-in, and who is logged in.
fn before_a_session(room: Room) -> Vec<(&'static str, Story)> {
    let fresh = || samples::story(room);
    let at = |place: &Do| {
        let mut story = fresh();
        story.does(place);
        story
    };
    let mut log_in = at(&Do::ToLogIn);
    log_in.hears(News::Pending(vec![pending()]));
    "admin".chars().for_each(|c| log_in.types(FieldId::Account, c));
    "something".chars().for_each(|c| log_in.types(FieldId::Password, c));
    let mut refused = at(&Do::ToLogIn);
    refused.hears(News::Refused(serde_json::from_value(json!({"code": "E-005", "detail": "Account or password is not right.", "next_step": "Try again, or choose Forgot password."})).expect("a problem")));
    let mut requests = at(&Do::ToRequests);
    requests.hears(News::Pending(vec![pending()]));
    let mut set_up = Story::new("en", room);
    set_up.hears(News::Texts(samples::texts("en")));
    set_up.hears(samples::device(json!({"initialised": false})));
    let mut home = fresh();
    home.hears(News::LoggedIn("t".into()));
    home.hears(samples::device(json!({"account": "admin", "readiness": "amber", "address": "amber", "banner": {"request": "0042", "lane": "console", "running_hours_ago": 3}})));
    vec![
        ("down", Story::new("en", room)),
        ("live", fresh()),
        ("log-in", log_in),
        ("log-in-refused", refused),
        ("requests", requests),
        ("set-up", set_up),
        ("home", home),
        ("codes", codes(fresh(), 2, false)),
        ("codes-new", shown_codes(fresh())),
        ("codes-new-german", german_codes(fresh())),
        ("home-few-codes", {
            let mut home = fresh();
            home.hears(News::LoggedIn("t".into()));
            home.hears(samples::device(
                json!({"account": "admin", "readiness": "green", "address": "green", "recovery_codes": samples::kept(1, false)}),
            ));
            home
        }),
    ]
}

/// Logged in, and what stands there beside recovery itself.
fn of_care(room: Room) -> Vec<(&'static str, Story)> {
    let lossy = Some(("only-lossy", "The only way back in that would work today erases more than the password."));
    let mut home = samples::at_home(room, json!({}));
    home.hears(samples::ready(lossy));
    let mut ready = samples::at_home(room, json!({}));
    ready.does(&Do::ToReady);
    ready.hears(samples::ready(lossy));
    let mut at_set_up = samples::at_home(room, json!({}));
    at_set_up.hears(News::SetUp("t".into()));
    at_set_up.hears(samples::ready(None));
    let after = |more: serde_json::Value| {
        let mut after = samples::at_home(room, json!({}));
        after.does(&Do::ToAfter);
        after.hears(samples::plan(more));
        after
    };
    let mut reset =
        samples::at_home(room, json!({"banner": {"request": "0042", "lane": "console", "running_hours_ago": 3}}));
    reset.hears(samples::plan(json!({})));
    vec![
        ("home-lossy", home),
        ("ready", ready),
        ("ready-at-set-up", at_set_up),
        ("home-after-reset", reset),
        ("after", after(json!({"sheet": 3}))),
        ("after-by-hand", after(json!({"can_update": false, "acknowledged": true}))),
        ("after-updating", after(json!({"updating": true}))),
        ("after-done", after(json!({"left": 0, "quiet_minutes_left": 0}))),
    ]
    .into_iter()
    .chain(of_doctor_and_hand_over(room))
    .collect()
}

/// The doctor, and the device given away.
fn of_doctor_and_hand_over(room: Room) -> Vec<(&'static str, Story)> {
    let at = |places: &[Do]| {
        let mut story = samples::at_home(room, json!({}));
        places.iter().for_each(|place| drop(story.does(place)));
        story
    };
    let mut looks = at(&[Do::AskDoctor]);
    looks.ticks(11_000);
    let mut found = at(&[Do::AskDoctor]);
    found.hears(samples::report());
    let mut gone = at(&[Do::ToHandOver, Do::ToHandOverNow]);
    gone.hears(samples::handed_over());
    vec![
        ("doctor-looks", looks),
        ("doctor", found),
        ("hand-over", at(&[Do::ToHandOver])),
        ("hand-over-now", at(&[Do::ToHandOver, Do::ToHandOverNow])),
        ("handed-over", gone),
    ]
}

/// The reference flow and the button.
fn in_a_session(room: Room) -> Vec<(&'static str, Story)> {
    let mut slip = in_session(room, with_qr(json!({})));
    "100000010".chars().for_each(|c| slip.types(FieldId::Code(crate::code::Style::Letters), c));
    let mut loss = ways();
    (loss.step, loss.method) = ("confirm-loss".into(), Some("button".into()));
    let mut german = in_session(room, with_qr(json!({})));
    german.hears(News::Texts(samples::texts("de")));
    let mut typed = in_session(room, samples::view("choose-new-password", json!({"minutes_left": 10})));
    "a long fresh one".chars().for_each(|c| typed.types(FieldId::Password, c));
    vec![
        (
            "notice",
            in_session(
                room,
                samples::view("notice", json!({"address_hint": "o•••••r@•••••.org", "address_confirmed": true})),
            ),
        ),
        ("ways", in_session(room, ways())),
        ("loss", in_session(room, loss)),
        ("code-qr", in_session(room, with_qr(json!({})))),
        ("code-qr-german", german),
        ("code-slip", slip),
        (
            "code-wrong",
            in_session(
                room,
                with_qr(
                    json!({"tries_left": 4, "failure": {"code": "E-203", "text": "This is not the code of this request. One try was used.", "next_step": "Look for the mail with the request number on this screen, and type its code."}}),
                ),
            ),
        ),
        ("code-by-mail", in_session(room, by_mail(json!({})))),
        (
            "hold",
            in_session(
                room,
                samples::view(
                    "hold-button",
                    json!({"method": "button", "offers": [{"method": "button", "name": "Reset button on the device", "loss": "password-only", "carries": "presence"}], "shown": {"title": "Hold the reset button", "parts": [{"kind": "paragraph", "text": "Hold it for 10 seconds, then let go."}, {"kind": "progress", "done": 6, "of": 10, "text": "Keep holding."}]}}),
                ),
            ),
        ),
        ("new-password", typed),
        ("done", in_session(room, samples::view("done", json!({"can": {}})))),
        ("support", in_session(room, support())),
    ]
}

/// Recovery codes, and the unlock by support.
fn by_sheet_and_support(room: Room) -> Vec<(&'static str, Story)> {
    vec![
        ("code-sheet", in_session(room, samples::by_sheet(json!({})))),
        (
            "code-sheet-used",
            in_session(
                room,
                samples::by_sheet(
                    json!({"tries_left": 4, "failure": {"code": "E-212", "text": "This recovery code was used before. One try was used.", "next_step": "Take one that is not ticked off."}}),
                ),
            ),
        ),
        ("notice-support", {
            let mut notice = samples::by_support(json!({"request": null}));
            notice.step = "notice".into();
            in_session(room, notice)
        }),
        ("further-proof", {
            let mut ways = ways();
            ways.failure = None;
            ways.further = serde_json::from_value(json!({"given": ["mailbox"], "helps": ["presence", "support"]}))
                .expect("it is one");
            in_session(room, ways)
        }),
        ("code-support", in_session(room, samples::by_support(json!({})))),
        ("code-support-saved", saved(in_session(room, samples::by_support(json!({}))))),
    ]
}

/// Saved to a stick a moment ago.
fn saved(mut story: Story) -> Story {
    story.hears(News::Exported(serde_json::from_value(json!({"file": "request-0042.txt"})).expect("it is a file")));
    story
}

/// The page of the recovery codes.
fn codes(mut story: Story, left: u8, unconfirmed: bool) -> Story {
    story.hears(News::LoggedIn("t".into()));
    let device = json!({"account": "admin", "readiness": "green", "address": "green", "recovery_codes": samples::kept(left, unconfirmed)});
    story.hears(samples::device(device));
    story.does(&Do::ToCodes);
    story
}

/// ... with the codes of a new sheet.
fn shown_codes(story: Story) -> Story {
    let mut story = codes(story, 2, true);
    let fresh: Vec<String> = (0..8).map(|n| format!("ABCD-EFGH-JK{n}N-PQRST")).collect();
    let fresh = json!({"sheet": 4, "codes": fresh, "pdf_url": "", "png_url": ""});
    story.hears(News::Codes(serde_json::from_value(fresh).expect("it is a sheet")));
    story
}

fn german_codes(story: Story) -> Story {
    let mut story = shown_codes(story);
    story.hears(News::Texts(samples::texts("de")));
    story
}

fn pending() -> Pending {
    Pending { request: "0041".into(), lane: "network".into(), minutes_left: 58 }
}

fn support() -> crate::wire::View {
    samples::view(
        "support",
        json!({
            "can": {}, "case_code": "7K2Q-ABCD-EFGH",
            "failure": {"code": "E-101", "text": "This device was set up without an e-mail for a forgotten password.", "next_step": "Use another way if one stands below, or ask the support named here."},
            "withheld": [{"method": "companion", "name": "Code by e-mail, with your phone", "code": "E-101", "text": "This device was set up without an e-mail for a forgotten password.", "next_step": "", "fixable_text": "You can mend this once you are back in."}],
        }),
    )
}

#[test]
fn every_screen_is_drawn_as_it_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui/golden");
    let mut wrong = Vec::new();
    for size in SIZES {
        for (name, story) in screens(size) {
            let drawn = text(&shown(story, size, UTF8).1);
            let file = folder.join(format!("{name}-{}x{}.txt", size.0, size.1));
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                std::fs::create_dir_all(&folder).expect("the folder is writable");
                std::fs::write(&file, &drawn).expect("the folder is writable");
            }
            if std::fs::read_to_string(&file).unwrap_or_default() != drawn {
                wrong.push(format!("{}:\n{drawn}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} screens changed:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_screen_has_a_gap_in_its_words_and_every_one_leads_on() {
    for size in SIZES {
        for language in ["en", "de"] {
            for (name, mut story) in screens(size) {
                if name != "down" {
                    story.hears(News::Texts(samples::texts(language)));
                }
                let (face, buffer) = shown(story, size, UTF8);
                let text = text(&buffer);
                assert!(
                    !["[screen-", "[device-", "[ready-", "[after-", "[doctor-", "{$"]
                        .iter()
                        .any(|gap| text.contains(gap)),
                    "{name}:\n{text}"
                );
                assert!(face.page.busy || !face.stops().is_empty(), "{name} leads nowhere");
            }
        }
    }
}

#[test]
fn the_whole_button_row_stays_in_sight_on_80_by_24() {
    for (name, story) in screens((80, 24)) {
        let (face, buffer) = shown(story, (80, 24), UTF8);
        let seen = text(&buffer).split_whitespace().collect::<Vec<_>>().join(" ");
        for button in face.page.buttons.iter().filter(|_| !face.page.live) {
            assert!(seen.contains(&button.label), "{name}: {} is out of sight", button.label);
        }
    }
}

/// The modules as cells show them: black on white by colour, whatever the theme.
fn modules(buffer: &ratatui::buffer::Buffer, (left, top): (u16, u16), side: u16) -> Vec<bool> {
    let mut dark = Vec::new();
    for y in 0..side {
        for x in 0..side {
            let cell = &buffer[(left + x, top + y / 2)];
            assert_eq!((cell.fg, cell.bg), (Color::Indexed(16), Color::Indexed(231)), "the colours are not our own");
            let (upper, lower) = match cell.symbol() {
                "█" => (true, true),
                "▀" => (true, false),
                "▄" => (false, true),
                " " => (false, false),
                other => panic!("{other:?} is no half block"),
            };
            dark.push(if y % 2 == 0 { upper } else { lower });
        }
    }
    dark
}

#[test]
fn r34_the_cells_show_exactly_the_modules_of_the_method() {
    for size in [(100, 30), (160, 50), (80, 48)] {
        let story = in_session(room(size.0, size.1, false), with_qr(json!({})));
        let (face, buffer) = shown(story, size, UTF8);
        let picture: &Picture = face.page.picture.as_ref().expect("there is room");
        let white = |x: u16, y: u16| buffer[(x, y)].bg == Color::Indexed(231);
        let (left, top) = (0..size.1)
            .flat_map(|y| (0..size.0).map(move |x| (x, y)))
            .find(|(x, y)| white(*x, *y))
            .expect("a picture is drawn");
        let side = u16::try_from(picture.side()).expect("small");
        let wanted: Vec<bool> = (0..picture.side())
            .flat_map(|y| (0..picture.side()).map(move |x| (x, y)))
            .map(|(x, y)| picture.is_dark(x, y))
            .collect();
        assert_eq!(modules(&buffer, (left, top), side), wanted, "{size:?}");
    }
}

#[test]
fn e313_room_for_a_picture_is_what_the_words_leave_and_a_resize_is_noticed() {
    assert!(room(80, 24, false).rows < 29, "80 by 24 has no room: the device routes to other ways");
    let fits = room(100, 30, false);
    assert!(fits.columns >= 57 && fits.rows >= 29);
    assert!(room(80, 48, false).rows >= 29, "below one another");
    assert!(room(160, 50, true).rows < 29, "ASCII takes two characters a module");
    assert!(room(152, 60, true).rows >= 29);

    let mut story = in_session(room(100, 30, false), with_qr(json!({})));
    assert!(story.page().picture.is_some());
    story.has_room(room(80, 24, false));
    let (face, buffer) = shown(story, (80, 24), UTF8);
    assert!(face.page.picture.is_none());
    assert!(text(&buffer).contains("too small"), "{}", text(&buffer));
    assert!(face.page.buttons.iter().any(|button| button.does == Do::Say("another-way")));
}

#[test]
fn ascii_terminals_get_ascii_only() {
    let theme = Theme { ascii: true, colors: Colors::None };
    for (name, mut story) in screens((80, 24)) {
        if name != "down" {
            story.hears(News::Texts(samples::texts("de")));
        }
        let drawn = text(&shown(story, (80, 24), theme).1);
        assert!(drawn.is_ascii(), "{name}:\n{drawn}");
    }
    assert_eq!(to_ascii("Größe → „Menü“"), "Groesse -> \"Menue\"");
}

fn press(face: &mut Face, code: KeyCode) -> Vec<Ask> {
    face.takes(Event::Key(KeyEvent::from(code)), 10_000).expect("no key but Ctrl-C ends it")
}

#[test]
fn r91_everything_can_be_reached_by_keys_and_by_mouse() {
    for (name, story) in screens((100, 30)).into_iter().filter(|(name, _)| !["down", "live"].contains(name)) {
        let (mut face, _) = shown(story, (100, 30), UTF8);
        let stops = face.stops();
        let mut seen = Vec::new();
        for _ in 0..stops.len() {
            seen.extend(face.focus);
            press(&mut face, KeyCode::Tab);
        }
        assert!(stops.iter().all(|stop| seen.contains(stop)), "{name}: Tab misses {stops:?}");
        for stop in &stops {
            assert!(face.drawn.hits.iter().any(|(_, target)| target == stop), "{name}: no place to click for {stop:?}");
        }
    }
}

#[test]
fn a_right_click_on_the_live_view_opens_the_log_in_prompt() {
    let (mut face, _) = shown(samples::story(room(80, 24, false)), (80, 24), UTF8);
    let click =
        MouseEvent { kind: MouseEventKind::Down(MouseButton::Right), column: 9, row: 9, modifiers: KeyModifiers::NONE };
    face.takes(Event::Mouse(click), 0);
    assert_eq!(face.story.page().id, "log-in");
}

#[test]
fn f19_a_hidden_password_is_dots_and_a_shown_one_only_on_request() {
    let story = screens((80, 24)).into_iter().find(|(name, _)| *name == "new-password").expect("there").1;
    let (mut face, buffer) = shown(story, (80, 24), UTF8);
    assert!(!text(&buffer).contains("a long fresh one"));
    press(&mut face, KeyCode::F(3));
    let (_, buffer) = shown(face.story, (80, 24), UTF8);
    assert!(text(&buffer).contains("a long fresh one"));
}

#[test]
fn the_focus_stays_on_what_it_was_on_when_more_comes_to_the_page() {
    let room = room(80, 24, false);
    let (mut face, mut buffer) = shown(samples::at_home(room, json!({})), (80, 24), UTF8);
    let does = |face: &Face| match face.focus {
        Some(Target::Button(place)) => face.page.buttons[place].does.clone(),
        focus => panic!("no button has the focus: {focus:?}"),
    };
    assert_eq!(does(&face), Do::LogOut);
    face.story.hears(samples::device(json!({"account": "admin", "readiness": "amber", "address": "amber"})));
    face.draws(&mut buffer, "");
    assert_eq!(does(&face), Do::TestCode, "who has not moved stands where the page begins");
    press(&mut face, KeyCode::Tab);
    assert_eq!(does(&face), Do::LogOut);
    face.story.hears(samples::plan(json!({})));
    face.draws(&mut buffer, "");
    assert_eq!(does(&face), Do::LogOut, "another button in between moves nobody");
}
