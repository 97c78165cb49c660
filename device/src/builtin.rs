//! The methods that feature `builtin` links in. They run in the same sandboxed worker as any other; only opening a library
//! falls away, and with it the signature of the manifest: it is compiled in, so the firmware's signature covers it.

use resetkit_host::{Linked, linked_method};
use resetkit_method_button::Button;
use resetkit_method_companion::Companion;
use resetkit_method_email::Email;
use resetkit_method_recovery_codes::RecoveryCodes;
use resetkit_method_support::Support;

/// All five.
pub static METHODS: [Linked; 5] = [
    linked_method!(Companion, include_str!("../../methods-dmss/method.toml")),
    linked_method!(Email, include_str!("../../methods-email/method.toml")),
    linked_method!(Button, include_str!("../../methods-hardware/method.toml")),
    linked_method!(RecoveryCodes, include_str!("../../methods-recovery-codes/method.toml")),
    linked_method!(Support, include_str!("../../methods-support/method.toml")),
];
