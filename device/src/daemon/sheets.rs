//! Sheets of recovery codes: made, shown, typed back, voided (R87).

use std::sync::Arc;
use std::time::Duration;

use resetkit_core::{AccountName, Bound, Code, CodeStyle, FailureKind, Lane, Purpose, Secret};

use super::ask::{Fresh, KeptStatus, Reply, Token};
use super::entry::{Entry, who};
use super::live::Return;
use super::logins::{TokenHash, hash_token, same};
use super::proving::{Proof, check, prove};
use super::{Daemon, Ground};
use crate::audit::Entry as Line;
use crate::problem::{Problem, Slip};
use crate::sheets::{CODES, KeptRow, SheetRow, confirmed, unconfirmed};
use crate::state::NoticeRow;
use crate::{facts, random};

/// How long the codes of a sheet of which none was typed back can be seen again.
const SHOWN_FOR: Duration = Duration::from_secs(15 * 60);

/// The method that asks for these codes.
const METHOD: &str = "recovery-codes";

/// Codes in memory, until one is typed back.
pub(crate) struct Shown {
    account: AccountName,
    /// Only the log-in that made them sees them.
    login: TokenHash,
    until: Duration,
    fresh: Fresh,
}

/// A sheet whose codes are drawn and hashed, off the loop.
pub(crate) struct Made {
    proof: Proof,
    lane: Lane,
    /// None where the password was wrong: nothing was drawn.
    drawn: Option<Drawn>,
    reply: Reply<Fresh>,
}

struct Drawn {
    row: SheetRow,
    codes: Vec<Secret<String>>,
}

/// A code typed back, after its hash.
pub(crate) struct TypedBack {
    login: Token,
    account: AccountName,
    number: u32,
    matches: bool,
    lane: Lane,
    reply: Reply<KeptStatus>,
}

/// A new sheet. The one that counts goes on counting until a code of the new one was typed back.
pub(crate) fn make(daemon: &mut Daemon, login: Token, password: Secret<String>, lane: Lane, reply: Reply<Fresh>) {
    let ground = Arc::clone(&daemon.ground);
    let account = match check(daemon, &login, &password) {
        Ok(_) if !is_offered(&ground) => return drop(reply.send(Err(Slip::NotFound.into()))),
        Ok(account) => account,
        Err(problem) => return drop(reply.send(Err(problem))),
    };
    let number = daemon.store.state().sheets_made.saturating_add(1);
    prove(daemon, login, account, password, lane, move |proof| {
        let drawn = proof.is_right().then(|| draw(&ground, &proof.account, number));
        Entry::SheetMade(Made { proof, lane, drawn, reply })
    });
}

/// Draws the codes (R1) and hashes each under the salt of the sheet.
fn draw(ground: &Ground, account: &AccountName, number: u32) -> Drawn {
    let (style, salt) = (style(ground), random::octets());
    let codes: Vec<Code> = (0..CODES).map(|_| Code::from_random(style, random::octets())).collect();
    let kept = |code: &Code| {
        let stretched = ground.hasher.stretch_code(code.octets().expose(), &salt);
        KeptRow { verifier: ground.identity.verifier(&stretched, Purpose::Reset, Bound::Sheet(number)), used: false }
    };
    let row = SheetRow {
        number,
        account: account.to_string(),
        digits: style == CodeStyle::KeptDigits,
        salt,
        codes: codes.iter().map(kept).collect(),
        confirmed: false,
    };
    Drawn { row, codes: codes.iter().map(Code::display).collect() }
}

/// The codes are made, or the password was wrong.
pub(crate) fn made(daemon: &mut Daemon, made: Made) {
    let Made { proof, lane, drawn, reply } = made;
    let outcome = save(daemon, &proof, lane, drawn);
    drop(reply.send(outcome));
}

