//! What any firmware runs against its own account program: `resetd accounts check`.
//!
//! It works on one account whose password it is told, and puts that password back at the end. Every rule of DESIGN §7 is
//! tried from outside: an adaptor that truncates, forgets, says yes by accident or keeps half a state is named.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use resetkit_core::{AccountName, PasswordFlaw, Secret, TransactionId};

use super::{AccountBackEnd, Alphabet, BackEndRules, Exec, NotStaged, Program, Staged, Verdict};
use crate::clock::Clock;

/// How often the power is cut in each verb.
const CUTS: u32 = 12;

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Name of the check, kebab-case.
    pub check: &'static str,
    /// What is wrong, if anything.
    pub fault: Option<String>,
}

type Checked = Result<(), String>;

/// One check, and whether it needs a back end that stages.
struct Check {
    name: &'static str,
    staging: bool,
    run: fn(&mut Trial) -> Checked,
}

const CHECKS: &[Check] = &[
    Check { name: "lists-the-account", staging: false, run: Trial::lists },
    Check { name: "knows-the-password", staging: false, run: Trial::knows },
    Check { name: "refuses-all-others", staging: false, run: Trial::refuses_others },
    Check { name: "prepare-changes-nothing", staging: true, run: Trial::prepare_changes_nothing },
    Check { name: "drop-forgets", staging: true, run: Trial::drop_forgets },
    Check { name: "commit-of-nothing-is-a-no", staging: true, run: Trial::commit_of_nothing },
    Check { name: "changes-the-password", staging: false, run: Trial::changes },
    Check { name: "commit-twice-is-once", staging: true, run: Trial::commits_twice },
    Check { name: "keeps-every-character", staging: false, run: Trial::keeps_every_character },
    Check { name: "refuses-what-it-cannot-keep", staging: false, run: Trial::refuses_beyond_rules },
    Check { name: "refuses-unknown-accounts", staging: false, run: Trial::refuses_unknown },
    Check { name: "survives-cuts-while-staging", staging: true, run: Trial::cut_while_staging },
    Check { name: "survives-cuts-while-changing", staging: false, run: Trial::cut_while_changing },
    Check { name: "shows-no-secret", staging: false, run: Trial::shows_no_secret },
    Check { name: "ends-sessions-and-lockout", staging: false, run: Trial::ends },
];

/// Runs all checks against a program; `told` hears each line as it is known. `true` if all passed.
///
/// `account` must exist, and `password` be its password. It holds again at the end.
pub fn check(
    program: &Program,
    atomic: bool,
    account: &AccountName,
    password: &Secret<String>,
    told: &mut dyn FnMut(Line),
) -> bool {
    let exec = match Exec::open(program.clone(), atomic) {
        Ok(exec) => exec,
        Err(error) => {
            told(Line { check: "says-its-rules", fault: Some(error.to_string()) });
            return false;
        }
    };
    told(Line { check: "says-its-rules", fault: None });
    let rules = exec.rules();
    let mut trial = Trial {
        program: program.clone(),
        exec,
        atomic,
        rules,
        account: account.clone(),
        current: password.expose().clone(),
        transaction: first_transaction(),
        made: 0,
    };
    let mut passed = true;
    for check in CHECKS.iter().filter(|check| atomic || !check.staging) {
        let outcome = (check.run)(&mut trial);
        passed &= outcome.is_ok();
        told(Line { check: check.name, fault: outcome.err() });
    }
    let restored = trial.becomes(password.expose());
    passed &= restored.is_ok();
    told(Line { check: "puts-the-password-back", fault: restored.err() });
    passed
}

/// A number that no earlier run has used.
fn first_transaction() -> u64 {
    u64::from_le_bytes(crate::random::octets()) >> 2
}

/// A run against one account.
struct Trial {
    program: Program,
    exec: Exec,
    atomic: bool,
    rules: BackEndRules,
    account: AccountName,
    /// The password that holds.
    current: String,
    transaction: u64,
    made: u32,
}

impl Trial {
    fn lists(&mut self) -> Checked {
        let listed = self.exec.list().ok_or("`list` gave no answer")?;
        hold(listed.contains(&self.account), || format!("`list` does not name {}", self.account))
    }

    fn knows(&mut self) -> Checked {
        self.is(&self.current.clone(), Verdict::Right)
    }

