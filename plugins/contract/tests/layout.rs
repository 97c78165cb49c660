//! Contract 1 is frozen: every type that crosses the boundary stands in `golden/layout-1.txt` as it was when it was frozen
//! (ADR 0013). A test that fails here says that methods which are out in the field would no longer load.
#![allow(unused_crate_dependencies, reason = "a test names what it needs")]
#![allow(clippy::wildcard_enum_match_arm, reason = "abi_stable's kinds of types, of which the contract uses four")]
#![cfg(target_pointer_width = "64")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use abi_stable::StableAbi;
use abi_stable::library::RootModule;
use abi_stable::std_types::{ROption, RResult, RString, RVec};
use abi_stable::type_layout::{TLData, TLEnum, TLField, TypeLayout};
use resetkit_contract::{
    App, Arg, ButtonInfo, CONTRACT_MAJOR, CONTRACT_MINOR, CONTRACT_SYMBOL, Login, MethodBox, MethodFault, MethodOutput,
    Part, ResetMethodRef, Support, Text,
};

const GOLDEN: &str = include_str!("../golden/layout-1.txt");

/// Every type of this crate that can be reached from the root module, by name.
fn described() -> String {
    let mut types = BTreeMap::new();
    visit(<ResetMethodRef as StableAbi>::LAYOUT, &mut types);
    let mut text = format!("symbol {CONTRACT_SYMBOL}, module {}\n", ResetMethodRef::NAME);
    types.values().for_each(|lines| text.push_str(lines));
    text
}

fn visit(layout: &'static TypeLayout, types: &mut BTreeMap<String, String>) {
    let name = name_of(layout);
    if types.contains_key(&name) {
        return;
    }
    types.insert(name.clone(), String::new());
    let mut lines = format!("\n{name}: {} octets, aligned to {}", layout.size(), layout.alignment());
    // What is inside abi_stable's own types is that crate's promise; their sizes are held here.
    if layout.package() == "resetkit-contract" {
        let _ = writeln!(lines, ", {:?}", layout.repr_attr());
        match layout.data() {
            TLData::Enum(kinds) => lines.push_str(&variants(&kinds)),
            _ => fields_of(layout).for_each(|it| lines.push_str(&field(&it))),
        }
        for inner in fields_of(layout) {
            visit(inner.layout(), types);
            for function in inner.function_range().iter() {
                function.param_type_layouts.iter().for_each(|it| visit(it(), types));
                function.return_type_layout().into_iter().for_each(|it| visit(it(), types));
            }
        }
    } else {
        lines.push('\n');
    }
    types.insert(name, lines);
    layout.generics().type_params().iter().for_each(|it| visit(it(), types));
    let inside = generic().into_iter().find(|(it, ..)| it.get_utypeid() == layout.get_utypeid());
    inside.into_iter().flat_map(|(_, _, inside)| inside).for_each(|it| visit(it, types));
}

fn fields_of(layout: &'static TypeLayout) -> impl Iterator<Item = TLField> {
    layout.get_fields().into_iter().flat_map(|fields| fields.to_vec())
}

