//! R93: what the relay and the companion app call a problem is what the catalogue of the house calls it.
use resetkit_companion::app::SLIPS;
use resetkit_config::{Place, catalogue, catalogue_entry};
use resetkit_protocol::ProblemCode;

#[test]
fn r93_every_refusal_of_the_relay_and_every_slip_of_the_app_stands_in_the_catalogue() {
    let relay = ProblemCode::ALL.iter().map(|code| (code.code(), code.name(), Place::Relay));
    let app = SLIPS.iter().map(|(code, name)| (*code, *name, Place::App));
    let told: Vec<_> = relay.chain(app).collect();
    for (code, name, place) in &told {
        let entry = catalogue_entry(code)
            .unwrap_or_else(|| panic!("{code} belongs into config/catalogue.toml, agent.ftl and golden/failures.txt"));
        assert_eq!((entry.name.as_str(), entry.place), (*name, *place), "{code}");
        assert_eq!(entry.problem_type(), format!("urn:resetkit:error:{code}"));
    }
    let known = catalogue().iter().filter(|entry| matches!(entry.place, Place::Relay | Place::App));
    for entry in known {
        assert!(told.iter().any(|(code, _, _)| *code == entry.code), "{} is told by nobody", entry.code);
    }
}
