//! Accounts of the firmware, behind a program of the firmware (DESIGN §7).
//!
//! ```text
//!   list                              one account a line
//!   rules                             min_chars=8, max_chars=64, max_octets=72, alphabet=any|no-control|printable-ascii
//!   verify ACCOUNT         password▸  exit 0 right, 1 wrong
//!   prepare TX ACCOUNT     password▸  exit 0 staged durably, 1 refused (flaws on stdout)      atomic = true
//!   commit TX                         exit 0 it is the password now; any number of times      atomic = true
//!   drop TX                           forget what was staged                                  atomic = true
//!   set ACCOUNT            password▸  exit 0 set, 1 refused (flaws on stdout)                 atomic = false
//!   end-sessions ACCOUNT · clear-lockout ACCOUNT
//! ```
//! Secrets come on standard input only. Exit 0 is the only yes: any other end, a signal or silence among them, is a no (R58, F22).
//!
//! `atomic = false` is for a firmware whose database has one call. Then the journal spends the code first and the call comes
//! after it: a cut between the two leaves the old password and a spent code, never a code that works twice (R14). The owner
//! asks for a new code; that is the whole residual.

use resetkit_core::{AccountName, PasswordFlaw, Secret, TransactionId};

use super::hashing::PasswordHash;
use super::program::{Ended, Program, ProgramFault};
use super::{AccountBackEnd, Alphabet, BackEndRules, NotStaged, Staged, Verdict};

/// Most accounts that are looked at (R47).
const ACCOUNTS_MAX: usize = 64;

/// The exit code of an ordinary no.
const NO: i32 = 1;

/// The back end of the firmware.
#[derive(Debug)]
pub struct Exec {
    program: Program,
    atomic: bool,
    rules: BackEndRules,
}

/// Why the firmware's program cannot be the back end.
#[derive(Debug, thiserror::Error)]
pub enum ExecError {
    /// It is not trusted with passwords.
    #[error("the account program {0}")]
    NotTrusted(#[from] super::program::NotTrusted),
    /// It gave no rules.
    #[error("the account program does not say its rules: {0}")]
    Rules(String),
}

impl Exec {
    /// Asks the program for its rules, which never change while the daemon runs.
    ///
    /// # Errors
    /// [`ExecError`]: without rules no password may be typed, for it might be cut in silence (R51).
    pub fn open(program: Program, atomic: bool) -> Result<Self, ExecError> {
        program.check()?;
        let ended = program.run("rules", &[], b"").map_err(|fault| ExecError::Rules(fault.to_string()))?;
        if ended.code != Some(0) {
            return Err(ExecError::Rules(format!("exit {:?}", ended.code)));
        }
        let rules = read_rules(&ended.output).map_err(ExecError::Rules)?;
        Ok(Self { program, atomic, rules })
    }

    fn asks(&self, verb: &str, names: &[&str], secret: &[u8]) -> Option<Ended> {
        match self.program.run(verb, names, secret) {
            Ok(ended) => Some(ended),
            Err(fault) => {
                tell(verb, &fault);
                None
            }
        }
    }

    /// Exit 0 and nothing else is a yes.
    fn does(&self, verb: &str, names: &[&str], secret: &[u8]) -> bool {
        let ended = self.asks(verb, names, secret);
        let done = ended.as_ref().is_some_and(|ended| ended.code == Some(0));
        if let Some(ended) = ended.filter(|_| !done) {
            tracing::warn!(verb, code = ended.code, "the account program says no");
        }
        done
    }

    fn stages(&self, verb: &str, names: &[&str], password: &str) -> Result<(), NotStaged> {
        match self.asks(verb, names, password.as_bytes()) {
            Some(Ended { code: Some(0), .. }) => Ok(()),
            Some(Ended { code: Some(NO), output }) => Err(refusal(&output)),
            Some(Ended { .. }) | None => Err(NotStaged::Failed),
        }
    }
}

fn tell(verb: &str, fault: &ProgramFault) {
    tracing::error!(verb, %fault, "the account program gave no answer");
}

impl AccountBackEnd for Exec {
    fn list(&self) -> Option<Vec<AccountName>> {
        let ended = self.asks("list", &[], b"").filter(|ended| ended.code == Some(0))?;
        let names = ended.output.lines().filter(|line| !line.is_empty()).take(ACCOUNTS_MAX);
        Some(names.filter_map(|line| AccountName::parse(line).ok()).filter(can_be_an_argument).collect())
    }

    fn keeps_its_own(&self) -> bool {
        true
    }

    fn rules(&self) -> BackEndRules {
        self.rules
    }

