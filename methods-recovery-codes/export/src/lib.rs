//! Method `recovery-codes` as a shared object.

resetkit_contract::export_method!(resetkit_method_recovery_codes::RecoveryCodes);
