//! `resetkit lint`: proves that no owner of a model is left standing, or shows the path to where he is.

mod tell;

use std::io::IsTerminal as _;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use resetkit_config::{Brand, Policy, Profile, Shelf};
use resetkit_lint::{
    Depth, FaultSet, Picture, PictureForm, RealEngine, Report, Setting, Subject, SubjectError, Words, steps, survey,
    walk,
};

use crate::clock;
use crate::demo::MANIFESTS;
use crate::failure::Failure;
use crate::language;
use crate::out;

pub(crate) const EXAMPLES: &str = "Examples:
  resetkit lint --device nvr-4-button
  resetkit lint --all                                    every shipped model under every shipped policy
  resetkit lint --device devices/mine.toml --policy policies/mine.toml --brand brands/mine --json
  resetkit lint --device cam-1 --graph svg > cam-1.svg
  resetkit lint --steps                                  the owner's fewest steps, by what is broken

Exit codes: 0 all checks hold, 1 a finding must not ship, 2 the words of the command are wrong.";

#[derive(Debug, Args)]
pub(crate) struct LintOptions {
    /// Model: a built-in name, or a profile's .toml. What a device would refuse is read all the same, and judged.
    #[arg(long, value_name = "P", required_unless_present_any = ["all", "steps"])]
    device: Option<String>,
    /// Policy: a built-in name, or a .toml.
    #[arg(long, value_name = "P", default_value = "reference")]
    policy: String,
    /// Brand: `plain`, or the folder of a brand pack.
    #[arg(long, value_name = "B", default_value = "plain")]
    brand: String,
    /// A method.toml of your own; takes the place of a shipped one with the same id.
    #[arg(long = "method", value_name = "FILE")]
    methods: Vec<std::path::PathBuf>,
    /// Every shipped model under every shipped policy.
    #[arg(long, conflicts_with = "device")]
    all: bool,
    /// One failure more on the way: before a release.
    #[arg(long)]
    deep: bool,
    /// Fewer failures on the way: while you write; the full walk stays for what ships.
    #[arg(long, conflicts_with = "deep")]
    quick: bool,
    /// Print the table of an owner's fewest steps instead.
    #[arg(long)]
    steps: bool,
    /// Print states and ways of the healthy device instead.
    #[arg(long, value_name = "FORM", conflicts_with_all = ["steps", "all"])]
    graph: Option<GraphForm>,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
    /// Language of the findings.
    #[arg(long, default_value = "en")]
    lang: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum GraphForm {
    Svg,
    Mermaid,
    Text,
}

impl From<GraphForm> for PictureForm {
    fn from(form: GraphForm) -> Self {
        match form {
            GraphForm::Svg => Self::Svg,
            GraphForm::Mermaid => Self::Mermaid,
            GraphForm::Text => Self::Text,
        }
    }
}

impl From<SubjectError> for Failure {
    fn from(error: SubjectError) -> Self {
        match error {
            SubjectError::Config(error) => error.into(),
            // The loader's own words, with what to do.
            SubjectError::Refused(told) => Failure::usage(told, ""),
            SubjectError::File(..) | SubjectError::Manifest(_) => {
                Failure::usage(format!("{error}."), "`resetkit lint --help` shows what it reads.")
            }
        }
    }
}

pub(crate) fn run(options: &LintOptions) -> Result<(), Failure> {
    let brand = Shelf::builtin().brand(&options.brand)?;
    let language = language::texts(&brand, &options.lang)?.language().clone();
    let words = Words::of(&brand, language.as_str());
    if options.steps {
        return tell_steps(options, &brand, &words);
    }
    let subjects = subjects(options, &brand)?;
    if let Some(form) = options.graph {
        return draw(&subjects, form.into(), &words);
    }
    let mut reports = Vec::new();
    for subject in &subjects {
        let began = clock::moment();
        let report = looked_at(subject, options.depth(), &words, !options.json);
        if !options.json {
            out!("{}", tell::report(subject, &report, &words, began.elapsed()));
        }
        reports.push(report);
        if out::nobody_listens() {
            return Err(Failure::unheard());
        }
    }
    if options.json {
        let all: Vec<_> = subjects.iter().zip(&reports).map(|(subject, report)| tell::json(subject, report)).collect();
        outln!("{:#}", serde_json::Value::Array(all));
    }
    let bad = reports.iter().filter(|report| !report.holds()).count();
    if bad == 0 {
        return Ok(());
    }
    let of = reports.len();
    Err(Failure::new(format!("{bad} of {of} must not ship."), "Each finding above says what to do."))
}

impl LintOptions {
    const fn depth(&self) -> Depth {
        if self.deep {
            Depth::DEEP
        } else if self.quick {
            Depth::QUICK
        } else {
            Depth::USUAL
        }
    }
}

/// The texts of the manifests: the shipped ones, and those that take their place.
fn manifests(options: &LintOptions) -> Result<Vec<String>, Failure> {
    let mut texts: Vec<(String, String)> =
        MANIFESTS.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect();
    for path in &options.methods {
        let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        let table = text.parse::<toml::Table>();
        let table = table.map_err(|error| {
            Failure::new(format!("{}: {}.", path.display(), error.message()), "Correct the manifest.")
        })?;
        let id = table.get("id").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        texts.retain(|(known, _)| *known != id);
        texts.push((id, text));
    }
    Ok(texts.into_iter().map(|(_, text)| text).collect())
}

fn subjects(options: &LintOptions, brand: &Brand) -> Result<Vec<Subject>, Failure> {
    let texts = manifests(options)?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let names: Vec<(String, String)> = if options.all {
        let policies = || Policy::builtin_names().into_iter();
        let models = Profile::builtin_names().into_iter();
        models.flat_map(|model| policies().map(move |policy| (model.to_owned(), policy.to_owned()))).collect()
    } else {
        vec![(options.device.clone().unwrap_or_default(), options.policy.clone())]
    };
    let load = |(model, policy): &(String, String)| Subject::load(model, policy, brand.clone(), &texts);
    Ok(names.iter().map(load).collect::<Result<_, _>>()?)
}

/// Surveys one subject, with a bar where a person watches.
fn looked_at(subject: &Subject, depth: Depth, words: &Words, watched: bool) -> Report {
    let bar = if watched && std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("  {prefix} {bar:32} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar.set_prefix(words.text("lint-progress", &[]));
    bar.set_message(subject.profile.model.clone());
    let report = survey(&RealEngine, subject, depth, &mut |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    report
}

/// States and ways of the healthy device, at its screen if it has one.
fn draw(subjects: &[Subject], form: PictureForm, words: &Words) -> Result<(), Failure> {
    let Some(subject) = subjects.first() else { return Ok(()) };
    let healthy = FaultSet::default();
    let lane = Setting::lanes(subject, &healthy).into_iter().next();
    let lane = lane.ok_or_else(|| Failure::new("This model has no lane at all.", "State one under [lanes]."))?;
    let graph = walk(&RealEngine, &Setting::of(subject, lane, &healthy), 1);
    let place = words.place(lane.as_str());
    let title = words.text(
        "lint-graph-title",
        &[
            ("device", (&subject.profile.model).into()),
            ("policy", (&subject.policy.name).into()),
            ("place", (&place).into()),
        ],
    );
    outln!("{}", Picture::of(title, &graph, words).write(form).trim_end());
    Ok(())
}

fn tell_steps(options: &LintOptions, brand: &Brand, words: &Words) -> Result<(), Failure> {
    let texts = manifests(options)?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let models = match &options.device {
        Some(model) => vec![model.clone()],
        None => Profile::builtin_names().into_iter().map(str::to_owned).collect(),
    };
    let mut tables = Vec::new();
    for model in &models {
        let subject = Subject::load(model, &options.policy, brand.clone(), &texts)?;
        tables.push((steps(&RealEngine, &subject), subject));
    }
    if options.json {
        outln!("{:#}", tell::steps_json(&tables));
    } else {
        out!("{}", tell::steps(&options.policy, &tables, words));
    }
    let stuck = tables.iter().any(|(table, subject)| tell::is_stuck(table, subject));
    if stuck {
        return Err(Failure::new("An owner is stuck.", "`resetkit lint` shows the path."));
    }
    Ok(())
}