    fn refuses_others(&mut self) -> Checked {
        let half: String = self.current.chars().take(self.current.chars().count() - 1).collect();
        let longer = format!("{}x", self.current);
        for wrong in ["", "x", half.as_str(), longer.as_str(), "$(true)", "' OR '1'='1"] {
            self.is(wrong, Verdict::Wrong)?;
        }
        let nobody = AccountName::parse("no-such-account-here").map_err(|error| error.to_string())?;
        hold(self.exec.verify(None, &nobody, &self.current) == Verdict::Wrong, || {
            "an unknown account is not refused".into()
        })
    }

    fn prepare_changes_nothing(&mut self) -> Checked {
        let fresh = self.fresh();
        let transaction = self.stages(&fresh)?;
        self.is(&self.current.clone(), Verdict::Right)?;
        self.is(&fresh, Verdict::Wrong)?;
        self.exec.drop_staged(transaction);
        Ok(())
    }

    fn drop_forgets(&mut self) -> Checked {
        let fresh = self.fresh();
        let transaction = self.stages(&fresh)?;
        self.exec.drop_staged(transaction);
        hold(!self.exec.commit(transaction), || "`commit` said yes to what was dropped".into())?;
        self.is(&self.current.clone(), Verdict::Right)
    }

    fn commit_of_nothing(&mut self) -> Checked {
        let never = self.next();
        hold(!self.exec.commit(never), || "`commit` said yes to what was never staged".into())?;
        self.is(&self.current.clone(), Verdict::Right)
    }

    fn changes(&mut self) -> Checked {
        let fresh = self.fresh();
        self.becomes(&fresh)
    }

    fn commits_twice(&mut self) -> Checked {
        let fresh = self.fresh();
        let transaction = self.stages(&fresh)?;
        for time in ["first", "second", "third"] {
            hold(self.exec.commit(transaction), || format!("the {time} `commit` said no"))?;
        }
        self.moved_to(&fresh)
    }

    fn keeps_every_character(&mut self) -> Checked {
        let longest = longest(self.rules);
        self.becomes(&longest)?;
        let mut other: Vec<char> = longest.chars().collect();
        if let Some(last) = other.last_mut() {
            *last = if *last == 'y' { 'z' } else { 'y' };
        }
        self.is(&other.iter().collect::<String>(), Verdict::Wrong)?;
        for odd in odd_passwords(self.rules) {
            self.becomes(&odd)?;
        }
        Ok(())
    }

    fn refuses_beyond_rules(&mut self) -> Checked {
        let too_long = "a".repeat(usize::from(self.rules.max_octets).min(4000) + 1);
        self.refuses_or_keeps(&too_long)?;
        let foreign = match self.rules.alphabet {
            Alphabet::Any => return Ok(()),
            Alphabet::NoControl => "a line\nand another one",
            Alphabet::PrintableAscii => "Paßwort mit Umlaut ü",
        };
        let found = self.rules.flaw(foreign);
        hold(found == Some(PasswordFlaw::Character), || "the rules and the alphabet disagree".into())?;
        self.refuses_or_keeps(foreign)
    }

    /// The daemon would not hand such a password over; the program must not cut it in silence either.
    fn refuses_or_keeps(&mut self, password: &str) -> Checked {
        match self.tries(password) {
            Err(_) => self.is(&self.current.clone(), Verdict::Right),
            Ok(()) => {
                let cut: String = password.chars().take(password.chars().count() - 1).collect();
                self.is(&cut, Verdict::Wrong)?;
                self.moved_to(password)
            }
        }
    }

    fn refuses_unknown(&mut self) -> Checked {
        let nobody = AccountName::parse("no-such-account-here").map_err(|error| error.to_string())?;
        let (fresh, transaction) = (self.fresh(), self.next());
        let refused = match self.exec.prepare(transaction, &nobody, &fresh) {
            Ok(Staged::Held(account, password)) => self.exec.set(&account, &password).is_err(),
            Ok(Staged::Elsewhere | Staged::InJournal(_)) => !self.exec.commit(transaction),
            Err(_) => true,
        };
        hold(refused, || "it set a password for an account that it does not have".into())
    }

