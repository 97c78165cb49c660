//! The pages beside recovery itself: readiness, the doctor, who still has the old password; under axe, in German too
//! (R62, R91).

use std::fs;

use kit::browser::{Browser, DESKTOP, Driver};
use kit::real::real;
use kit::world::World;

use crate::axe::Audit;
use crate::{EMAIL, NEW, OLD};

fn logs_in(browser: &Browser, web: &str) {
    browser.goes_to(&format!("{web}/login"));
    browser.waits_for("#login");
    browser.types("#password", NEW);
    browser.clicks("#login");
    browser.waits_for("#settings");
}

#[test]
fn r62_r91_readiness_the_doctor_and_the_plan_after_a_reset() {
    let stage = real("axe_care");
    let logs = stage.with(|world| {
        let place = world.files().join("recorder/site.toml");
        let mut site: toml::Table = fs::read_to_string(&place).expect("a site file").parse().expect("TOML");
        let plan = "clients = [{ name = \"front-door\", address = \"192.0.2.7\" }, { name = \"yard\" }]";
        site.insert("after_reset".into(), plan.parse::<toml::Table>().expect("TOML").into());
        fs::write(&place, site.to_string()).expect("it can be written");
        // The settings are read when it comes up.
        world.power_cut();
        world.logs()
    });
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().resets_to(NEW);
    let web = stage.with(|world| world.web());
    let driver = Driver::start(&logs);
    for (language, page) in [("en", "screens/axe-care"), ("de", "screens/axe-care-de")] {
        let browser = driver.open(DESKTOP, true);
        browser.speaks(language);
        let mut audit = Audit::new(&browser, page);
        logs_in(&browser, &web);
        browser.waits_for("#clients-left");
        audit.glances("live");
        browser.goes_to(&format!("{web}/settings/ready"));
        browser.waits_for("#ways");
        audit.looks("ready");
        browser.goes_to(&format!("{web}/settings/doctor"));
        browser.waits_for("#checks");
        audit.looks("doctor");
        browser.goes_to(&format!("{web}/settings/after-reset"));
        browser.waits_for("#clients");
        audit.looks("after-reset");
        audit.ends(4);
    }
}
