//! `resetkit case CODE`: what the twelve signs on a stuck owner's screen say, decoded without a network.

use resetkit_config::{Arg, Brand, Guidance, GuidedWay, Registry, Texts, WayState, case_guidance, read_case};
use resetkit_core::{CaseCode, CodeStyle, Fact, FailureKind};
use serde_json::{Value, json};

use crate::args::CaseOptions;
use crate::failure::Failure;
use crate::language;
use crate::layout::{labelled, wrapped};

pub(crate) fn run(options: &CaseOptions) -> Result<(), Failure> {
    let own = options.registry.as_deref().map(Registry::load).transpose()?;
    let registry = own.as_ref().unwrap_or_else(|| Registry::builtin());
    if options.list {
        list(registry);
        return Ok(());
    }
    let texts = language::texts(&Brand::plain(), &options.lang)?;
    let typed = options.code.join(" ");
    let code = read_case(&typed, &texts).map_err(|slip| Failure::new(slip, ""))?;
    let guidance = case_guidance(&code, registry, &texts);
    let case = Case { code, registry, texts: &texts, guidance };
    if options.json {
        outln!("{:#}", case.json());
    } else {
        out!("{}", case.page());
    }
    Ok(())
}

/// Every number of the registry.
fn list(registry: &Registry) {
    for brand in registry.brands() {
        outln!("brand   {:>4}  {:<14} {}", brand.number, brand.id, brand.name);
    }
    for model in registry.models() {
        outln!("model   {:>4}  {:<14} {}", model.number, model.id, model.name);
        for (number, firmware) in (1..).zip(&model.firmwares) {
            outln!("  firmware {number:>2}  {firmware}");
        }
    }
    for method in registry.methods() {
        outln!("method  {:>4}  {}", method.number, method.id);
    }
}

struct Case<'a> {
    code: CaseCode,
    registry: &'a Registry,
    texts: &'a Texts,
    guidance: Guidance,
}

