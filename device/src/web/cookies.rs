//! The cookies: who is logged in, which reset is this browser's, and which browser it is.
//!
//! All are `HttpOnly` and `SameSite=Strict`, `Secure` where the listener is TLS, and end with the browser's session.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use resetkit_core::{Secret, SessionId};

use super::Site;
use crate::daemon::Token;
use crate::random;

const LOGIN: &str = "rk_login";
const RESET: &str = "rk_reset";
const BROWSER: &str = "rk_browser";

/// The value of a cookie.
fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value).filter(|value| value.len() <= 128)
}

fn write(site: &Site, response: &mut Response, name: &str, value: &str, more: &str) {
    let secure = if site.place.encrypted { "; Secure" } else { "" };
    let path = if site.place.base.is_empty() { "/" } else { &site.place.base };
    let cookie = format!("{name}={value}; Path={path}; HttpOnly; SameSite=Strict{secure}{more}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Token of the log-in.
pub(super) fn login(headers: &HeaderMap) -> Option<Token> {
    read(headers, LOGIN).map(|value| Secret::new(value.to_owned()))
}

/// Remembers a log-in.
pub(super) fn set_login(site: &Site, response: &mut Response, token: &Token) {
    write(site, response, LOGIN, token.expose(), "");
}

/// Forgets it.
pub(super) fn clear_login(site: &Site, response: &mut Response) {
    write(site, response, LOGIN, "", "; Max-Age=0");
}

/// Token of this browser's reset, if it is this one.
pub(super) fn reset(headers: &HeaderMap, id: SessionId) -> Option<Token> {
    let (session, token) = read(headers, RESET)?.split_once('.')?;
    (session == id.to_string()).then(|| Secret::new(token.to_owned()))
}

/// Remembers a reset. One at a time: a browser that starts another forgets the first.
pub(super) fn set_reset(site: &Site, response: &mut Response, id: SessionId, token: &Token) {
    let value = Secret::new(format!("{id}.{}", token.expose()));
    write(site, response, RESET, value.expose(), "");
}

/// Which browser this is, for the tokens of its forms; drawn at its first page.
pub(super) struct Browser {
    value: String,
    is_new: bool,
}

impl Browser {
    /// Reads it, or draws it.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        match read(headers, BROWSER) {
            Some(value) => Self { value: value.to_owned(), is_new: false },
            None => Self { value: data_encoding::HEXLOWER.encode(&random::octets::<16>()), is_new: true },
        }
    }

    /// The token that its forms carry.
    pub(super) fn form_token(&self, site: &Site) -> String {
        site.ground.identity.form_token(&self.value)
    }

    /// Tells a new browser who it is.
    pub(super) fn remember(&self, site: &Site, response: &mut Response) {
        if self.is_new {
            write(site, response, BROWSER, &self.value, "");
        }
    }
}

/// Whether a form was sent by a page of ours: the browser says so itself, and the form carries the browser's token.
pub(super) fn is_our_form(site: &Site, headers: &HeaderMap, token: &str) -> bool {
    let site_says = headers.get("sec-fetch-site").is_none_or(|value| value == "same-origin" || value == "none");
    let origin_fits = match (headers.get(header::ORIGIN), headers.get(header::HOST)) {
        (Some(origin), Some(host)) => {
            // Behind a front server the host may be another; the token below is what counts there.
            let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
            origin.is_some_and(|origin| host.to_str().is_ok_and(|host| host == origin)) || !site.place.base.is_empty()
        }
        (Some(_), None) | (None, _) => true,
    };
    let Some(browser) = read(headers, BROWSER) else { return false };
    let expected = site.ground.identity.form_token(browser);
    let same: bool = subtle::ConstantTimeEq::ct_eq(expected.as_bytes(), token.as_bytes()).into();
    site_says && origin_fits && same
}