    fn cut_while_staging(&mut self) -> Checked {
        let fresh = self.fresh();
        let begun = Clock::default().since_boot();
        let transaction = self.stages(&fresh)?;
        let whole = Clock::default().since_boot().saturating_sub(begun);
        self.exec.drop_staged(transaction);
        for cut in 0..CUTS {
            let transaction = self.next().value().to_string();
            let names = [transaction.as_str(), self.account.as_str()];
            self.program
                .cut("prepare", &names, fresh.as_bytes(), moment(cut, whole))
                .map_err(|fault| fault.to_string())?;
            self.is(&self.current.clone(), Verdict::Right).map_err(|fault| format!("after cut {cut}: {fault}"))?;
        }
        Ok(())
    }

    fn cut_while_changing(&mut self) -> Checked {
        let fresh = self.fresh();
        let staged = if self.atomic { Some(self.stages(&fresh)?) } else { None };
        let begun = Clock::default().since_boot();
        let done = match staged {
            Some(transaction) => self.exec.commit(transaction),
            None => self.exec.set(&self.account, &Secret::new(fresh.clone())).is_ok(),
        };
        let whole = Clock::default().since_boot().saturating_sub(begun);
        hold(done, || "the change was refused".into())?;
        self.moved_to(&fresh)?;
        for cut in 0..CUTS {
            let (fresh, after) = (self.fresh(), moment(cut, whole));
            let outcome = if self.atomic { self.cut_commit(&fresh, after) } else { self.cut_set(&fresh, after) };
            outcome.map_err(|fault| format!("after cut {cut}: {fault}"))?;
        }
        Ok(())
    }

    fn cut_commit(&mut self, fresh: &str, after: Duration) -> Checked {
        let transaction = self.stages(fresh)?;
        let number = transaction.value().to_string();
        self.program.cut("commit", &[&number], b"", after).map_err(|fault| fault.to_string())?;
        self.one_of(fresh)?;
        // What the daemon does at the next boot.
        hold(self.exec.commit(transaction), || "`commit` could not be carried out after a cut".into())?;
        self.moved_to(fresh)
    }

    fn cut_set(&mut self, fresh: &str, after: Duration) -> Checked {
        let account = self.account.as_str();
        self.program.cut("set", &[account], fresh.as_bytes(), after).map_err(|fault| fault.to_string())?;
        if self.one_of(fresh)? {
            fresh.clone_into(&mut self.current);
        }
        Ok(())
    }

    /// Exactly one of the two passwords holds; `true` if it is the new one (R41).
    fn one_of(&self, fresh: &str) -> Result<bool, String> {
        let (old, new) = (self.verdict(&self.current), self.verdict(fresh));
        match (old, new) {
            (Verdict::Right, Verdict::Wrong) => Ok(false),
            (Verdict::Wrong, Verdict::Right) => Ok(true),
            (Verdict::Right | Verdict::Wrong | Verdict::Unknown, _) => Err(format!("old {old:?}, new {new:?}")),
        }
    }

    /// No process of the machine has the password in its arguments or environment while a verb runs.
    fn shows_no_secret(&mut self) -> Checked {
        let canary = self.fresh();
        let (over, mut outcome) = (AtomicBool::new(false), Ok(()));
        let seen = std::thread::scope(|scope| {
            let watcher = scope.spawn(|| watch(&canary, &over));
            outcome = (0..4).try_for_each(|_| self.becomes(&canary));
            over.store(true, Ordering::Relaxed);
            watcher.join().unwrap_or_default()
        });
        outcome?;
        hold(seen.is_empty(), || format!("the password stood in {}", Vec::from_iter(seen).join(", ")))
    }

    fn ends(&mut self) -> Checked {
        for verb in ["end-sessions", "clear-lockout"] {
            let ended =
                self.program.run(verb, &[self.account.as_str()], b"").map_err(|fault| format!("`{verb}` {fault}"))?;
            hold(ended.code == Some(0), || format!("`{verb}` ended with {:?}", ended.code))?;
        }
        self.is(&self.current.clone(), Verdict::Right)
    }

    fn next(&mut self) -> TransactionId {
        self.transaction += 1;
        TransactionId::new(self.transaction)
    }

