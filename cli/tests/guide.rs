//! `resetkit guide`: what is written for owners, agents and integrators is what the device does.
//!
//! The guides under docs/guides are made by the same command; when a text, a figure, a profile or a picture changes, the test
//! that makes them again says so.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use resetkit_config::{Brand, Policy, Profile, Texts};
use resetkit_core::FailureKind;

use crate::{resetkit, stderr, stdout};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guides")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// Makes one guide as Markdown and gives it back; `more` are further options.
fn guide(options: &str, more: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let mut args = vec!["guide", "--format", "md", "--out", text(folder.path())];
    args.extend(options.split_whitespace());
    args.extend(more);
    let output = resetkit(&args);
    assert!(output.status.success(), "{options}: {}", stderr(&output));
    let written = stdout(&output);
    std::fs::read_to_string(written.trim()).unwrap_or_else(|error| panic!("{written}: {error}"))
}

/// The article without the marks of Markdown, as its reader reads it.
fn read(options: &str) -> String {
    guide(options, &[]).replace("**", "")
}

#[test]
fn the_guides_in_the_repository_are_what_the_device_says_today() {
    for (reader, language) in
        [("owner", "en"), ("owner", "de"), ("agent", "en"), ("agent", "de"), ("integrator", "en"), ("integrator", "de")]
    {
        let fresh = tempfile::tempdir().expect("a folder");
        let output = resetkit(&[
            "guide",
            "--device",
            "nvr-4-button",
            "--for",
            reader,
            "--lang",
            language,
            "--out",
            text(fresh.path()),
            "--pictures-at",
            &format!("../../pictures/guide/{language}"),
        ]);
        assert!(output.status.success(), "{}", stderr(&output));
        for kind in ["html", "md"] {
            let name = format!("{reader}.{language}.{kind}");
            let kept = std::fs::read_to_string(docs().join("nvr-4-button").join(&name));
            let same =
                kept.is_ok_and(|kept| kept == std::fs::read_to_string(fresh.path().join(&name)).expect("just written"));
            assert!(
                same,
                "docs/guides/nvr-4-button/{name} is not what the device says: run docs/guides/make.sh and read it again"
            );
        }
    }
}

/// DESIGN §2, step by step: prerequisite, notices, screens, app, mail, code, end.
#[test]
fn the_reference_article_carries_every_step_prerequisite_and_notice_of_the_reference_flow() {
    let article = read("--device nvr-4 --for owner");
    let in_order = [
        // It needs an e-mail entered when the device was initialised; without one a code and the ways that would work.
        "It needs an e-mail that was entered when the device was set up",
        "E-101",
        "another way",
        // 1. Local screen, or web page.
        "Step 1",
        "At its own screen. Press the right mouse button in the live view. The log-in prompt opens. Choose Forgot password",
        "On its web page. Type the device's address into a browser. At the log-in prompt choose Forgot password",
        // 2. What will happen, what leaves the device; OK.
        "Step 2",
        "what will happen, what leaves the device",
        "Press OK to go on",
        "This device sends nothing by itself",
        // 3. QR code, e-mail partly hidden, request number, time and tries left.
        "Step 3",
        "QR code",
        "e-mail on file, partly hidden",
        "request number",
        "time left",
        "tries left",
        // 4. Me, Test Tool, Password Resetting, scan; any camera, since it is a web address.
        "Step 4",
        "Me → Test Tool → Password Resetting",
        "Scan the QR code",
        "Point the camera of any phone",
        "It is a web address",
        // 5. Confirmation, request number, back to the device; the security code comes to the e-mail on file.
        "Step 5",
        "request number",
        "The code is on its way to the address on file. Go back to the device",
        "security code arrives at the e-mail on file",
        // 6. Code, Next, new password, logged out everywhere, old password dead.
        "Step 6",
        "Type the code at the “Forgot password” screen and press Next",
        "new password",
        "The old password no longer works. Everybody was logged out",
        "Never read this code to anyone",
        // What if: no mail, wrong code, waiting; then the other ways, and what nobody may be given.
        "No mail came?",
        "spam folder",
        "scan the same code again",
        "Other ways on this device",
        "What you never give to anybody",
        "The security code from the mail",
        "Contact support@plain.example",
        "The case code",
        "Send a test code",
    ];
    let mut rest = article.as_str();
    for words in in_order {
        let at =
            rest.find(words).unwrap_or_else(|| panic!("`{words}` is missing, or stands too early, before:\n{rest}"));
        rest = &rest[at + words.len()..];
    }
}

