//! `resetkit support list`.

use std::io::{IsTerminal as _, stdout};

use resetkit_companion::desk::{DeskList, TicketSummary, is_printable};
use serde_json::{Value, json};

use super::carrier::{Carrier, desk, told};
use super::{House, ListOptions, checked, clean};
use crate::failure::Failure;

pub(super) fn run(options: &ListOptions) -> Result<(), Failure> {
    let house = House::load(&options.desk)?;
    if options.desk.file.is_some() {
        return one_file(options, &house);
    }
    let list = desk(&options.desk, &house.brand)?.list().map_err(told)?;
    if options.json {
        print_json(&json!({ "desk": list, "evidence": house.support.evidence }));
        return Ok(());
    }
    print(&house, &list);
    Ok(())
}

fn one_file(options: &ListOptions, house: &House) -> Result<(), Failure> {
    let ticket = Carrier::new(&options.desk, &house.brand, None)?.fetch()?;
    let read = checked(&ticket, house)?;
    if options.json {
        print_json(&json!({ "ticket": ticket, "check": read.check_number(), "evidence": house.support.evidence }));
        return Ok(());
    }
    house.print_ticket(&ticket, &read);
    outln!("  {:<24}{}", house.say("desk-unlock-check", &[]), read.check_number());
    outln!();
    evidence(house);
    Ok(())
}

/// JSON leaves some control characters as they are.
fn print_json(value: &Value) {
    for line in format!("{value:#}").lines() {
        let shown = line.chars().map(|c| if is_printable(c) { c } else { char::REPLACEMENT_CHARACTER });
        outln!("{}", shown.collect::<String>());
    }
}

fn print(house: &House, list: &DeskList) {
    let bold = |text: &str| if stdout().is_terminal() { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() };
    outln!("{}", bold(&house.say("relay-desk-waiting-title", &[])));
    if list.waiting.is_empty() {
        outln!("  {}", house.say("relay-desk-waiting-none", &[]));
    }
    for unlock in &list.waiting {
        outln!("  {:<8}{}", clean(&unlock.request), clean(&format!("{} · {}", unlock.model, unlock.label)));
    }
    outln!("\n{}", bold(&house.say("relay-desk-tickets-title", &[])));
    if list.tickets.is_empty() {
        outln!("  {}", house.say("relay-desk-tickets-none", &[]));
    }
    let rows: Vec<[String; 6]> = list.tickets.iter().map(|ticket| row(house, ticket)).collect();
    let widths: [usize; 6] =
        std::array::from_fn(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default());
    for row in rows {
        let cells: Vec<_> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        outln!("  {}", cells.join("  ").trim_end());
    }
    outln!();
    evidence(house);
}

fn row(house: &House, ticket: &TicketSummary) -> [String; 6] {
    [
        ticket.ticket.clone(),
        ticket.request.clone(),
        format!("{} · {}", ticket.model, ticket.label),
        ticket.agent.clone(),
        state(house, ticket),
        ticket.approvers.join(", "),
    ]
    .map(|cell| clean(&cell))
}

fn state(house: &House, ticket: &TicketSummary) -> String {
    if let Some(outcome) = ticket.outcome {
        return house.say(&format!("relay-desk-state-{}", outcome.as_str()), &[]);
    }
    match 2_i64.saturating_sub(i64::try_from(ticket.approvers.len()).unwrap_or(2)) {
        ..=0 => house.say("relay-desk-state-ready", &[]),
        count => house.say("relay-desk-state-open", &[("count", resetkit_config::Arg::Number(count))]),
    }
}

fn evidence(house: &House) {
    outln!("{}", house.say("desk-unlock-accepted", &[]));
    for id in &house.support.evidence {
        outln!("  {}", house.evidence(id));
    }
}
