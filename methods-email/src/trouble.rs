//! Why a mail did not leave: classes with a name for the engine and a sentence for the owner. What the server wrote is
//! never repeated: it may name the address.

use lettre::transport::smtp::Error as SmtpError;
use resetkit_contract::FailKind;

use crate::texts;

/// A class of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The device has no network.
    NoNetwork,
    /// No mail server is set, or its settings cannot be used.
    NotSet,
    /// No connection, or no answer in time.
    Unreachable,
    /// No TLS, or nobody behind it who can be believed (R67, R68).
    NotSecure,
    /// The server did not let the device in.
    LoginRefused,
    /// The server knows no such mailbox.
    AddressRefused,
    /// The mailbox takes nothing more.
    MailboxFull,
    /// The server asks to try again later (greylisting, a passing fault).
    NotNow,
    /// Any other no.
    Refused,
}

/// What the server was asked when it said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Greeting and `EHLO`.
    Hello,
    /// `STARTTLS`.
    StartTls,
    /// `AUTH`.
    LogIn,
    /// `MAIL FROM`.
    Sender,
    /// `RCPT TO`.
    Recipient,
    /// `DATA` and the mail itself.
    Content,
}

impl Trouble {
    /// Its name in the engine's catalogue.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Trouble::NoNetwork => "no-network",
            Trouble::NotSet => "smtp-not-set",
            Trouble::Unreachable => "smtp-unreachable",
            Trouble::NotSecure => "smtp-not-secure",
            Trouble::LoginRefused => "smtp-login-refused",
            Trouble::AddressRefused => "mail-address-refused",
            Trouble::MailboxFull => "mailbox-full",
            Trouble::NotNow | Trouble::Refused => "smtp-refused",
        }
    }

    /// Whose fault.
    pub(crate) fn kind(self) -> FailKind {
        match self {
            Trouble::NoNetwork | Trouble::Unreachable => FailKind::Unavailable,
            Trouble::NotSet => FailKind::Missing,
            Trouble::NotNow => FailKind::TryLater,
            Trouble::NotSecure
            | Trouble::LoginRefused
            | Trouble::AddressRefused
            | Trouble::MailboxFull
            | Trouble::Refused => FailKind::Refused,
        }
    }

    /// The text that tells the owner.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Trouble::NoNetwork => texts::WHY_NO_NETWORK,
            Trouble::NotSet => texts::WHY_NOT_SET,
            Trouble::Unreachable => texts::WHY_NO_ANSWER,
            Trouble::NotSecure => texts::WHY_NOT_SECURE,
            Trouble::LoginRefused => texts::WHY_LOGIN,
            Trouble::AddressRefused => texts::WHY_ADDRESS,
            Trouble::MailboxFull => texts::WHY_FULL,
            Trouble::NotNow => texts::WHY_LATER,
            Trouble::Refused => texts::WHY_REFUSED,
        }
    }

    /// What the daemon says when it could not connect.
    pub(crate) fn of_connecting(code: &str) -> Trouble {
        match code {
            "no-network" => Trouble::NoNetwork,
            "smtp-not-set" => Trouble::NotSet,
            // The program of the firmware gave no token: the server will not let us in.
            "token-refused" => Trouble::LoginRefused,
            _ => Trouble::Unreachable,
        }
    }

    /// What an answer of the server means.
    pub(crate) fn of_answer(asked: Asked, error: &SmtpError) -> Trouble {
        match error.status().map(u16::from) {
            Some(code) => sort(asked, code, enhanced(error)),
            // The other end is gone, or speaks no SMTP; before TLS it may be anybody.
            None if asked == Asked::LogIn && error.is_client() => Trouble::LoginRefused,
            None => Trouble::Unreachable,
        }
    }
}

/// Subject and detail of an enhanced status code (RFC 3463).
type Enhanced = Option<(u16, u16)>;