    fn verify(&self, _known: Option<&PasswordHash>, account: &AccountName, password: &str) -> Verdict {
        // A name that would pass for an option is nobody's; the program is asked all the same, so that the time says nothing (F24).
        let name = if can_be_an_argument(account) { account.as_str() } else { "nobody" };
        match self.asks("verify", &[name], password.as_bytes()).map(|ended| ended.code) {
            Some(Some(0)) if can_be_an_argument(account) => Verdict::Right,
            Some(Some(0 | NO)) => Verdict::Wrong,
            Some(Some(_) | None) | None => Verdict::Unknown,
        }
    }

    fn prepare(&self, transaction: TransactionId, account: &AccountName, password: &str) -> Result<Staged, NotStaged> {
        if !can_be_an_argument(account) {
            return Err(NotStaged::Failed);
        }
        if !self.atomic {
            return Ok(Staged::Held(account.clone(), Secret::new(password.to_owned())));
        }
        self.stages("prepare", &[&transaction.value().to_string(), account.as_str()], password)?;
        Ok(Staged::Elsewhere)
    }

    fn commit(&self, transaction: TransactionId) -> bool {
        self.does("commit", &[&transaction.value().to_string()], b"")
    }

    fn set(&self, account: &AccountName, password: &Secret<String>) -> Result<(), NotStaged> {
        self.stages("set", &[account.as_str()], password.expose())
    }

    fn drop_staged(&self, transaction: TransactionId) {
        if self.atomic {
            self.does("drop", &[&transaction.value().to_string()], b"");
        }
    }

    fn end_sessions(&self, account: &AccountName) {
        self.does("end-sessions", &[account.as_str()], b"");
    }

    fn clear_lockout(&self, account: &AccountName) {
        self.does("clear-lockout", &[account.as_str()], b"");
    }
}

fn can_be_an_argument(account: &AccountName) -> bool {
    !account.as_str().starts_with('-')
}

/// What a program holds against a password, as it prints it; an unnamed no is no flaw but a failure.
fn refusal(output: &str) -> NotStaged {
    let flaw = |word: &str| match word {
        "too-short" => Some(PasswordFlaw::TooShort),
        "too-long" => Some(PasswordFlaw::TooLong),
        "common" => Some(PasswordFlaw::Common),
        "guessable" => Some(PasswordFlaw::Guessable),
        "unchanged" => Some(PasswordFlaw::Unchanged),
        "character" => Some(PasswordFlaw::Character),
        _ => None,
    };
    let flaws: Vec<_> = output.split_whitespace().filter_map(flaw).collect();
    if flaws.is_empty() { NotStaged::Failed } else { NotStaged::Flawed(flaws) }
}

/// Reads `key=value` lines; an unknown key is an error, so that no rule is overlooked.
///
/// # Errors
/// What is wrong with them.
pub fn read_rules(text: &str) -> Result<BackEndRules, String> {
    let mut rules = BackEndRules::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (key, value) = line.split_once('=').ok_or_else(|| format!("`{line}` is not `key=value`"))?;
        let number = || value.parse::<u16>().map_err(|_| format!("`{line}`: not a number up to 65535"));
        match key {
            "min_chars" => rules.min_chars = number()?,
            "max_chars" => rules.max_chars = number()?,
            "max_octets" => rules.max_octets = number()?,
            "alphabet" if value == "any" => rules.alphabet = Alphabet::Any,
            "alphabet" if value == "no-control" => rules.alphabet = Alphabet::NoControl,
            "alphabet" if value == "printable-ascii" => rules.alphabet = Alphabet::PrintableAscii,
            _ => return Err(format!("`{line}` is no rule that is known")),
        }
    }
    if rules.min_chars > rules.max_chars || rules.max_octets < rules.min_chars {
        return Err("no password could keep them".to_owned());
    }
    Ok(rules)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use super::*;

    #[test]
    fn r51_rules_are_read_whole_or_not_at_all() {
        let rules = read_rules("min_chars=8\nmax_chars=64\nmax_octets=72\nalphabet=printable-ascii\n").unwrap();
        assert_eq!((rules.min_chars, rules.max_chars, rules.max_octets), (8, 64, 72));
        assert_eq!(rules.alphabet, Alphabet::PrintableAscii);
        assert_eq!(read_rules("").unwrap(), BackEndRules::default());
        for wrong in
            ["max_chars=many", "must_have_digit=1", "min_chars", "min_chars=9\nmax_chars=8", "alphabet=klingon"]
        {
            assert!(read_rules(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn r51_a_refusal_without_a_known_reason_is_a_failure_and_never_an_empty_list_of_flaws() {
        assert_eq!(
            refusal("too-long character"),
            NotStaged::Flawed(vec![PasswordFlaw::TooLong, PasswordFlaw::Character])
        );
        assert_eq!(refusal("I do not like it"), NotStaged::Failed);
        assert_eq!(refusal(""), NotStaged::Failed);
    }
}