/// abi_stable names its generic types without what is in them: two vectors would be one. These are the ones that the
/// contract uses, with what is in them.
fn generic() -> Vec<(&'static TypeLayout, &'static str, Vec<&'static TypeLayout>)> {
    fn of<T: StableAbi>() -> &'static TypeLayout {
        T::LAYOUT
    }
    vec![
        (of::<ROption<RString>>(), "ROption<RString>", vec![of::<RString>()]),
        (of::<ROption<App>>(), "ROption<App>", vec![of::<App>()]),
        (of::<ROption<u64>>(), "ROption<u64>", vec![of::<u64>()]),
        (of::<ROption<ButtonInfo>>(), "ROption<ButtonInfo>", vec![of::<ButtonInfo>()]),
        (of::<ROption<Support>>(), "ROption<Support>", vec![of::<Support>()]),
        (of::<ROption<Login>>(), "ROption<Login>", vec![of::<Login>()]),
        (of::<RVec<u8>>(), "RVec<u8>", vec![of::<u8>()]),
        (of::<RVec<RString>>(), "RVec<RString>", vec![of::<RString>()]),
        (of::<RVec<Text>>(), "RVec<Text>", vec![of::<Text>()]),
        (of::<RVec<Part>>(), "RVec<Part>", vec![of::<Part>()]),
        (of::<RVec<Arg>>(), "RVec<Arg>", vec![of::<Arg>()]),
        (of::<RVec<MethodOutput>>(), "RVec<MethodOutput>", vec![of::<MethodOutput>()]),
        (
            of::<RResult<MethodBox, MethodFault>>(),
            "RResult<MethodBox, MethodFault>",
            vec![of::<MethodBox>(), of::<MethodFault>()],
        ),
        (
            of::<RResult<RVec<MethodOutput>, MethodFault>>(),
            "RResult<RVec<MethodOutput>, MethodFault>",
            vec![of::<RVec<MethodOutput>>(), of::<MethodFault>()],
        ),
    ]
}

fn name_of(layout: &'static TypeLayout) -> String {
    let known = generic().into_iter().find(|(it, ..)| it.get_utypeid() == layout.get_utypeid());
    let name = known.map_or_else(|| layout.full_type().to_string(), |(_, name, _)| name.to_owned());
    assert!(
        !["ROption", "RVec", "RResult"].contains(&name.as_str()),
        "a generic type that this test does not know yet"
    );
    name
}

fn variants(kinds: &TLEnum) -> String {
    let mut fields = kinds.fields.iter();
    let mut lines = String::new();
    for (number, (name, count)) in kinds.variant_names_iter().zip(kinds.field_count.iter()).enumerate() {
        let _ = writeln!(lines, "  {number} {name}");
        fields.by_ref().take(usize::from(*count)).for_each(|it| lines.push_str(&format!("  {}", field(&it))));
    }
    lines
}

fn field(it: &TLField) -> String {
    let functions: Vec<_> = it
        .function_range()
        .iter()
        .map(|function| {
            let takes: Vec<_> = function.param_type_layouts.iter().map(|it| name_of(it())).collect();
            let gives = function.return_type_layout().map_or("()".to_owned(), |it| name_of(it()));
            format!("fn({}) -> {gives}", takes.join(", "))
        })
        .collect();
    let kind = if functions.is_empty() { name_of(it.layout()) } else { functions.join(" ") };
    format!("  {}: {kind}\n", it.name())
}

#[test]
fn r85_every_type_of_contract_1_is_as_it_was_when_it_was_frozen() {
    let now = described();
    let changed: Vec<_> = now.lines().zip(GOLDEN.lines()).filter(|(now, then)| now != then).take(5).collect();
    assert!(
        now == GOLDEN,
        "the layout of contract 1 changed. Methods in the field would not load any more: take the change back, or make a \
         contract 2 beside this one (docs/adr/0013). First differences (now, then): {changed:#?}"
    );
}

#[test]
fn r85_the_golden_file_knows_every_event_and_answer() {
    for name in ["MethodEvent", "MethodOutput", "StartInfo", "View", "KeptReady", "AskKept", "Unlock", "Support"] {
        assert!(GOLDEN.contains(name), "{name}");
    }
    assert!(GOLDEN.lines().count() > 200, "{} lines", GOLDEN.lines().count());
}

/// abi_stable compares the versions of packages: one of another major would be refused whatever its layout.
#[test]
fn r85_the_three_numbers_agree() {
    let spoken = format!("{CONTRACT_MAJOR}.{CONTRACT_MINOR}.");
    assert_eq!((CONTRACT_MAJOR, CONTRACT_SYMBOL), (1, "resetkit_method_contract_1"));
    assert!(env!("CARGO_PKG_VERSION").starts_with(&spoken), "the package of contract {spoken}x");
    assert!(ResetMethodRef::VERSION_STRINGS.to_string().starts_with(&spoken));
}
