//! The support desk's side of the relay (R89): passes sealed unlocks, tickets and sealed halves to and fro.
//!
//! An unlock is sealed to the approvers, not to the relay, so the relay proves nothing and learns nothing. Whoever has
//! no staff token therefore gets the one answer of R16 for every reason; staff get the reason.

use crate::brands::Face;
use crate::judge::Refusal;
use crate::relay::{Refused, Relay};
use crate::secrets::Digest32;
use crate::staff::{Member, Role, Staff};
use crate::store::{DeskLimits, Device, NewTicket, PassedOn, StoreError};
use resetkit_protocol::{
    Approval, CloseTicket, DeskList, HalfOf, Header, MAX_EVIDENCE, OpenTicket, PostApproval, ProblemCode, SupportKeys,
    TICKET_VERSION, Ticket, UNLOCK_OCTETS, from_text, is_desk_word, peek,
};

/// Length of a half that an approver sealed to the reading key, in octets.
const APPROVAL_OCTETS: usize = 32 + 8 + 16;

/// Who works there, and how much.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// Everybody with a token.
    pub staff: Staff,
    /// Tickets within a day.
    pub limits: DeskLimits,
}

/// An unlock that may be passed on, as far as anybody without a key can say.
#[derive(Clone, Debug)]
pub struct Unlock {
    /// Its clear part.
    pub header: Header,
    /// Its device.
    pub device: Device,
    /// Whether it waits for the desk already.
    pub waiting: bool,
    octets: Vec<u8>,
}

/// Why staff cannot go on.
type Answer<T> = Result<T, Refused>;

fn refused(device: Option<&Device>, refusal: impl Into<Refusal>) -> Refused {
    Refused { refusal: refusal.into(), brand: device.map(|device| device.brand.clone()) }
}

fn broken(error: &StoreError) -> Refused {
    tracing::error!(%error, "the store failed");
    refused(None, ProblemCode::Unavailable)
}

impl Relay {
    /// Whether these octets have the length of an unlock.
    #[must_use]
    pub fn is_unlock(octets: &[u8]) -> bool {
        octets.len() == UNLOCK_OCTETS
    }

    /// What an unlock is about. Changes nothing.
    ///
    /// # Errors
    /// [`ProblemCode::NotAccepted`] for every reason there is (R16).
    pub fn look_at_unlock(&self, octets: &[u8]) -> Answer<Unlock> {
        let unknown = || refused(None, ProblemCode::NotAccepted);
        let header = peek(octets).map_err(|_| unknown())?;
        let device = self.store.device(&header.handle).map_err(|error| broken(&error))?.ok_or_else(unknown)?;
        let keys = self.faces.find(&device.brand).and_then(Face::support_keys).ok_or_else(unknown)?;
        if keys.key_id() != header.key_id || !self.store.may_pass_on(&header).map_err(|error| broken(&error))? {
            return Err(unknown());
        }
        let waiting = self.store.is_waiting(&Digest32::of(octets)).map_err(|error| broken(&error))?;
        Ok(Unlock { header, device, waiting, octets: octets.to_vec() })
    }

    /// Passes an unlock on to the brand's desk. Nothing is sent to anybody; it waits until an agent asks.
    ///
    /// # Errors
    /// [`ProblemCode::NotAccepted`] for every reason there is (R16).
    pub fn pass_on(&self, octets: &[u8]) -> Answer<Unlock> {
        let unlock = self.look_at_unlock(octets)?;
        let passed =
            PassedOn { header: unlock.header, brand: unlock.device.brand.clone(), octets: unlock.octets.clone() };
        match self.store.pass_on(&passed, self.clock.now()) {
            Ok(true) => {
                tracing::info!(handle = %unlock.header.handle, request = unlock.header.request(), "unlock passed on");
                Ok(unlock)
            }
            Ok(false) => Err(refused(None, ProblemCode::NotAccepted)),
            Err(error) => Err(broken(&error)),
        }
    }

    /// Whose token this is.
    ///
    /// # Errors
    /// [`ProblemCode::StaffUnknown`].
    pub fn staff(&self, token: Option<&str>) -> Answer<&Member> {
        let member = token.and_then(|token| self.desk.staff.of_token(token));
        member.ok_or_else(|| refused(None, ProblemCode::StaffUnknown))
    }

    /// Tickets of the desk, and what waits for it.
    ///
    /// # Errors
    /// [`ProblemCode::Unavailable`].
    pub fn desk_list(&self, who: &Member) -> Answer<DeskList> {
        let list = self.store.waiting(&who.brand, self.clock.now()).and_then(|waiting| {
            let tickets = self.store.tickets(&who.brand)?;
            Ok(DeskList { staff: who.name.clone(), brand: who.brand.to_string(), waiting, tickets })
        });
        list.map_err(|error| broken(&error))
    }

