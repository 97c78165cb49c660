//! R93: what the local API and the pages call a problem is what the catalogue of the house calls it.
use resetkit_config::{Place, catalogue, catalogue_entry};
use resetkit_core::FailureKind;
use resetkit_device::problem::{Problem, Slip};

#[test]
fn r93_every_slip_of_the_interface_stands_in_the_catalogue_and_none_there_is_unknown_here() {
    for slip in Slip::ALL {
        let entry = catalogue_entry(slip.code()).unwrap_or_else(|| {
            panic!("{} belongs into config/catalogue.toml, agent.ftl and golden/failures.txt", slip.code())
        });
        assert_eq!((entry.name.as_str(), entry.place), (slip.name(), Place::Device), "{}", slip.code());
    }
    let known = catalogue().iter().filter(|entry| entry.place == Place::Device);
    for entry in known {
        assert!(Slip::ALL.iter().any(|slip| slip.code() == entry.code), "{} is told by nobody", entry.code);
    }
}

#[test]
fn r93_problems_of_a_recovery_carry_the_catalogues_code_and_name() {
    for kind in FailureKind::ALL {
        let (problem, entry) = (Problem::from(*kind), catalogue_entry(kind.code()).expect("in the catalogue"));
        assert_eq!((problem.code(), problem.name()), (entry.code.as_str(), entry.name.as_str()));
    }
}