fn save(daemon: &mut Daemon, proof: &Proof, lane: Lane, drawn: Option<Drawn>) -> Result<Fresh, Problem> {
    proof.holds(daemon)?;
    let Drawn { row, codes } = drawn.ok_or(Slip::WrongPassword)?;
    let number = row.number;
    if number <= daemon.store.state().sheets_made {
        return Err(Slip::Busy.into());
    }
    let written = daemon.change(|state, _| {
        state.sheets_made = number;
        state.sheets.retain(|sheet| sheet.confirmed || sheet.account != row.account);
        state.sheets.push(row);
    });
    if !written {
        return Err(FailureKind::StoreFailed.into());
    }
    log(daemon, "recovery_codes_made", lane, number);
    let now = daemon.now();
    let made = now.wall.filter(|_| facts::clock_trusted(&daemon.ground.config));
    let fresh = Fresh { number, made, codes: codes.into() };
    let until = now.since_boot + SHOWN_FOR;
    let (account, login) = (proof.account.clone(), hash_token(&proof.login));
    daemon.shown.retain(|shown| shown.account != account);
    daemon.shown.push(Shown { account, login, until, fresh: fresh.clone() });
    Ok(fresh)
}

/// The codes once more, for the log-in that made them, while none was typed back.
pub(crate) fn fresh(daemon: &mut Daemon, login: &Token) -> Result<Fresh, Problem> {
    let account = who(daemon, login)?.account;
    forget_old(daemon);
    let hash = hash_token(login);
    let shown = daemon.shown.iter().find(|shown| shown.account == account && same(&shown.login, &hash));
    shown.map(|shown| shown.fresh.clone()).ok_or_else(|| Slip::NotFound.into())
}

/// One code typed back: only now do they count. Costs no try, for it opens nothing: who does it is logged in.
pub(crate) fn type_back(daemon: &mut Daemon, login: Token, code: Secret<String>, lane: Lane, reply: Reply<KeptStatus>) {
    let (account, row) = match check_code(daemon, &login) {
        Ok(found) => found,
        Err(problem) => return drop(reply.send(Err(problem))),
    };
    let style = if row.digits { CodeStyle::KeptDigits } else { CodeStyle::KeptLetters };
    let Ok(code) = Code::parse(code.expose(), style) else {
        return drop(reply.send(Err(Slip::NotOnSheet.into())));
    };
    let ground = Arc::clone(&daemon.ground);
    daemon.slow.start(lane, move || {
        let stretched = ground.hasher.stretch_code(code.octets().expose(), &row.salt);
        let derived = ground.identity.verifier(&stretched, Purpose::Reset, Bound::Sheet(row.number));
        let matches = row.codes.iter().fold(false, |found, code| found | same(&code.verifier, &derived));
        let number = row.number;
        Return::Entry(Entry::SheetTypedBack(TypedBack { login, account, number, matches, lane, reply }))
    });
}

fn check_code(daemon: &mut Daemon, login: &Token) -> Result<(AccountName, SheetRow), Problem> {
    let account = who(daemon, login)?.account;
    let row = unconfirmed(&daemon.store.state().sheets, &account).cloned().ok_or(Slip::NoSheet)?;
    Ok((account, row))
}

/// The hash of the code that was typed back is there.
pub(crate) fn typed_back(daemon: &mut Daemon, typed: TypedBack) {
    let outcome = count_it(daemon, &typed);
    drop(typed.reply.send(outcome));
}

fn count_it(daemon: &mut Daemon, typed: &TypedBack) -> Result<KeptStatus, Problem> {
    let TypedBack { login, account, number, matches, lane, reply: _ } = typed;
    who(daemon, login)?;
    if !matches {
        return Err(Slip::NotOnSheet.into());
    }
    let fresh = unconfirmed(&daemon.store.state().sheets, account).is_some_and(|sheet| sheet.number == *number);
    if !fresh {
        return Err(Slip::NoSheet.into());
    }
    let renewed = confirmed(&daemon.store.state().sheets, account).is_some();
    let notice = notice(daemon, account, *lane, if renewed { "codes-renewed" } else { "codes-made" });
    let written = daemon.change(|state, _| {
        state.sheets.retain(|sheet| sheet.account != account.as_str() || sheet.number == *number);
        state.sheets.iter_mut().filter(|sheet| sheet.number == *number).for_each(|sheet| sheet.confirmed = true);
        // A cut right after this must not bring a session back that goes by the codes of the void sheet.
        state.sessions.retain(|row| !row.record.waits_for_sheet(account, Some(*number)));
        state.queue(notice);
    });
    if !written {
        return Err(FailureKind::StoreFailed.into());
    }
    daemon.shown.retain(|shown| shown.account != *account);
    log(daemon, if renewed { "recovery_codes_renewed" } else { "recovery_codes_confirmed" }, *lane, *number);
    if renewed {
        // A session that goes by the old sheet would end in nothing; who is logged in needs none (R22).
        daemon.supersede_others(None);
        daemon.drain();
    }
    status(daemon, login)
}

