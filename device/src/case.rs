//! The case code of a session: what an agent types in, made from what the session and the device know.

use resetkit_config::{Registry, Texts};
use resetkit_core::{CaseCode, CodeStyle, Step};
use serde::Serialize;

use crate::daemon::Screen;
use crate::web::Site;

/// Where it is told: where something failed or ended, and always among the ways. Of those the device cannot know which are lost to
/// the owner (a mailbox that is gone, a sheet that was thrown away), so nobody stands there without somebody to ask (F11, R93).
pub(crate) fn is_told(screen: &Screen) -> bool {
    let view = &screen.view;
    let among_ways = matches!(view.step, Step::ChooseMethod | Step::DeadEnd);
    among_ways || view.failure.is_some() || !view.flaws.is_empty()
}

/// The code, in the style that the language's texts ask for.
pub(crate) fn code(site: &Site, texts: &Texts, screen: &Screen) -> String {
    let (config, registry, case) = (&site.ground.config, Registry::builtin(), &screen.view.case);
    let model = config.profile.model.as_str();
    // What is not listed is written as 0: never a wrong one.
    let method = case.method.as_ref().and_then(|method| registry.method(method.as_str()));
    let code = CaseCode {
        brand: registry.brand(config.brand.id.as_str()).unwrap_or(0),
        model: registry.model(model).unwrap_or(0),
        firmware: registry.firmware(model, &config.site.firmware).unwrap_or(0),
        method: method.unwrap_or(0),
        failure: case.failure.map_or(0, resetkit_core::FailureKind::case_number),
        clock: screen.clock,
        tries: case.tries_used,
        readiness: screen.readiness,
    };
    code.encode(style(texts))
}

/// A language whose speakers do not share the Latin alphabet writes `digits` here.
fn style(texts: &Texts) -> CodeStyle {
    match texts.get("device-case-style", &[]).as_str() {
        "digits" => CodeStyle::Digits,
        _ => CodeStyle::Letters,
    }
}

/// One symbol of the code as it is said on the telephone.
#[derive(Serialize)]
pub(crate) struct Spoken {
    symbol: char,
    word: String,
}

/// `A as in Alfa`, for every letter of the code.
pub(crate) fn spoken(texts: &Texts, code: &str) -> Vec<Spoken> {
    let one = |symbol: char| {
        let id = format!("device-spell-{}", symbol.to_ascii_lowercase());
        Spoken { symbol, word: texts.find(&id, &[]).unwrap_or_else(|| symbol.to_string()) }
    };
    code.chars().filter(char::is_ascii_alphanumeric).map(one).collect()
}