impl Case<'_> {
    fn page(&self) -> String {
        let say = |id: &str| self.texts.get(id, &[]);
        let title = self.texts.get("case-title", &[("code", Arg::Text(&self.code.encode(CodeStyle::Letters)))]);
        let rows = [
            ("case-device", format!("{} · {} · {}", self.brand(), self.model(), self.firmware())),
            ("case-failed", self.failed()),
            ("case-tried", format!("{}; {}", self.method(), self.tries())),
            ("case-clock", say(&format!("case-clock-{}", self.code.clock.as_str()))),
            ("case-ready", self.facts(true)),
            ("case-not-ready", self.facts(false)),
        ];
        let rows = rows.map(|(label, text)| (say(label), text));
        let ways = self.guidance.ways.iter().map(|way| wrapped(&format!("    {} ", sign(way.state)), &told(way)));
        let tell: Vec<_> = self.code.failure_kind().iter().map(|kind| wrapped("    ", &say(kind.rec_id()))).collect();
        let now = (1..).zip(&self.guidance.now).map(|(number, step)| wrapped(&format!("    {number}. "), step));
        let part = |label: &str, lines: String| {
            if lines.is_empty() { lines } else { format!("\n  {}\n{lines}", say(label)) }
        };
        [
            format!("{title}\n{}", labelled(2, 0, &rows)),
            part("case-ways", ways.collect()),
            part("case-say", wrapped("    ", &self.guidance.say)),
            part("case-tell", tell.concat()),
            part("case-now", now.collect()),
            part("case-ask", self.guidance.ask.iter().map(|line| wrapped("    ", line)).collect()),
            part("case-never", self.guidance.never.iter().map(|line| wrapped("    ", line)).collect()),
        ]
        .concat()
    }

    fn json(&self) -> Value {
        let code = &self.code;
        let failure = code.failure_kind();
        let facts: serde_json::Map<String, Value> = CaseCode::READINESS
            .iter()
            .map(|fact| (fact.as_str().to_owned(), json!(code.is_ready(*fact).unwrap_or(false))))
            .collect();
        let model = self.registry.model_of(code.model);
        json!({
            "code": { "letters": code.encode(CodeStyle::Letters), "digits": code.encode(CodeStyle::Digits) },
            "brand": { "number": code.brand, "id": self.registry.brand_of(code.brand).map(|brand| &brand.id) },
            "model": { "number": code.model, "id": model.map(|model| &model.id) },
            "firmware": { "number": code.firmware, "version": model.and_then(|model| model.firmware_of(code.firmware)) },
            "method": { "number": code.method, "id": self.registry.method_of(code.method).map(|method| &method.id) },
            "failure": { "number": code.failure, "code": self.guidance.failure, "name": failure.map(FailureKind::name),
                "happened": failure.map(|kind| self.texts.get(kind.err_id(), &[])),
                "next_step": failure.map(|kind| self.texts.get(kind.rec_id(), &[])) },
            "clock": code.clock.as_str(),
            "tries": code.tries,
            "readiness": facts,
            "ways": self.guidance.ways.iter().map(way).collect::<Vec<_>>(),
            "guidance": { "happened": self.guidance.happened, "say": self.guidance.say, "now": self.guidance.now,
                "ask": self.guidance.ask, "never": self.guidance.never },
        })
    }

    fn unlisted(&self, text: &str, number: u16) -> String {
        self.texts.get(text, &[("number", Arg::Number(i64::from(number)))])
    }

    fn brand(&self) -> String {
        let listed = self.registry.brand_of(self.code.brand).map(|brand| brand.name.clone());
        listed.unwrap_or_else(|| self.unlisted("case-unlisted-brand", self.code.brand))
    }

    fn model(&self) -> String {
        let listed = self.registry.model_of(self.code.model).map(|model| format!("{} ({})", model.name, model.id));
        listed.unwrap_or_else(|| self.unlisted("case-unlisted-model", self.code.model))
    }

    fn firmware(&self) -> String {
        let model = self.registry.model_of(self.code.model);
        match model.and_then(|model| model.firmware_of(self.code.firmware)) {
            Some(version) => self.texts.get("case-firmware", &[("version", Arg::Text(version))]),
            None => self.unlisted("case-unlisted-firmware", self.code.firmware.into()),
        }
    }

    fn failed(&self) -> String {
        match (self.code.failure_kind(), self.code.failure) {
            (Some(kind), _) => format!("{}  {}", kind.code(), self.texts.get(kind.err_id(), &[])),
            (None, 0) => self.texts.get("case-no-failure", &[]),
            (None, number) => self.unlisted("case-unknown-failure", number.into()),
        }
    }

    fn method(&self) -> String {
        if self.code.method == 0 {
            return self.texts.get("case-no-method", &[]);
        }
        match self.registry.method_of(self.code.method) {
            Some(method) => {
                let name = self.texts.get(&format!("{}-name", method.id), &[]);
                self.texts.get("case-method", &[("name", Arg::Text(&name))])
            }
            None => self.unlisted("case-unlisted-method", self.code.method.into()),
        }
    }

    fn tries(&self) -> String {
        match self.code.tries {
            0 => self.texts.get("case-no-tries", &[]),
            7.. => self.texts.get("case-tries-many", &[]),
            count => self.texts.get("case-tries", &[("count", Arg::Number(i64::from(count)))]),
        }
    }

    fn facts(&self, ready: bool) -> String {
        let named = CaseCode::READINESS.iter().filter(|fact| self.code.is_ready(**fact) == Some(ready));
        let words: Vec<_> = named.map(|fact| self.fact(*fact)).collect();
        if words.is_empty() { self.texts.get("case-none", &[]) } else { words.join(" · ") }
    }

    fn fact(&self, fact: Fact) -> String {
        self.texts.get(&format!("case-fact-{}", fact.as_str()), &[])
    }
}

fn told(way: &GuidedWay) -> String {
    format!("{}: {}", way.name, way.told)
}

/// Whether an owner may be led there, at a glance.
fn sign(state: WayState) -> char {
    match state {
        WayState::Open => '✔',
        WayState::Again => '↻',
        WayState::Unknown => '?',
        WayState::Failed | WayState::Closed => '✘',
    }
}

fn way(way: &GuidedWay) -> Value {
    let missing: Vec<_> = way.missing.iter().map(|fact| fact.as_str()).collect();
    json!({
        "method": way.method,
        "name": way.name,
        "state": way.state.as_str(),
        "open": way.state == WayState::Open,
        "failed": way.state == WayState::Failed,
        "missing": missing,
        "told": way.told,
        "steps": way.steps,
    })
}