#[test]
fn r18_r50_every_figure_of_an_article_is_the_policys() {
    for (device, policy) in [("nvr-4-button", "reference"), ("nvr-4-button", "strict"), ("cam-1", "reference")] {
        let profile = Profile::builtin(device).expect("built in");
        let rules = Policy::builtin(policy, &profile).expect("built in").session_rules(&profile);
        let article = read(&format!("--device {device} --policy {policy} --for owner"));
        let row = |what: &str, value: String| {
            assert!(
                article.contains(&format!("| {what} | {value} |")),
                "{device}, {policy}: {what} {value}\n{article}"
            );
        };
        row("A code works for", format!("{} minutes with the device switched on", rules.life_minutes));
        row("Tries for one code", rules.tries.to_string());
        row("Codes in one attempt", rules.challenges_per_session.to_string());
        row(
            "Length of a password",
            format!("{} to {} characters of any kind", rules.password.min_chars, rules.password.max_chars),
        );
        if let Some(button) = rules.button {
            assert!(
                article.contains(&format!("{} to {} seconds", button.hold.as_secs(), button.longest.as_secs()))
                    || policy == "strict"
            );
        }
    }
}

#[test]
fn r93_a_method_that_a_device_cannot_offer_is_not_told_of_nor_are_its_codes() {
    let with = read("--device nvr-4-button --for owner");
    let without = read("--device nvr-4 --for owner");
    assert!(with.contains("Hold of the reset button") && with.contains("| E-516 |"));
    assert!(!without.contains("Hold of the reset button") && !without.contains("| E-516 |"), "{without}");
    let strict = read("--device cam-1 --policy strict --for owner");
    assert!(
        !strict.contains("way-button"),
        "a button that erases all settings loses more than the strict policy allows"
    );
    let camera = read("--device cam-1 --for owner");
    assert!(camera.contains("All settings of the device are erased."), "its button does");
    assert!(!camera.contains("At its own screen"), "it has none");
}

#[test]
fn r93_every_code_that_a_device_can_show_has_its_route_in_every_language() {
    let brand = Brand::plain();
    for language in ["en", "de"] {
        let texts = Texts::load(&brand, language);
        for reader in ["owner", "agent"] {
            let article = read(&format!("--device nvr-4-button --for {reader} --lang {language}"));
            for kind in FailureKind::ALL.iter().filter(|kind| article.contains(&format!("| {} |", kind.code()))) {
                assert!(article.contains(&texts.get(kind.err_id(), &[])), "{language}, {reader}: {kind}");
            }
            for part in ["[guide-", "[device-", "[err-", "[rec-", "[loss-", "{$", "{ $", "-name]"] {
                assert!(!article.contains(part), "{language}, {reader}: `{part}` is left over in\n{article}");
            }
        }
    }
}

/// Nine devices, every policy: a guide comes out for each, with a way in it, or the policy is refused for that device.
#[test]
fn r93_every_device_under_every_policy_has_its_guides_with_no_text_left_over() {
    for device in Profile::builtin_names() {
        let profile = Profile::builtin(device).expect("built in");
        for policy in Policy::builtin_names().into_iter().filter(|name| Policy::builtin(name, &profile).is_ok()) {
            for options in
                ["--for owner", "--for owner --lang de", "--for agent", "--for agent --lang de", "--for integrator"]
            {
                let article = read(&format!("--device {device} --policy {policy} {options}"));
                for part in [
                    "[guide-",
                    "[device-",
                    "[err-",
                    "[rec-",
                    "[loss-",
                    "[agent-",
                    "{$",
                    "{ $",
                    "-name]",
                    "{guide",
                    "{recovery",
                ] {
                    assert!(
                        !article.contains(part),
                        "{device}, {policy}, {options}: `{part}` is left over in\n{article}"
                    );
                }
                let ways = article.matches("<a id=\"way-").count()
                    + article.matches("(#steps)").count()
                    + article.matches("(`").count();
                assert!(ways > 0, "{device}, {policy}, {options}: no way in\n{article}");
            }
        }
    }
}

