//! The model's support desk: two approvers with real keys, an agent who reads out, and who reads case codes.

use resetkit_core::{CaseCode, ClockState, CodeStyle, Facts, FailureKind, SessionView};
use resetkit_protocol as wire;

use super::dice::Dice;
use super::methods::installed;
use crate::world::{Case, Trouble};

#[derive(Debug)]
pub(super) struct Desk {
    first: wire::ApproverSecret,
    second: wire::ApproverSecret,
    device: wire::DevicePublic,
    brand: wire::BrandId,
}

impl Desk {
    pub(super) fn new(dice: &mut Dice, device: wire::DevicePublic, brand: wire::BrandId) -> Desk {
        let mut key = || wire::ApproverSecret::from_octets(dice.octets());
        Desk { first: key(), second: key(), device, brand }
    }

    pub(super) fn keys(&self) -> wire::SupportKeys {
        let key_id = wire::KeyId::new(2).expect("a small number");
        wire::SupportKeys::new(key_id, self.first.public(), self.second.public()).expect("two different keys")
    }

    /// Both approvers looked at the evidence and agree; the agent reads this out.
    pub(super) fn unlock(&self, payload: &str) -> Result<String, Trouble> {
        let no = |happened: String| Trouble { code: "E-766".into(), happened, next_step: "show a new code".into() };
        let (_, octets) = wire::from_url(payload).map_err(|slip| no(slip.to_string()))?;
        let half = |key: &wire::ApproverSecret| {
            wire::open_half(key, &self.keys(), &self.device, &self.brand, &octets)
                .map_err(|error| no(error.to_string()))
        };
        let ((_, first), (_, second)) = (half(&self.first)?, half(&self.second)?);
        let code = first.join(&second).map_err(|error| no(error.to_string()))?;
        Ok(code.spoken(first.style()).to_string())
    }
}

/// What the case code tells an agent who has the manifests of the model's methods beside it.
pub(super) fn case(view: &SessionView, facts: Facts) -> Case {
    let number =
        |id: &str| u8::try_from(installed().iter().position(|known| known.id.as_str() == id).unwrap_or(14) + 1);
    let said = CaseCode {
        brand: 1,
        model: 1,
        firmware: 1,
        method: view.case.method.as_ref().map_or(0, |method| number(method.as_str()).expect("a few methods")),
        failure: view.case.failure.map_or(0, FailureKind::case_number),
        clock: ClockState::NeverSet,
        tries: view.case.tries_used.min(7),
        readiness: CaseCode::readiness_of(&facts),
    };
    // Through the telephone and back.
    let heard = CaseCode::parse(&said.encode(CodeStyle::Letters)).expect("it was read out well");
    let works =
        |manifest: &resetkit_core::Manifest| manifest.requires.iter().all(|fact| heard.is_ready(*fact) != Some(false));
    Case {
        failure: heard.failure_kind().map(|kind| kind.code().to_owned()),
        open: installed().iter().filter(|manifest| works(manifest)).map(|manifest| manifest.id.to_string()).collect(),
        now: heard.failure_kind().map(|kind| kind.rec_id().to_owned()).into_iter().collect(),
    }
}
