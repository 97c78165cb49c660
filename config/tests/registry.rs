//! The registry of case codes: what was released stays, and a maker's own is refused before it does harm.
use resetkit_config::Registry;

/// Every number that was ever released. Append here what you append to `registry.toml`; never change a line.
const BRANDS: &[(u16, &str)] = &[(1, "plain")];
const MODELS: &[(u16, &str, &[&str])] = &[
    (1, "nvr-4", &["1.0"]),
    (2, "nvr-4-button", &["1.0"]),
    (3, "cam-1", &["1.0"]),
    (4, "nvr-64", &["1.0"]),
    (5, "xvr-8", &["1.0"]),
    (6, "cam-outdoor", &["1.0"]),
    (7, "doorbell", &["1.0"]),
    (8, "router", &["1.0"]),
    (9, "nas", &["1.0"]),
];
const METHODS: &[(u8, &str)] = &[(1, "companion"), (2, "email"), (3, "button"), (4, "recovery-codes"), (5, "support")];

#[test]
fn a_number_that_was_released_keeps_its_meaning_for_ever() {
    let registry = Registry::builtin();
    for (number, id) in BRANDS {
        assert_eq!(registry.brand_of(*number).map(|brand| brand.id.as_str()), Some(*id));
        assert_eq!(registry.brand(id), Some(*number));
    }
    for (number, id, firmwares) in MODELS {
        let model = registry.model_of(*number).expect("a released model");
        assert_eq!((model.id.as_str(), registry.model(id)), (*id, Some(*number)));
        for (number, firmware) in (1u8..).zip(*firmwares) {
            assert_eq!(model.firmware_of(number), Some(*firmware));
            assert_eq!(registry.firmware(id, firmware), Some(number));
        }
    }
    for (number, id) in METHODS {
        assert_eq!(registry.method_of(*number).map(|method| method.id.as_str()), Some(*id));
        assert_eq!(registry.method(id), Some(*number));
    }
    let written = (registry.brands().len(), registry.models().len(), registry.methods().len());
    assert_eq!(written, (BRANDS.len(), MODELS.len(), METHODS.len()), "what is new goes into this test too");
}

#[test]
fn what_is_not_registered_is_no_error_and_number_0_is_nobody() {
    let registry = Registry::builtin();
    assert_eq!((registry.brand("northwind"), registry.model("x"), registry.method("x")), (None, None, None));
    assert_eq!((registry.firmware("nvr-4", "0.9"), registry.firmware("x", "1.0")), (None, None));
    assert!(registry.brand_of(0).is_none() && registry.model_of(0).is_none() && registry.method_of(0).is_none());
    assert_eq!(registry.model_of(1).and_then(|model| model.firmware_of(0)), None);
    assert_eq!(registry.model_of(1).and_then(|model| model.firmware_of(200)), None);
}

#[test]
fn a_registry_that_gives_a_number_twice_is_refused_with_its_line() {
    let brand = |number: u16, id: &str| format!("[[brands]]\nnumber = {number}\nid = \"{id}\"\nname = \"X\"\n");
    let refused = |text: &str| Registry::parse("own.toml", text).expect_err("refused").to_string();
    for (second, third) in [((1, "b"), "number"), ((2, "a"), "id"), ((1024, "b"), "number"), ((0, "b"), "number")]
        .map(|((number, id), word)| (brand(number, id), word))
    {
        let text = format!("{}{second}", brand(1, "a"));
        let said = refused(&text);
        assert!(said.starts_with("own.toml:") && said.contains(&format!("`brands[1].{third}`")), "{said}");
    }
    let model = "[[models]]\nnumber = 1\nid = \"m\"\nname = \"M\"\nfirmwares = ";
    assert!(refused(&format!("{model}[\"1\", \"1\"]")).contains("stands twice"));
    let many: Vec<String> = (0..64).map(|number| format!("\"{number}\"")).collect();
    assert!(refused(&format!("{model}[{}]", many.join(","))).contains("63 firmwares"));
    assert!(refused("[[methods]]\nnumber = 16\nid = \"m\"\n").contains("above 15"));
    assert!(refused("[[brand]]\nnumber = 1\n").contains("unknown field"));
}