#[test]
fn f16_agents_are_told_never_to_ask_for_a_code_a_password_or_an_address() {
    let script = read("--for agent");
    for never in [
        "Never ask for a code from a mail",
        "Never ask for a password",
        "Never name the e-mail on file",
        "account or an address exists",
    ] {
        assert!(script.contains(never), "{never}");
    }
    let address = script.split_whitespace().find(|word| word.contains('@') && !word.contains("support@"));
    assert_eq!(address, None, "no example invites to read out an address");
}

#[test]
fn r79_another_brand_has_no_trace_of_this_one_and_brings_its_own_pictures() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = include_str!("../../config/brands/plain/brand.toml");
    let other = plain
        .replace("id = \"plain\"", "id = \"other\"")
        .replace("name = \"Plain\"", "name = \"Otherbrand\"")
        .replace("Plain app", "Other Eye")
        .replace("support@plain.example", "+49 30 1234")
        .replace("reset.example", "r.other.example")
        .replace("\"Me\", \"Test Tool\", \"Password Resetting\"", "\"More\", \"Help\", \"New password\"");
    std::fs::write(folder.path().join("brand.toml"), other).expect("written");
    let article = guide("--for owner", &["--brand", text(folder.path())]);
    for there in ["Other Eye", "More → Help → New password", "+49 30 1234", "brand `other`"] {
        assert!(article.contains(there), "{there}");
    }
    assert!(!article.contains("Plain") && !article.contains("plain") && !article.contains("!["), "{article}");
    let mine =
        ["--brand", text(folder.path()), "--pictures", concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/pictures/guide")];
    assert!(guide("--for owner", &mine).contains("](pictures/qr.png)"));
}

#[test]
fn a_page_needs_nothing_from_elsewhere_and_has_no_script() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = resetkit(&["guide", "--format", "html", "--format", "md", "--out", text(folder.path())]);
    assert!(output.status.success(), "{}", stderr(&output));
    let page = std::fs::read_to_string(folder.path().join("owner.en.html")).expect("a page");
    for elsewhere in ["<script", "src=\"http", "url(http", "<link", "@import"] {
        assert!(!page.contains(elsewhere), "{elsewhere}");
    }
    for part in [
        "data:image/png;base64,",
        "<svg class=\"tree\"",
        "#0b5cad",
        "prefers-color-scheme: dark",
        "@media print",
        "lang=\"en\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // Markdown's pictures lie beside it.
    let article = std::fs::read_to_string(folder.path().join("owner.en.md")).expect("a text");
    for shown in article.split("](pictures/").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(folder.path().join("pictures").join(shown).is_file(), "{shown}");
    }
}

#[test]
fn without_chromium_a_pdf_is_refused_with_the_next_step_and_with_it_there_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = ["guide", "--for", "integrator", "--format", "pdf", "--out", text(folder.path())];
    let nowhere = Command::new(env!("CARGO_BIN_EXE_resetkit")).args(args).env("PATH", folder.path()).output();
    let nowhere = nowhere.expect("resetkit starts");
    let told = stderr(&nowhere);
    assert!(
        !nowhere.status.success() && told.contains("apt-get install chromium") && told.contains("--format html"),
        "{told}"
    );
    let output = resetkit(&args);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(std::fs::read(folder.path().join("integrator.en.pdf")).expect("a PDF").starts_with(b"%PDF"));
}

#[test]
fn a_language_or_a_device_that_is_not_there_is_refused_with_those_that_are() {
    let told = |args: &[&str]| {
        let output = resetkit(&[&["guide", "--out", "/nowhere"], args].concat());
        assert!(!output.status.success());
        stderr(&output)
    };
    assert!(told(&["--lang", "fr"]).contains("en, de"));
    assert!(told(&["--device", "toaster"]).contains("nvr-4"));
    assert!(told(&["--brand", "/no/such/pack"]).contains("brand.toml"));
}

/// What stands after a text up to the end of its line.
fn rest_of_line<'a>(article: &'a str, start: &str) -> &'a str {
    let at = article.find(start).unwrap_or_else(|| panic!("`{start}` is missing in\n{article}"));
    article[at + start.len()..].lines().next().unwrap_or_default()
}

