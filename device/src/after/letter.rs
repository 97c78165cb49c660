//! What a notice says (REQUIREMENTS 5.10): what was done, how, where, when, the number, what to do, where help is. No code, no
//! password, no address to follow, no serial number.

use resetkit_config::{Arg, DeviceConfig, Texts};
use resetkit_core::Counter;
use resetkit_host::Delivery;

use crate::executors::letters;
use crate::sheets::date;
use crate::state::{LaneRow, NoticeRow};
use crate::texts;

/// Things that there are notices of; texts are `notice-<purpose>-subject` and `-intro`.
pub(crate) const PURPOSES: [&str; 6] =
    ["reset", "address-changed", "address-changed-after-reset", "codes-made", "codes-renewed", "codes-removed"];

/// Writes the notice to one of those that it goes to.
pub(crate) fn compose(config: &DeviceConfig, texts: &Texts, notice: &NoticeRow, to: &str, now: u64) -> Delivery {
    let request = Counter::new(notice.request).to_string();
    Delivery {
        request: request.as_str().into(),
        recipient: to.into(),
        code: "".into(),
        subject: subject(config, texts, notice, &request).into(),
        text: text(config, texts, notice, &request, now).into(),
        tries_left: 0,
        minutes_left: 0,
    }
}

fn id(notice: &NoticeRow, part: &str) -> String {
    let known = PURPOSES.into_iter().find(|purpose| *purpose == notice.purpose).unwrap_or("reset");
    format!("notice-{known}-{part}")
}

/// A header's text never has a line end of its own (R66).
fn subject(config: &DeviceConfig, texts: &Texts, notice: &NoticeRow, request: &str) -> String {
    let args = [
        ("request", Arg::Text(request)),
        ("model", config.profile.name_in(texts.language().as_str()).into()),
        ("label", letters::label(config).into()),
    ];
    let text = texts.get(&id(notice, "subject"), &args);
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn text(config: &DeviceConfig, texts: &Texts, notice: &NoticeRow, request: &str, now: u64) -> String {
    let say = |id: &str| texts.get(id, &[]);
    let row = |id: &str, value: &str| format!("{}: {value}", say(id));
    let mut rows = vec![row("notice-row-when", &when(texts, notice, now))];
    if !notice.method.is_empty() {
        rows.push(row("notice-row-way", &texts::method_name(texts, &notice.method)));
    }
    rows.push(row("notice-row-where", &say(lane(notice.lane))));
    if notice.request > 0 {
        rows.push(row("mail-row-request", request));
    }
    let sheet =
        notice.sheet.map(|sheet| texts.get("device-codes-still-count", &[("sheet", Arg::Number(sheet.into()))]));
    let paragraphs = [
        Some(letters::device(config, texts)),
        Some(say(&id(notice, "intro"))),
        Some(rows.join("\n")),
        Some(say("notice-was-you")),
        sheet,
        Some(say("notice-not-you")),
        Some(say("notice-never")),
        Some(say("mail-support")),
    ];
    paragraphs.into_iter().flatten().collect::<Vec<_>>().join("\n\n") + "\n"
}

fn lane(lane: LaneRow) -> &'static str {
    match lane {
        LaneRow::Console => "notice-lane-console",
        LaneRow::Network => "notice-lane-network",
        LaneRow::Button => "notice-lane-button",
    }
}

/// The day where the device knew it; else how long it has run since, for it may have lain without a network for weeks.
fn when(texts: &Texts, notice: &NoticeRow, now: u64) -> String {
    let minutes = i64::try_from(now.saturating_sub(notice.powered_seconds) / 60).unwrap_or(i64::MAX);
    match notice.wall {
        Some(wall) => {
            let (hour, minute) = (wall / 3600 % 24, wall / 60 % 60);
            format!("{} {hour:02}:{minute:02} UTC", date(wall))
        }
        None if minutes < 120 => texts.get("notice-minutes-ago", &[("minutes", Arg::Number(minutes))]),
        None => texts.get("notice-hours-ago", &[("hours", Arg::Number(minutes / 60))]),
    }
}

#[cfg(test)]
mod tests {
    use resetkit_config::{Brand, Texts};

    use super::PURPOSES;

    #[test]
    fn r71_every_notice_has_its_words_in_each_language_and_none_has_an_address_to_follow() {
        let brand = Brand::plain();
        for language in ["en", "de"] {
            let texts = Texts::load(&brand, language);
            for (purpose, part) in PURPOSES.into_iter().flat_map(|purpose| [(purpose, "subject"), (purpose, "intro")]) {
                let id = format!("notice-{purpose}-{part}");
                assert!(texts.speaks(&id), "{language} {id}");
                assert!(!texts.get(&id, &[]).contains("://"), "R69: {id}");
            }
        }
    }
}