    /// A password that the rules take and that was not used yet.
    fn fresh(&mut self) -> String {
        self.made += 1;
        let noise = data_encoding::BASE32_NOPAD.encode(&crate::random::octets::<8>());
        let text = format!("{}{noise}", self.made);
        text.chars().cycle().take(text.len().clamp(self.rules.min_chars.into(), self.rules.max_chars.into())).collect()
    }

    fn stages(&mut self, password: &str) -> Result<TransactionId, String> {
        let transaction = self.next();
        match self.exec.prepare(transaction, &self.account, password) {
            Ok(_) => Ok(transaction),
            Err(why) => Err(format!("`prepare` refused a password that the rules take: {why:?}")),
        }
    }

    /// Sets a password in the way of this back end.
    fn tries(&mut self, password: &str) -> Result<(), NotStaged> {
        let transaction = self.next();
        match self.exec.prepare(transaction, &self.account, password)? {
            Staged::Held(account, password) => self.exec.set(&account, &password),
            Staged::Elsewhere | Staged::InJournal(_) => {
                if self.exec.commit(transaction) {
                    Ok(())
                } else {
                    Err(NotStaged::Failed)
                }
            }
        }
    }

    fn becomes(&mut self, password: &str) -> Checked {
        self.tries(password).map_err(|why| format!("a password that the rules take was not set: {why:?}"))?;
        self.moved_to(password)
    }

    /// The new one holds, the old one does not.
    fn moved_to(&mut self, password: &str) -> Checked {
        self.is(password, Verdict::Right)?;
        let old = std::mem::replace(&mut self.current, password.to_owned());
        if old == self.current { Ok(()) } else { self.is(&old, Verdict::Wrong) }
    }

    fn verdict(&self, password: &str) -> Verdict {
        self.exec.verify(None, &self.account, password)
    }

    fn is(&self, password: &str, wanted: Verdict) -> Checked {
        let found = self.verdict(password);
        hold(found == wanted, || {
            let which = if password == self.current { "the password that holds" } else { "another password" };
            format!("`verify` of {which} says {found:?}")
        })
    }
}

fn hold(holds: bool, fault: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(fault()) }
}

/// When a verb is cut: all over the time that it takes whole.
fn moment(cut: u32, whole: Duration) -> Duration {
    whole * (cut + 1) / CUTS
}

/// The longest password that the rules take.
fn longest(rules: BackEndRules) -> String {
    let count = usize::from(rules.max_chars.min(rules.max_octets)).min(1024);
    "longest password, whole ".chars().cycle().take(count - 1).chain(['!']).collect()
}

/// Passwords that a careless adaptor takes for something else.
fn odd_passwords(rules: BackEndRules) -> Vec<String> {
    let odd = [
        "-rf --help -p secret",
        "$(touch /tmp/x) `id` ;|&",
        "quote ' and \" and \\ back",
        "  blanks in front and behind  ",
        "per%cent %s %d %n and 100%",
        "Grüße, 密码 и пароль 🔑 end",
        "tab\tand line\nand end",
    ];
    let fits = |text: &&str| {
        let count = text.chars().count();
        (usize::from(rules.min_chars)..=rules.max_chars.into()).contains(&count) && rules.flaw(text).is_none()
    };
    odd.into_iter().filter(fits).map(str::to_owned).collect()
}

/// Looks at the arguments and environments of all new processes until it is over. Those that were there before cannot have
/// the password, and reading them would make this too slow to see a short one.
fn watch(canary: &str, over: &AtomicBool) -> BTreeSet<String> {
    let (mut seen, before) = (BTreeSet::new(), processes());
    while !over.load(Ordering::Relaxed) {
        for process in processes().difference(&before) {
            for file in ["cmdline", "environ"] {
                if holds(&process.join(file), canary) {
                    seen.insert(file.to_owned());
                }
            }
        }
    }
    seen
}

fn processes() -> BTreeSet<PathBuf> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let number = |name: &std::ffi::OsStr| name.as_encoded_bytes().iter().all(u8::is_ascii_digit);
    entries.filter(|entry| number(&entry.file_name())).map(|entry| entry.path()).collect()
}

fn holds(file: &Path, canary: &str) -> bool {
    // Most of these belong to others or are gone by now: nothing to see there.
    let octets = std::fs::read(file).unwrap_or_default();
    octets.windows(canary.len()).any(|window| window == canary.as_bytes())
}
