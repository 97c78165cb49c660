//! Misuse of what a grant opens: connections, codes, the button. And one honest use of a connection, to compare with.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::sync::{Mutex, PoisonError};

use resetkit_contract::{
    Arg, ArgValue, Connection, Delivery, LogLevel, MethodEvent, MethodOutput, Part, Purpose, Text, View, claim,
};

/// The connection that a behaviour keeps.
static KEPT: Mutex<Option<File>> = Mutex::new(None);

/// What a behaviour answers to an event of these doors; `None`: it is not one of these.
pub(crate) fn advance(behaviour: &str, event: &MethodEvent) -> Option<Vec<MethodOutput>> {
    if let MethodEvent::Start(_) = event {
        return on_start(behaviour);
    } else if let MethodEvent::Connected(connection) = event {
        return on_connected(behaviour, connection);
    } else if let MethodEvent::Deliver(delivery) = event {
        return on_delivery(behaviour, delivery);
    } else if let MethodEvent::Readable { watch, .. } = event {
        return Some(on_readable(behaviour, *watch));
    } else if let (MethodEvent::PressWatched { .. } | MethodEvent::Edge { .. }, "press") = (event, behaviour) {
        return Some(vec![log("edge")]);
    }
    None
}

fn on_start(behaviour: &str) -> Option<Vec<MethodOutput>> {
    Some(match behaviour {
        "claim-unhanded" => {
            let claimed = (0..1024).chain([u32::MAX]).any(|number| claim(number).is_some());
            vec![log(if claimed { "claimed" } else { "nothing-to-claim" })]
        }
        "watch-control" => vec![MethodOutput::Watch { watch: 0 }],
        "connect-elsewhere" => vec![MethodOutput::Connect { setting: "telnet".into() }],
        "connect-flood" => vec![MethodOutput::Connect { setting: "smtp".into() }; 9],
        "press" => vec![MethodOutput::Ready, MethodOutput::AskPress],
        "ask-delivery" => vec![MethodOutput::AskDelivery { purpose: Purpose::Reset }],
        "delivered-nothing" => vec![MethodOutput::Delivered],
        "unasked-readable" => {
            crate::faults::write_raw(b"\x02\0\0\0\x03\x07");
            vec![MethodOutput::Ready]
        }
        _ => return None,
    })
}

fn on_connected(behaviour: &str, connection: &Connection) -> Option<Vec<MethodOutput>> {
    let watch = connection.watch;
    Some(match behaviour {
        "watch-foreign" => vec![MethodOutput::Watch { watch: 0 }],
        "watch-closed" => {
            drop(claim(watch));
            vec![MethodOutput::Watch { watch }]
        }
        "watch-many" => (0..5).map(|more| MethodOutput::Watch { watch: watch + more }).collect(),
        "secret-in-view" => {
            let secret = connection.peer.login.as_ref().map(|login| login.secret.expose().to_owned());
            vec![show(&secret.into_option().unwrap_or_default())]
        }
        _ => {
            let Some(descriptor) = claim(watch) else { return Some(vec![log("not-to-be-claimed")]) };
            *KEPT.lock().unwrap_or_else(PoisonError::into_inner) = Some(File::from(descriptor));
            let again = if claim(watch).is_some() { "claimed-twice" } else { "claimed-once" };
            vec![log(again), MethodOutput::Watch { watch }]
        }
    })
}

fn on_delivery(behaviour: &str, delivery: &Delivery) -> Option<Vec<MethodOutput>> {
    let code = delivery.code.expose();
    let bare: String = code.chars().filter(|c| c.is_alphanumeric()).collect();
    Some(match behaviour {
        "code-in-view" => vec![show(code)],
        "code-in-pieces" => {
            let (one, other) = bare.split_at(4);
            vec![show(one), show(other)]
        }
        "code-in-id" => vec![MethodOutput::Show(View::titled(Text::id(&format!("rogue-{}", code.to_lowercase()))))],
        "code-in-log" => vec![log(&code.to_lowercase())],
        "code-in-failure" => {
            let kind = resetkit_contract::FailKind::Broken;
            vec![MethodOutput::Fail { kind, code: bare.to_lowercase().into() }]
        }
        "recipient-in-view" => vec![show(delivery.recipient.expose())],
        "free-words-in-view" => vec![show("call this number")],
        "request-in-view" => vec![show(&delivery.request), MethodOutput::Delivered],
        _ => return None,
    })
}

fn on_readable(behaviour: &str, watch: u32) -> Vec<MethodOutput> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(connection) = kept.as_mut() else { return vec![log("no-connection")] };
    if behaviour != "echo" {
        return vec![log("readable")];
    }
    let mut octets = [0; 512];
    loop {
        match connection.read(&mut octets) {
            Ok(0) => {
                *kept = None;
                return vec![MethodOutput::Unwatch { watch }, MethodOutput::Done];
            }
            Ok(count) => drop(connection.write_all(&octets[..count])),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return vec![log("would-block")],
            Err(_) => return vec![log("broken")],
        }
    }
}

fn show(words: &str) -> MethodOutput {
    let arg = Arg { name: "words".into(), value: ArgValue::Words(words.into()) };
    let text = Text { id: "rogue-words".into(), args: vec![arg].into() };
    MethodOutput::Show(View::titled(Text::id("rogue-title")).with(Part::Paragraph(text)))
}

fn log(key: &str) -> MethodOutput {
    MethodOutput::Log { level: LogLevel::Info, key: key.into() }
}
