//! The desk's page: one template, filled with the texts of a language.

use resetkit_config::{Arg, Texts};

use super::switches::Room;

const PAGE: &str = include_str!("desk.html");
pub(super) const STYLE: &str = include_str!("desk.css");
pub(super) const SCRIPT: &str = include_str!("desk.js");

/// Codes of the sheet in the drawer that the page shows.
const CODES_SHOWN: usize = 3;

/// Fills `{{text-id}}` and `{$place}` of the template.
pub(super) fn render(room: &Room, sheet: &[String], texts: &Texts, language: &str, base: &str) -> String {
    let codes = sheet.iter().take(CODES_SHOWN).cloned().collect::<Vec<_>>().join(", ");
    let words = [
        ("email", Arg::Text(super::super::story::ADDRESS)),
        ("password", Arg::Text(super::super::story::OLD)),
        ("codes", Arg::Text(&codes)),
    ];
    let mut page = String::with_capacity(PAGE.len() * 2);
    let mut rest = PAGE;
    while let Some((before, behind)) = rest.split_once("{{") {
        let (name, after) = behind.split_once("}}").unwrap_or((behind, ""));
        page.push_str(before);
        page.push_str(&match name {
            "lang" => language.to_owned(),
            "base" => base.to_owned(),
            "relay" => room.relay_url.clone(),
            "mailbox" => room.mailbox_url.clone(),
            id => escape(&texts.get(id, &words)),
        });
        rest = after;
    }
    page + rest
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