/// RFC 5321 4.2, RFC 4954 6, RFC 3463. Codes mean different things at different commands, hence `asked`.
fn sort(asked: Asked, code: u16, enhanced: Enhanced) -> Trouble {
    match asked {
        // A server that will not begin TLS leaves no secure way, now or later (R67: no downgrade).
        Asked::StartTls => Trouble::NotSecure,
        Asked::LogIn if code >= 500 => Trouble::LoginRefused,
        Asked::Hello | Asked::LogIn | Asked::Sender | Asked::Recipient | Asked::Content => match (code, enhanced) {
            (530 | 534 | 535 | 538, _) => Trouble::LoginRefused,
            (_, Some((2, 2))) => Trouble::MailboxFull,
            (_, Some((1, 1 | 2 | 3 | 6 | 10) | (2, 1))) if asked != Asked::Sender && code >= 500 => {
                Trouble::AddressRefused
            }
            (452 | 552, None) if matches!(asked, Asked::Recipient | Asked::Content) => Trouble::MailboxFull,
            (..=499, _) => Trouble::NotNow,
            // 5.7.x is a rule of the server and says nothing of the mailbox.
            (550 | 551 | 553 | 556, None) if asked == Asked::Recipient => Trouble::AddressRefused,
            _ => Trouble::Refused,
        },
    }
}

/// The enhanced code at the front of the server's words, which go no further than this.
fn enhanced(error: &SmtpError) -> Enhanced {
    let words = std::error::Error::source(error)?.to_string();
    let mut numbers = words.split_whitespace().next()?.splitn(3, '.').map(|number| number.parse::<u16>().ok());
    let (_class, subject, detail) = (numbers.next()??, numbers.next()??, numbers.next()??);
    Some((subject, detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_told_by_command_code_and_enhanced_code() {
        use Asked::{Content, Hello, LogIn, Recipient, Sender, StartTls};
        for (asked, code, enhanced, expected) in [
            (Hello, 421, None, Trouble::NotNow),
            (Hello, 554, None, Trouble::Refused),
            (StartTls, 454, None, Trouble::NotSecure),
            (StartTls, 502, None, Trouble::NotSecure),
            (LogIn, 535, Some((7, 8)), Trouble::LoginRefused),
            (LogIn, 504, None, Trouble::LoginRefused),
            (LogIn, 454, Some((7, 0)), Trouble::NotNow),
            (Sender, 530, Some((7, 0)), Trouble::LoginRefused),
            (Sender, 553, Some((1, 8)), Trouble::Refused),
            (Sender, 550, Some((1, 1)), Trouble::Refused),
            (Sender, 452, None, Trouble::NotNow),
            (Recipient, 550, Some((1, 1)), Trouble::AddressRefused),
            (Recipient, 550, None, Trouble::AddressRefused),
            (Recipient, 550, Some((7, 1)), Trouble::Refused),
            (Recipient, 452, Some((2, 2)), Trouble::MailboxFull),
            (Recipient, 452, None, Trouble::MailboxFull),
            (Recipient, 552, Some((2, 2)), Trouble::MailboxFull),
            (Recipient, 552, None, Trouble::MailboxFull),
            (Recipient, 450, Some((2, 0)), Trouble::NotNow),
            (Recipient, 451, Some((7, 1)), Trouble::NotNow),
            (Recipient, 450, Some((1, 1)), Trouble::NotNow),
            (Content, 552, Some((2, 2)), Trouble::MailboxFull),
            (Content, 552, Some((3, 4)), Trouble::Refused),
            (Content, 452, Some((3, 1)), Trouble::NotNow),
            (Content, 550, None, Trouble::Refused),
            (Content, 550, Some((1, 1)), Trouble::AddressRefused),
            (Content, 554, Some((7, 1)), Trouble::Refused),
            (Content, 451, None, Trouble::NotNow),
        ] {
            assert_eq!(sort(asked, code, enhanced), expected, "{asked:?} {code} {enhanced:?}");
        }
    }

    #[test]
    fn what_the_daemon_says_of_the_connection_has_a_class() {
        assert_eq!(Trouble::of_connecting("no-network"), Trouble::NoNetwork);
        assert_eq!(Trouble::of_connecting("token-refused"), Trouble::LoginRefused);
        assert_eq!(Trouble::of_connecting("smtp-unreachable"), Trouble::Unreachable);
        assert_eq!(Trouble::of_connecting("something new"), Trouble::Unreachable);
    }
}
