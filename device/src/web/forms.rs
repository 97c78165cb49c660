//! Forms as they come in. Unknown and doubled fields are refused (F17); what is secret is wiped.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use resetkit_core::Secret;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Site, cookies};
use crate::problem::Slip;

/// A field that is secret.
#[derive(Deserialize, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
#[serde(transparent)]
pub(crate) struct SecretField(String);

impl SecretField {
    /// Takes it out.
    pub(crate) fn take(mut self) -> Secret<String> {
        Secret::new(std::mem::take(&mut self.0))
    }
}

/// A form that carries the token of a page of ours.
pub(super) trait Guarded: DeserializeOwned {
    /// The token.
    fn csrf(&self) -> &str;
}

macro_rules! guarded {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attr:meta])* $field:ident: $kind:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            csrf: String,
            $($(#[$attr])* pub(super) $field: $kind,)*
        }

        impl Guarded for $name {
            fn csrf(&self) -> &str { &self.csrf }
        }
    )*};
}

guarded! {
    /// Nothing but the press of a button.
    Press {}
    /// Log-in.
    LogIn { account: String, password: SecretField }
    /// First set-up.
    SetUp { #[allow(dead_code, reason = "for password managers only")] #[serde(default)] account: String, password: SecretField, #[serde(default)] email: String, #[serde(default)] skip_email: Option<String> }
    /// Another recovery address.
    ChangeAddress { #[allow(dead_code, reason = "for password managers only")] #[serde(default)] account: String, #[serde(default)] email: String, password: SecretField }
    /// The current password, once more; `initial` where the device is being set up.
    Again { #[allow(dead_code, reason = "for password managers only")] #[serde(default)] account: String, password: SecretField, #[serde(default)] initial: Option<String> }
    /// A recovery code, typed back.
    TypeBack { code: SecretField, #[serde(default)] initial: Option<String> }
    /// A method switched on or off.
    Switch { on: String }
    /// *Forgot password*.
    Forgot { #[serde(default)] account: String }
    /// Something that the owner does in a session.
    Act {
        #[serde(default)] event: Option<String>,
        #[serde(default)] code: Option<SecretField>,
        #[serde(default)] password: Option<SecretField>,
        #[serde(default)] method: Option<String>,
        #[serde(default)] action: Option<String>,
        #[allow(dead_code, reason = "for password managers only")] #[serde(default)] account: Option<String>,
    }
}

/// A form of ours, checked.
pub(super) struct Form<T>(pub(super) HeaderMap, pub(super) T);

impl<T: Guarded> FromRequest<Site> for Form<T> {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let refuse = |slip: Slip| site.problem(&headers, &slip.into());
        let is_form = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| {
            kind.split(';').next().is_some_and(|kind| kind.trim() == "application/x-www-form-urlencoded")
        });
        if !is_form {
            return Err(refuse(Slip::Malformed));
        }
        let body = Bytes::from_request(request, site).await.map_err(|rejection| {
            let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
            refuse(if too_large { Slip::TooLarge } else { Slip::Malformed })
        })?;
        let form: T = serde_urlencoded::from_bytes(&body).map_err(|_| refuse(Slip::Malformed))?;
        if !cookies::is_our_form(site, &headers, form.csrf()) {
            return Err(refuse(Slip::ForeignForm));
        }
        Ok(Self(headers, form))
    }
}
