//! Connections, against sockets and programs of this machine.
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use resetkit_config::{Smtp, SmtpAuth, SmtpSecurity};
use resetkit_host::Mechanism;
use tokio::net::TcpListener;

use super::{Connector, Made, Refused};

fn smtp(port: u16) -> Smtp {
    Smtp {
        host: "127.0.0.1".to_owned(),
        port: Some(port),
        security: SmtpSecurity::StartTls,
        from: "recorder@example.org".to_owned(),
        user: None,
        auth: None,
        password_file: None,
        token_command: None,
        ca_file: None,
    }
}

fn file(folder: &Path, name: &str, mode: u32, text: &str) -> PathBuf {
    let path = folder.join(name);
    let mut file = std::fs::OpenOptions::new().create_new(true).write(true).mode(mode).open(&path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    path
}

async fn connect(smtp: &Smtp) -> Result<Made, Refused> {
    Connector::new(Some(smtp)).connect("smtp").await
}

async fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

#[tokio::test]
async fn r81_a_method_reaches_what_its_setting_names_and_nothing_else() {
    let (_listener, port) = listener().await;
    let made = connect(&smtp(port)).await.unwrap();
    assert_eq!((made.peer.host.as_str(), made.peer.port, made.peer.helo.as_str()), ("127.0.0.1", port, "[127.0.0.1]"));
    let flags = rustix::fs::fcntl_getfl(&made.socket).unwrap();
    assert!(flags.contains(rustix::fs::OFlags::NONBLOCK), "the method must never block on it");
    let connector = Connector::new(Some(&smtp(port)));
    for other in ["smtp2", "127.0.0.1:25", "", "SMTP"] {
        assert_eq!(connector.connect(other).await.err().unwrap().code(), "not-set-up", "{other}");
    }
    assert_eq!(Connector::new(None).connect("smtp").await.err().unwrap().code(), "not-set-up");
}

#[tokio::test]
async fn every_address_of_a_name_is_tried_and_a_dead_server_is_said_so() {
    // `localhost` has ::1 first on most machines, and nobody listens there.
    let (_listener, port) = listener().await;
    let named = Smtp { host: "localhost".to_owned(), ..smtp(port) };
    assert_eq!(connect(&named).await.unwrap().peer.host.as_str(), "localhost", "the certificate is for the name");
    let (listener, port) = listener().await;
    drop(listener);
    assert_eq!(connect(&smtp(port)).await.err().unwrap().code(), "smtp-unreachable");
    let unknown = Smtp { host: "no-such-host.invalid".to_owned(), ..smtp(port) };
    assert!(matches!(connect(&unknown).await.err().unwrap().code(), "smtp-unreachable" | "no-network"));
}

#[tokio::test]
async fn r15_a_password_that_others_can_read_is_not_used_and_the_remedy_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (_listener, port) = listener().await;
    let with = |file: PathBuf| Smtp { user: Some("me".into()), password_file: Some(file), ..smtp(port) };
    let good = with(file(folder.path(), "good", 0o600, "s3cret words\n"));
    let made = connect(&good).await.unwrap();
    let login = made.peer.login.into_option().unwrap();
    assert_eq!((login.mechanism, login.secret.expose()), (Mechanism::Plain, "s3cret words"));
    assert!(!format!("{login:?}").contains("s3cret"), "redacted by type");
    assert!(Connector::new(Some(&good)).has_smtp());

    for (name, mode) in [("group", 0o640), ("world", 0o604)] {
        let open = with(file(folder.path(), name, mode, "s3cret\n"));
        let refused = connect(&open).await.err().unwrap();
        assert_eq!(refused.code(), "password-unreadable");
        assert!(refused.to_string().contains("chmod 600") && !refused.to_string().contains("s3cret"), "{refused}");
        assert!(!Connector::new(Some(&open)).has_smtp(), "the fact does not hold either");
    }
    std::os::unix::fs::symlink(folder.path().join("good"), folder.path().join("link")).unwrap();
    assert_eq!(connect(&with(folder.path().join("link"))).await.err().unwrap().code(), "password-unreadable");
    let two_lines = with(file(folder.path(), "lines", 0o600, "one\ntwo\n"));
    assert_eq!(connect(&two_lines).await.err().unwrap().code(), "password-unreadable", "R66");
}

#[tokio::test]
async fn xoauth2_takes_what_the_firmwares_command_prints_and_only_that() {
    let (_listener, port) = listener().await;
    let with = |script: &str| Smtp {
        user: Some("me".into()),
        auth: Some(SmtpAuth::XOAuth2),
        token_command: Some(["/bin/sh", "-c", script].map(str::to_owned).to_vec()),
        ..smtp(port)
    };
    let made = connect(&with("echo ya29.token; echo noise >&2")).await.unwrap();
    let login = made.peer.login.into_option().unwrap();
    assert_eq!((login.mechanism, login.secret.expose()), (Mechanism::XOauth2, "ya29.token"));
    let environment = connect(&with("env | grep -v -e ^PATH= -e ^PWD= -e ^_= -e ^SHLVL= || echo none")).await.unwrap();
    assert_eq!(environment.peer.login.into_option().unwrap().secret.expose(), "none", "no variable of the daemon");
    let input = connect(&with("read line && echo $line || echo empty")).await.unwrap();
    assert_eq!(input.peer.login.into_option().unwrap().secret.expose(), "empty");
    for wrong in
        ["exit 3", "true", "echo; echo x", "printf 'a\\tb'", "head -c 100000 /dev/zero | tr '\\0' x", "kill -9 $$"]
    {
        assert_eq!(connect(&with(wrong)).await.err().unwrap().code(), "token-refused", "{wrong}");
    }
    let missing = Smtp { token_command: Some(vec!["/no/such/program".into()]), ..with("") };
    assert_eq!(connect(&missing).await.err().unwrap().code(), "token-refused");
}

#[tokio::test(start_paused = true)]
async fn a_command_that_never_ends_is_ended() {
    let (_listener, port) = listener().await;
    let slow = Smtp {
        user: Some("me".into()),
        auth: Some(SmtpAuth::XOAuth2),
        token_command: Some(vec!["/bin/sleep".into(), "1000".into()]),
        ..smtp(port)
    };
    let refused = connect(&slow).await.err().unwrap();
    assert!(refused.to_string().contains("longer than 10 s"), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn r47_what_a_command_has_started_ends_with_it() {
    let (_listener, port) = listener().await;
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("child");
    let script = format!("sleep 1000 & echo $! > {}; wait", note.display());
    let slow = Smtp {
        user: Some("me".into()),
        auth: Some(SmtpAuth::XOAuth2),
        token_command: Some(vec!["/bin/sh".into(), "-c".into(), script]),
        ..smtp(port)
    };
    let asked = tokio::spawn(async move { connect(&slow).await.err().unwrap().to_string() });
    let child = loop {
        let written = std::fs::read_to_string(&note).unwrap_or_default();
        match written.trim().parse::<u32>() {
            Ok(child) => break child,
            // The clock of this test stands still while there is something to do.
            Err(_) => tokio::task::yield_now().await,
        }
    };
    assert!(asked.await.unwrap().contains("longer than 10 s"));
    let gone = || {
        let state = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
        state.is_empty() || state.rsplit(") ").next().is_some_and(|rest| rest.starts_with('Z'))
    };
    assert!((0..100_000).any(|_| gone()), "it lives on");
}
