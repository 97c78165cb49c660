//! The network listener over TLS, with the certificate that the device made for itself (R59).

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use crate::support::client::{Browser, Way};
use crate::support::recorder::{NEW, OLD, World};

/// Address and fingerprint of the encrypted way in.
fn pinned(way: &Way) -> (String, String) {
    match way {
        Way::Encrypted(address, fingerprint) => (address.clone(), fingerprint.clone()),
        Way::Network(_) | Way::Console(_) => panic!("this world is encrypted"),
    }
}

#[test]
fn r59_a_whole_reset_runs_over_tls_with_the_certificate_that_the_own_screen_names() {
    let world = World::encrypted();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    reset.types(&world.code_in(&reset.url(), &world.state()));
    assert_eq!(reset.sets(NEW)["step"], "done");
    assert!(recorder.accepts(NEW) && !recorder.accepts(OLD));
    let mut browser = Browser::at(&recorder.network);
    let page = browser.open("/login");
    assert!(page.header("set-cookie").unwrap().contains("; Secure"), "{}", page.head);
    let answer = browser.submit("/login", &[("account", "admin"), ("password", NEW)]);
    assert!(answer.body.contains("data-step=\"live\""));
}

#[test]
fn r59_another_certificate_than_the_one_on_the_screen_is_told_apart() {
    let (world, other) = (World::encrypted(), World::encrypted());
    let (recorder, foreign) = (world.recorder(), other.recorder());
    recorder.set_up();
    let (address, right) = pinned(&recorder.network);
    let (_, wrong) = pinned(&foreign.network);
    assert_ne!(right, wrong, "no two devices share a key");
    let deceived = Way::Encrypted(address.clone(), wrong).try_send("GET", "/api/v0/device", &[], "");
    assert!(deceived.unwrap_err().to_string().contains("certificate"), "the client breaks off");
    // Who breaks off takes nothing from those who do not.
    assert!(recorder.accepts(OLD));
    let network = recorder.network.get("/api/v0/device", None).json();
    assert_eq!(
        (network["lane"].as_str(), &network["fingerprint"]),
        (Some("network"), &json!(null)),
        "the network cannot vouch for itself"
    );
    assert!(!recorder.network.get("/login", None).body.contains(&right));
    assert!(recorder.console.get("/login", None).body.contains(&right));
    recorder.cut();
    let recorder = world.recorder();
    assert_eq!(pinned(&recorder.network).1, right, "the same after a boot");
}

#[test]
fn r59_plain_http_at_the_encrypted_port_is_refused_and_reaches_no_handler() {
    let world = World::encrypted();
    let recorder = world.recorder();
    recorder.set_up();
    let (address, _) = pinned(&recorder.network);
    let body = json!({"account": "admin", "password": OLD}).to_string();
    let mut stream = TcpStream::connect(&address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = "POST /api/v0/login HTTP/1.1\r\nHost: recorder\r\nContent-Type: application/json";
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = Vec::new();
    // Reset or end, at once either way: a wait would be an error of another kind.
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
    }
    // A TLS alert at most: record type 21.
    assert!(answer.is_empty() || answer[0] == 21, "{}", String::from_utf8_lossy(&answer));
    assert!(Way::Network(address).try_send("GET", "/", &[], "").is_err());
    assert!(recorder.accepts(OLD), "the others are still served");
}