/// Takes all codes of the account back: none of them sets a password any more.
pub(crate) fn remove(daemon: &mut Daemon, login: &Token, lane: Lane) -> Result<KeptStatus, Problem> {
    let account = who(daemon, login)?.account;
    let Some(number) = daemon.store.state().sheets.iter().rfind(|sheet| sheet.account == account.as_str()) else {
        return status(daemon, login);
    };
    let number = number.number;
    let notice = notice(daemon, &account, lane, "codes-removed");
    let written = daemon.change(|state, _| {
        state.sheets.retain(|sheet| sheet.account != account.as_str());
        state.sessions.retain(|row| !row.record.waits_for_sheet(&account, None));
        state.queue(notice);
    });
    if !written {
        return Err(FailureKind::StoreFailed.into());
    }
    daemon.shown.retain(|shown| shown.account != account);
    log(daemon, "recovery_codes_removed", lane, number);
    daemon.supersede_others(None);
    daemon.drain();
    status(daemon, login)
}

/// How things stand with the codes of who is logged in.
pub(crate) fn status(daemon: &mut Daemon, login: &Token) -> Result<KeptStatus, Problem> {
    let account = who(daemon, login)?.account;
    Ok(of(daemon, &account))
}

/// The same of an account.
pub(crate) fn of(daemon: &Daemon, account: &AccountName) -> KeptStatus {
    let sheets = &daemon.store.state().sheets;
    let counts = confirmed(sheets, account);
    KeptStatus {
        offered: is_offered(&daemon.ground),
        sheet: counts.map(|sheet| sheet.number),
        left: counts.map_or(0, SheetRow::left),
        of: counts.map_or(0, |sheet| u8::try_from(sheet.codes.len()).unwrap_or(u8::MAX)),
        unconfirmed: unconfirmed(sheets, account).map(|sheet| sheet.number),
        style: style(&daemon.ground),
    }
}

/// The sheet that a reset by this way leaves counting: whoever has the paper still gets in.
pub(crate) fn outlives_reset(daemon: &Daemon, account: &AccountName, by_code: bool) -> Option<u32> {
    confirmed(&daemon.store.state().sheets, account).filter(|_| !by_code).map(|sheet| sheet.number)
}

/// Wipes codes whose time to be seen is over, and tells when the next one's is.
pub(crate) fn forget_old(daemon: &mut Daemon) {
    let now = daemon.now().since_boot;
    daemon.shown.retain(|shown| shown.until > now);
}

impl Shown {
    /// When it is wiped.
    pub(crate) fn until(&self) -> Duration {
        self.until
    }

    /// Whether this log-in made it.
    pub(crate) fn is_of(&self, login: &Token) -> bool {
        same(&self.login, &hash_token(login))
    }
}

fn notice(daemon: &Daemon, account: &AccountName, lane: Lane, purpose: &str) -> NoticeRow {
    let now = daemon.now();
    let powered_seconds = daemon.store.powered_seconds(now);
    NoticeRow {
        request: 0,
        lane: lane.into(),
        purpose: purpose.to_owned(),
        method: METHOD.to_owned(),
        account: account.to_string(),
        powered_seconds,
        wall: now.wall,
        sheet: None,
        to: daemon.store.state().account(account).map_or_else(Vec::new, |row| row.recipients(powered_seconds)),
    }
}

fn log(daemon: &mut Daemon, what: &'static str, lane: Lane, number: u32) {
    daemon.log(&Line { what, request: None, lane: Some(lane.as_str()), detail: Some(format!("sheet {number}")) });
}

/// A device that has the method, and whose maker lets it run.
fn is_offered(ground: &Ground) -> bool {
    let found = ground.methods.iter().find(|installed| installed.id().as_str() == METHOD);
    found.is_some_and(|installed| ground.config.policy.allows(installed.id()))
}

fn style(ground: &Ground) -> CodeStyle {
    match ground.policy.rules.code_style {
        CodeStyle::Letters | CodeStyle::KeptLetters => CodeStyle::KeptLetters,
        CodeStyle::Digits | CodeStyle::KeptDigits => CodeStyle::KeptDigits,
    }
}