/// Whoever reads the guide of a device that wants two proofs must not believe that one will do (F11, R57).
#[test]
fn f11_r57_a_guide_under_two_proofs_says_so_and_names_the_pairs_in_steps_and_trees() {
    for (language, two, second) in
        [("en", "two proofs", "Then the second proof"), ("de", "zwei Nachweise", "Dann der zweite Nachweis")]
    {
        let texts = Texts::load(&Brand::plain(), language);
        let name = |id: &str| texts.get(&format!("{id}-name"), &[]);
        let (scan, mail, sheet, button, support) =
            (name("companion"), name("email"), name("recovery-codes"), name("button"), name("support"));
        for reader in ["owner", "agent", "integrator"] {
            let options = format!("--device nvr-4-button --for {reader} --lang {language}");
            let (article, reference) = (read(&format!("{options} --policy high")), read(&options));
            assert!(article.contains(two), "{reader}, {language}: two are needed");
            assert!(!reference.contains(two) && !reference.contains(second), "{reader}, {language}: one is enough");
            let with_the_scan = rest_of_line(&article, &format!("| {scan} | "));
            for partner in [&sheet, &button, &support] {
                assert!(with_the_scan.contains(partner), "{reader}, {language}: `{scan}` with `{partner}`");
            }
            assert!(!with_the_scan.contains(&mail), "{reader}, {language}: one mailbox is no two proofs");
        }
        for reader in ["owner", "agent"] {
            let article = read(&format!("--device nvr-4-button --policy high --for {reader} --lang {language}"));
            // Steps of each way, and each answer of the tree that leads to a way.
            assert!(article.matches(second).count() >= 9, "{reader}, {language}:\n{article}");
            let question = texts.get("guide-way-button-ask", &[]);
            let answer = rest_of_line(&article, &question);
            assert!(answer.contains(second) && answer.contains(&sheet), "{answer}");
        }
    }
}

#[test]
fn f11_a_page_under_two_proofs_draws_the_pairs_into_its_tree() {
    let folder = tempfile::tempdir().expect("a folder");
    for reader in ["owner", "agent"] {
        let args = ["guide", "--policy", "high", "--format", "html", "--for", reader, "--out", text(folder.path())];
        assert!(resetkit(&args).status.success());
        let page = std::fs::read_to_string(folder.path().join(format!("{reader}.en.html"))).expect("a page");
        let drawn: Vec<&str> =
            page.split("<svg class=\"tree\"").skip(1).filter_map(|part| part.split("</svg>").next()).collect();
        assert!(drawn.iter().any(|tree| tree.contains("second proof")), "{reader}");
        assert!(page.contains("<caption>Two proofs that are enough together"), "{reader}");
    }
}

/// Names of the pictures under docs/pictures/guide.
fn pictures_of(language: &str) -> BTreeSet<String> {
    let folder = docs().join("../pictures/guide").join(language);
    let files = std::fs::read_dir(folder).expect("pictures").map(|file| file.expect("a file").file_name());
    files.map(|name| name.to_string_lossy().trim_end_matches(".png").to_owned()).collect()
}

/// A picture that is missing is left out without a word, so each name is asked for here.
#[test]
fn r87_r91_every_picture_stands_where_its_guide_talks_of_it_in_every_language() {
    assert_eq!(pictures_of("en"), pictures_of("de"));
    for language in ["en", "de"] {
        let shows = |article: &str, after: &str, name: &str| {
            let at = article.find(after).unwrap_or_else(|| panic!("{language}: {after}"));
            let chapter = article[at..].split("<a id=").next().unwrap_or_default();
            assert!(
                chapter.contains(&format!("](pictures/{name}.png)")),
                "{language}: {name} after {after}:\n{chapter}"
            );
        };
        let owner = guide(&format!("--for owner --lang {language}"), &[]);
        shows(&owner, "\"way-recovery-codes\"></a>", "sheet");
        shows(&owner, "\"way-recovery-codes\"></a>", "recovery-codes");
        shows(&owner, "\"next-time\"></a>", "ready");
        let agent = guide(&format!("--for agent --lang {language}"), &[]);
        shows(&agent, "\"after\"></a>", "ready");
        shows(&agent, "\"after\"></a>", "doctor");
        let steps = owner.split("\n### ").filter(|part| part.contains(" 1: ") || part.contains("](pictures/"));
        assert!(steps.count() >= 6, "{language}: a step has no picture");
        // The QR code of a device that has its own screen and no web page is the screen's.
        let all = owner + &agent;
        for name in pictures_of(language).iter().filter(|name| *name != "screen-qr") {
            assert!(all.contains(&format!("](pictures/{name}.png)")), "{language}: nobody is shown {name}");
        }
    }
}