    /// Opens a ticket.
    ///
    /// # Errors
    /// [`Refused`], with the reason.
    pub fn open_ticket(&self, who: &Member, open: OpenTicket) -> Answer<Ticket> {
        must_be(who, Role::Agent)?;
        let no = |code: ProblemCode| Refused { refusal: code.into(), brand: Some(who.brand.clone()) };
        let octets = from_text(&open.payload).map_err(|_| no(ProblemCode::UnlockNotKnown))?;
        let header = peek(&octets).map_err(|_| no(ProblemCode::UnlockNotKnown))?;
        let device = self.store.device(&header.handle).map_err(|error| broken(&error))?;
        let device = device.filter(|device| device.brand == who.brand && Self::is_unlock(&octets));
        let device = device.ok_or_else(|| no(ProblemCode::UnlockNotKnown))?;
        let face = self.face(Some(&who.brand));
        let support = face.brand.support.as_ref().ok_or_else(|| no(ProblemCode::NoApprovers))?;
        if face.support_keys().map(SupportKeys::key_id) != Some(header.key_id) {
            return Err(no(ProblemCode::UnlockNotKnown));
        }
        let accepted = |evidence: &String| support.evidence.contains(evidence);
        if open.evidence.is_empty() || open.evidence.len() > MAX_EVIDENCE || !open.evidence.iter().all(accepted) {
            return Err(no(ProblemCode::EvidenceNotAccepted));
        }
        let ticket = ticket_of(who, open, &device, self.clock.now().0);
        ticket.read().map_err(|_| no(ProblemCode::BadRequest))?;
        let new = NewTicket { header, epoch: device.epoch, ticket };
        match self.store.open_ticket(&new, &self.desk.limits, self.clock.now()) {
            Ok(Ok(())) => Ok(new.ticket),
            Ok(Err(refusal)) => Err(refused(Some(&device), refusal)),
            Err(error) => Err(broken(&error)),
        }
    }

    /// A ticket that is open.
    ///
    /// # Errors
    /// [`Refused`], with the reason.
    pub fn ticket(&self, who: &Member, number: &str) -> Answer<Ticket> {
        self.about(who, number, |relay| relay.store.ticket(&who.brand, number, relay.clock.now()))
    }

    /// Takes an approver's half.
    ///
    /// # Errors
    /// [`Refused`], with the reason.
    pub fn approve(&self, who: &Member, number: &str, posted: PostApproval) -> Answer<Ticket> {
        must_be(who, Role::Approver)?;
        let sealed = data_encoding::BASE64.decode(posted.sealed.as_bytes());
        let formed =
            HalfOf::parse(&posted.half).is_some() && sealed.is_ok_and(|octets| octets.len() == APPROVAL_OCTETS);
        if !formed {
            return Err(Refused { refusal: ProblemCode::BadRequest.into(), brand: Some(who.brand.clone()) });
        }
        if who.half.is_some_and(|half| half.as_str() != posted.half) {
            return Err(Refused { refusal: ProblemCode::StaffRole.into(), brand: Some(who.brand.clone()) });
        }
        let approval = Approval { half: posted.half, approver: who.name.clone(), sealed: posted.sealed };
        self.about(who, number, |relay| relay.store.approve(&who.brand, number, &approval, relay.clock.now()))
    }

    /// Records how a call ended.
    ///
    /// # Errors
    /// [`Refused`], with the reason.
    pub fn close_ticket(&self, who: &Member, number: &str, close: &CloseTicket) -> Answer<()> {
        must_be(who, Role::Agent)?;
        let now = self.clock.now();
        self.about(who, number, |relay| relay.store.close_ticket(&who.brand, number, &who.name, close.outcome, now))
    }

    fn about<T>(
        &self,
        who: &Member,
        number: &str,
        work: impl FnOnce(&Self) -> Result<Result<T, ProblemCode>, StoreError>,
    ) -> Answer<T> {
        let no = |code: ProblemCode| Refused { refusal: code.into(), brand: Some(who.brand.clone()) };
        if !is_desk_word(number) {
            return Err(no(ProblemCode::TicketUnknown));
        }
        work(self).map_err(|error| broken(&error))?.map_err(no)
    }
}

fn must_be(who: &Member, role: Role) -> Answer<()> {
    if who.role == role {
        Ok(())
    } else {
        Err(Refused { refusal: ProblemCode::StaffRole.into(), brand: Some(who.brand.clone()) })
    }
}

fn ticket_of(who: &Member, open: OpenTicket, device: &Device, now: i64) -> Ticket {
    Ticket {
        resetkit_ticket: TICKET_VERSION,
        ticket: open.ticket,
        brand: who.brand.to_string(),
        payload: open.payload,
        device_key: device.public_key.to_string(),
        model: Some(device.model.clone()),
        label: Some(device.label.as_str().to_owned()),
        agent: who.name.clone(),
        evidence: open.evidence,
        reading_key: open.reading_key,
        approvals: Vec::new(),
        outcome: None,
        opened_at: Some(now),
    }
}
