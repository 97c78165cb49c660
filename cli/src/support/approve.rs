//! `resetkit support approve`: one of two approvers.

use resetkit_companion::desk::{ApproverSecret, SealSeed, UnlockError, approve, is_desk_word};

use super::carrier::Carrier;
use super::{ApproveOptions, House, checked, feed, secret};
use crate::failure::Failure;

pub(super) fn run(options: &ApproveOptions) -> Result<(), Failure> {
    let house = House::load(&options.desk)?;
    let key = ApproverSecret::from_file_text(&secret::read(&options.key)?).map_err(|slip| {
        Failure::new(format!("{}: {slip}.", options.key.display()), "Name the file that `support keys new` wrote.")
    })?;
    let carrier = Carrier::new(&options.desk, &house.brand, options.ticket.as_ref())?;
    let ticket = carrier.fetch()?;
    let read = checked(&ticket, &house)?;
    // Before anything is shown that an approver could judge by.
    let row = options.feed.row(&house, &read.header)?;
    row.as_ref().map_or(Ok(()), |row| feed::compare(&ticket, row))?;
    house.print_ticket(&ticket, &read);
    let rests_on = if row.is_some() { "desk-unlock-device-by-feed" } else { "desk-unlock-device-by-carrier" };
    outln!("  {:<24}{}", "", house.say(rests_on, &[]));
    outln!();
    if ticket.outcome.is_some() {
        return Err(Failure::new("This ticket is closed (E-763).", "Ask the agent to open a new one."));
    }
    let Some(heard) = &options.check else {
        return Err(Failure::new(
            "Nothing was approved: the check number is missing.",
            "Look at the evidence, let the agent read the check number to you, and add it with --check.",
        ));
    };
    if !read.is_check_number(heard) {
        return Err(Failure::new(
            "Nothing was approved: the check number is not the one of this ticket.",
            "Let the agent read it once more. If it differs again, somebody altered the ticket on its way: tell your supervisor.",
        ));
    }
    let name = options.name.as_deref().unwrap_or("by-token");
    if options.desk.file.is_some() && (options.name.is_none() || !is_desk_word(name)) {
        return Err(Failure::new("An approval needs your name.", "Add --name with 1 to 32 letters and digits."));
    }
    let seed = SealSeed::new(secret::octets()?);
    let approval = approve(&read, &house.keys, &key, name, &seed).map_err(told)?;
    let half = approval.half.clone();
    let ticket = carrier.add(approval)?;
    let left = 2_usize.saturating_sub(ticket.approvals.len());
    outln!("{}", house.say("desk-unlock-approved-now", &[("half", half.as_str().into())]));
    outln!("{}", house.say(if left == 0 { "desk-unlock-ready-next" } else { "desk-unlock-second-next" }, &[]));
    Ok(())
}

fn told(error: UnlockError) -> Failure {
    let remedy = match error {
        UnlockError::NotAnApprover => "Use the key whose public half stands under [support] in the brand pack.",
        UnlockError::Open(_) => {
            "The code is not from this device, or was altered. Do not approve; ask the agent for a new one from the screen."
        }
        UnlockError::Halves => "Ask the agent for a new code from the screen.",
    };
    Failure::new(format!("Nothing was approved: {error}."), remedy)
}
